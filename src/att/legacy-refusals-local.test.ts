import { localNetwork } from '../phone/api/testing/local-network.ts'
import { legacyRefusals } from './testing/legacy-refusals.suite.ts'

legacyRefusals(localNetwork)

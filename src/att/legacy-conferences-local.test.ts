import { localNetwork } from '../phone/api/testing/local-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { conferences } from './testing/measured-conferences.ts'

legacyFlows(localNetwork, conferences)

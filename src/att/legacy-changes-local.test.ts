import { localNetwork } from '../phone/api/testing/local-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { changes } from './testing/measured-changes.ts'

legacyFlows(localNetwork, changes)

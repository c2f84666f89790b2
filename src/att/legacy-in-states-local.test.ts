import { localNetwork } from '../phone/api/testing/local-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { inStates } from './testing/measured-in-states.ts'

legacyFlows(localNetwork, inStates)

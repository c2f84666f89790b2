import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { inStates } from './testing/measured-in-states.ts'

legacyFlows(await gatewayNetwork(), inStates)

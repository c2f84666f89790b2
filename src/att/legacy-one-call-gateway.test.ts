import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { oneCall } from './testing/measured-one-call.ts'

legacyFlows(await gatewayNetwork(), oneCall)

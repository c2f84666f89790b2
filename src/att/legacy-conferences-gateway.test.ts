import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { conferences } from './testing/measured-conferences.ts'

legacyFlows(await gatewayNetwork(), conferences)

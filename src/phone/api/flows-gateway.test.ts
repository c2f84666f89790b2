import { flows } from './flows.suite.ts'
import { gatewayNetwork } from './testing/gateway-network.ts'

flows(await gatewayNetwork())

import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { losses } from './testing/measured-losses.ts'

legacyFlows(await gatewayNetwork(), losses)

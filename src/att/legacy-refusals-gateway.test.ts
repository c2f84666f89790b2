import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyRefusals } from './testing/legacy-refusals.suite.ts'

legacyRefusals(await gatewayNetwork())

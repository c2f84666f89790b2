import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { changes } from './testing/measured-changes.ts'

legacyFlows(await gatewayNetwork(), changes)

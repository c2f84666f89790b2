import { gatewayNetwork } from '../phone/api/testing/gateway-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { twoCalls } from './testing/measured-two-calls.ts'

legacyFlows(await gatewayNetwork(), twoCalls)

import { localNetwork } from '../phone/api/testing/local-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { oneCall } from './testing/measured-one-call.ts'

legacyFlows(localNetwork, oneCall)

import { localNetwork } from '../phone/api/testing/local-network.ts'
import { legacyFlows } from './testing/legacy-flows.suite.ts'
import { twoCalls } from './testing/measured-two-calls.ts'

legacyFlows(localNetwork, twoCalls)

import { flows } from './flows.suite.ts'
import { localNetwork } from './testing/local-network.ts'

flows(localNetwork)

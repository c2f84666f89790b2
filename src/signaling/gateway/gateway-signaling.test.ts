import { signalingContract } from '../contract/signaling-contract.ts'
import { TestGateway } from './test-gateway.fixture.ts'

signalingContract(new TestGateway())

import { TestGateway, TestSignaling } from '../../signaling/gateway/test-gateway.fixture.ts'
import { flows } from './flows.suite.ts'
import { gatewayNetwork } from './testing/gateway-network.ts'
import { useStage } from './testing/phone-stage.ts'

const network = await gatewayNetwork()

flows(network)

describe('a session that its gateway has forgotten', () => {
  const stage = useStage(network)

  it('expires, and its calls end with that reason on both sides', async () => {
    const gateway = new TestGateway()
    const signaling = new TestSignaling(await gateway.url)
    const alice = await stage().signedIn('alice', { signaling: () => signaling })
    const bob = await stage().signedIn('bob')
    await stage().connect(alice, bob)
    for (const phone of [alice, bob]) phone.forget()
    await gateway.expire(signaling)
    await stage().tell([
      [alice, ['session:expired', 'call:disconnected (The session expired)']],
      [bob, ['call:disconnected (The other side signed out or was lost)']],
    ])
  })
})

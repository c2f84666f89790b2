import { GatewaySignaling } from '../../../signaling/gateway/gateway-signaling.ts'
import { TestGateway } from '../../../signaling/gateway/test-gateway.fixture.ts'
import type { PhoneNetwork } from './phone-network.ts'
import { roundTrip } from './round-trip.ts'

let users = 0

/** The gateway that the test runner runs. */
export async function gatewayNetwork(): Promise<PhoneNetwork> {
  const gateway = new TestGateway()
  const server = await gateway.url
  return {
    name: 'a gateway',
    server,
    signaling: () => new GatewaySignaling(server),
    roundTrip: roundTrip(async () => [
      new GatewaySignaling(server),
      (await gateway.device(`bystander${++users}`)).identity,
    ]),
    user: async (name) => {
      const { address, identity } = await gateway.device(`${name}${++users}`)
      const { userId, token } = identity
      return { address, login: { userId: userId ?? null, token: token ?? null } }
    },
  }
}

import { after, before } from 'node:test'
import { createGateway, type Gateway, type GatewayOptions } from '../../src/index.ts'

/** A gateway on a free port for the tests of one group. */
export function runningGateway(options: GatewayOptions = {}): { readonly origin: string } {
  let gateway: Gateway | undefined
  const running = { origin: '' }
  before(async () => {
    gateway = createGateway({ port: 0, devTokens: true, domain: 'example.com', ...options })
    running.origin = await gateway.listen()
  })
  after(() => gateway?.close())
  return running
}

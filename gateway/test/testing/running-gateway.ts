import { after, before } from 'node:test'
import { createGateway, type Gateway, type GatewayOptions } from '../../src/index.ts'
import type { Issuer } from './issuer.ts'

/** A gateway on a free port for the tests of one group; with an issuer it gives no tokens to just anybody. */
export function runningGateway(options: GatewayOptions = {}, issuer?: Issuer): { readonly origin: string } {
  let gateway: Gateway | undefined
  const running = { origin: '' }
  before(async () => {
    const tokens = issuer ? { tokenIssuer: { jwksUrl: issuer.jwksUrl } } : { devTokens: true }
    gateway = createGateway({ port: 0, domain: 'example.com', ...tokens, ...options })
    running.origin = await gateway.listen()
  })
  after(() => gateway?.close())
  return running
}

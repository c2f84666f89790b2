import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before } from 'node:test'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const anyOrigin = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }

/** A server that signs tokens for anybody who asks, each good for a few seconds, and publishes its key. */
export class TokenIssuer {
  /** Whether it answers nobody. */
  down = false
  readonly #server: Server
  readonly #told = new EventEmitter()
  readonly #given = new Map<string, number>()

  private constructor(answer: (issuer: TokenIssuer, request: IncomingMessage, response: ServerResponse) => void) {
    this.#server = createServer((request, response) => answer(this, request, response))
  }

  /** `ttl` in seconds. */
  static async start(ttl: number): Promise<TokenIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const keys = JSON.stringify({ keys: [await exportJWK(publicKey)] })
    const give = async (issuer: TokenIssuer, request: IncomingMessage): Promise<string> => {
      const { userId } = JSON.parse(await text(request)) as { readonly userId: string }
      const token = new SignJWT({ sub: userId }).setProtectedHeader({ alg: 'ES256' })
      // With fractions: a token of a whole second's precision would live up to a second less.
      const signed = await token.setExpirationTime(Date.now() / 1000 + ttl).sign(privateKey)
      issuer.#given.set(userId, issuer.given(userId) + 1)
      issuer.#told.emit('given')
      return JSON.stringify({ access_token: signed })
    }
    const issuer = new TokenIssuer((self, request, response) => {
      if (request.url === '/keys') return void response.end(keys)
      if (self.down) return void request.socket.destroy()
      response.writeHead(200, anyOrigin)
      if (request.method === 'OPTIONS') return void response.end()
      give(self, request).then(
        (body) => response.end(body),
        () => response.destroy(),
      )
    })
    issuer.#server.listen(0, '127.0.0.1')
    await once(issuer.#server, 'listening')
    return issuer
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** How many tokens this user was given. */
  given(userId: string): number {
    return this.#given.get(userId) ?? 0
  }

  /** Resolves when this user has been given so many tokens. */
  async gives(userId: string, count: number): Promise<void> {
    while (this.given(userId) < count) await once(this.#told, 'given')
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

/** An issuer for all tests of this group; `ttl` in seconds. */
export function useTokenIssuer(ttl: number): () => TokenIssuer {
  let issuer: TokenIssuer | undefined
  before(async () => {
    issuer = await TokenIssuer.start(ttl)
  })
  after(() => issuer?.stop())
  return () => {
    if (!issuer) throw new Error('The issuer is there while tests run, not before')
    return issuer
  }
}

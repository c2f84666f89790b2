import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { describe, it } from 'node:test'
import type { WebSocket } from 'ws'
import { startServer, type BrowserWindow, type Server } from '../e2e/harness.ts'
import { pairs, usePeople } from '../e2e/harness/people.ts'
import { lent } from './harness.ts'
import { ask, heardOf, openSocket, read, type Ask } from './harness/ask.ts'
import { Proxy, recipes, type ProxyName, type ProxyOptions } from './harness/proxy.ts'

/** Their name is the one of the configurations, which nobody but these browsers knows. */
const launch = {
  trusting: true,
  switches: ['--host-resolver-rules=MAP phone.example.com 127.0.0.1'],
  preferences: { 'network.dns.localDomains': 'phone.example.com' },
}

/** Two people at different browsers, where this machine has them. */
const [seats] = pairs.slice(-1)

/** The gateway by itself, and through a proxy. */
interface Stand {
  readonly proxy: Proxy
  readonly server: Server
  stop(): Promise<void>
}

/** A proxy before a gateway of its own, for all tests of this group. */
function useStand(
  name: ProxyName,
  env: NodeJS.ProcessEnv = {},
  options: Omit<ProxyOptions, 'gateway'> = {},
): () => Stand {
  return lent(async () => {
    const server = await startServer({ env: { TRUSTED_PROXIES: '127.0.0.1', ...env } })
    const proxy = await Proxy.start(name, { ...options, gateway: server.port }).catch(async (error: unknown) => {
      await server.stop()
      throw error
    })
    return {
      proxy,
      server,
      async stop() {
        await proxy.stop()
        await server.stop()
      },
    }
  }, name)
}

/** A client of the REST protocol that reaches the gateway at `base`. */
class Client {
  private constructor(
    readonly base: string,
    readonly authorization: string,
    readonly path: string,
  ) {}

  static async signIn(base: string, userId: string, session: object): Promise<Client> {
    const json = { 'content-type': 'application/json' }
    const token = await read(`${base}tokens`, { method: 'POST', headers: json, body: JSON.stringify({ userId }) })
    const { access_token } = JSON.parse(token.text) as { readonly access_token: string }
    const authorization = `Bearer ${access_token}`
    const { status, headers } = await read(`${base}RTC/v1/sessions`, {
      method: 'POST',
      headers: { ...json, authorization },
      body: JSON.stringify({ session }),
    })
    assert.equal(status, 201)
    return new Client(base, authorization, headers.location ?? '')
  }

  send(method: string, path: string, options: Ask = {}): ReturnType<typeof read> {
    return read(this.#url(path), this.#with(method, options))
  }

  dial(calledParty: string): ReturnType<typeof read> {
    const body = JSON.stringify({ call: { calledParty, sdp: 'v=0' } })
    return this.send('POST', `${this.path}/calls`, { body })
  }

  poll(): ReturnType<typeof read> {
    return this.send('GET', `${this.path}/events`)
  }

  /** The lines of an event stream. */
  async stream(): Promise<{ readonly response: IncomingMessage; readonly lines: AsyncIterator<string> }> {
    const response = await ask(this.#url(`${this.path}/events`), this.#with('GET'))
    assert.match(response.headers['content-type'] ?? '', /^text\/event-stream/)
    return { response, lines: createInterface({ input: response })[Symbol.asyncIterator]() }
  }

  async socket(): Promise<WebSocket> {
    const { headers } = await this.send('POST', `${this.path}/websockets`)
    const address = new URL(headers.location ?? '', this.base.replace(/^http/, 'ws'))
    return openSocket(new URL(address.pathname + address.search, this.base.replace(/^http/, 'ws')).href)
  }

  #url(path: string): string {
    return this.base.slice(0, -1) + path
  }

  #with(method: string, options: Ask = {}): Ask {
    const { authorization } = this
    const type = options.body === undefined ? {} : { 'content-type': 'application/json' }
    return { ...options, method, headers: { authorization, ...type, ...options.headers } }
  }
}

/** Reads on until a line matches; rejects at the end of the stream. */
async function lineWith(lines: AsyncIterator<string>, pattern: RegExp): Promise<string> {
  for (;;) {
    const line = (await lines.next()) as IteratorResult<string, undefined>
    if (line.done) throw new Error(`The stream ended before ${String(pattern)}`)
    if (pattern.test(line.value)) return line.value
  }
}

/** A body of so many bytes that says nothing. */
const bodyOf = (length: number): string => '{}'.padEnd(length)

/** How many times a page has polled for events. */
const polls = (window: BrowserWindow): Promise<number> =>
  window.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/events?')).length)

/** A call between two pages that reach the gateway at `origin`; whether they poll for what they hear. */
function itCarriesACall(people: ReturnType<typeof usePeople>, origin: () => string, polled: boolean): void {
  it(`carries a call with sound both ways; events come by ${polled ? 'polling' : 'WebSocket'}`, async () => {
    assert.ok(seats)
    const [alice, bob] = await people.meet(seats, { origin: origin() })
    for (const { window } of [alice, bob]) if (polled) window.forgive(/websocket|\/channel\b/i)
    await alice.dial(bob.address)
    await bob.press('Answer')
    await Promise.all([alice.hearsSound(), bob.hearsSound()])
    await alice.press('Hold')
    await bob.sees('alice put you on hold')
    await alice.press('Hold')
    await Promise.all([alice.hearsSound(), bob.hearsSound()])
    await bob.press('Hang up')
    await alice.sees('bob hung up')
    const counts = await Promise.all([polls(alice.window), polls(bob.window)])
    assert.deepEqual(
      counts.map((count) => count > 0),
      [polled, polled],
    )
  })
}

for (const name of Object.keys(recipes) as ProxyName[]) {
  const { heading, endsSilence } = recipes[name]

  describe(`a gateway behind ${heading}, as documented`, () => {
    const people = usePeople({ env: { TRUSTED_PROXIES: '127.0.0.1' } }, launch)
    const proxy = lent(() => Proxy.start(name, { gateway: people.server().port }), heading)
    itCarriesACall(people, () => proxy().url, false)
  })

  describe(`what passes through ${heading}`, () => {
    const stand = useStand(name, { GUEST_ALLOW: 'sales', GUEST_RATE: '1', POLL_WAIT: '1' })
    const through = (user: string, session: object = {}) => Client.signIn(stand().proxy.url, user, session)

    it('a long poll, empty and with an event', async () => {
      const [alice, bob] = await Promise.all([through('alice'), through('bob')])
      assert.equal((await bob.poll()).status, 204)
      const polling = bob.poll()
      await alice.dial('bob')
      assert.match((await polling).text, /invitation-received/)
    })

    it('an event stream, each event as it comes', async () => {
      const [alice, carol] = await Promise.all([
        through('alice'),
        through('carol', { extensions: true, eventChannel: 'sse' }),
      ])
      const { response, lines } = await carol.stream()
      await lineWith(lines, /^: open/)
      const { headers } = await alice.dial('carol')
      await lineWith(lines, /invitation-received/)
      await alice.send('DELETE', headers.location ?? '', { headers: { 'x-delete-reason': 'cancel' } })
      await lineWith(lines, /session-terminated/)
      response.destroy()
    })

    it('a WebSocket, each event as it comes', async () => {
      const [alice, dave] = await Promise.all([
        through('alice'),
        through('dave', { extensions: true, eventChannel: 'websocket' }),
      ])
      const socket = await dave.socket()
      const heard = heardOf(socket, 'message')
      await alice.dial('dave')
      assert.match(await heard(), /invitation-received/)
      socket.terminate()
    })

    it('the address at which a client of the original protocol reaches it', async () => {
      const erin = await through('erin', { eventChannel: 'websocket' })
      const { headers } = await erin.send('POST', `${erin.path}/websockets`)
      const base = stand().proxy.url.replace(/^http/, 'ws')
      assert.ok(headers.location?.startsWith(`${base}RTC/v1/sessions/`), headers.location)
    })

    it('a path as it was written', async () => {
      const path = '/RTC/v1/userIds/a%2Fb%20c%25d%3Ae%40f'
      const frank = await through('frank')
      const direct = await Client.signIn(stand().server.url, 'frank', {})
      const [one, other] = await Promise.all([frank.send('PUT', path), direct.send('PUT', path)])
      assert.deepEqual([one.status, one.text], [other.status, other.text])
    })

    it('the leave of a page of another site to use every method', async () => {
      const { status, headers } = await read(`${stand().proxy.url}RTC/v1/sessions/x/calls/y`, {
        method: 'OPTIONS',
        headers: { origin: 'https://page.example', 'access-control-request-method': 'PATCH' },
      })
      assert.equal(status, 204)
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        assert.ok(headers['access-control-allow-methods']?.includes(method), headers['access-control-allow-methods'])
      }
    })

    it('the address of each client, and none that it made up', async () => {
      const asks = async (from: string, claimed?: string): Promise<number> => {
        const headers = claimed === undefined ? {} : { 'x-forwarded-for': claimed }
        return (await read(`${stand().proxy.url}guest-tokens`, { method: 'POST', from, headers })).status
      }
      assert.deepEqual(
        [
          await asks('127.0.0.2'),
          await asks('127.0.0.2'),
          await asks('127.0.0.2', '127.0.0.9'),
          await asks('127.0.0.3'),
        ],
        [200, 429, 429, 200],
      )
    })

    it('a body as long as the gateway takes, and no other', async () => {
      const session = { extensions: true }
      const statuses = await Promise.all(
        [
          { body: bodyOf(65_536) },
          { body: bodyOf(65_537) },
          { body: bodyOf(65_537), chunked: true },
          { body: bodyOf(8_000_000) },
        ].map(async (options, index) => {
          const grace = await through(`grace${index}`, session)
          try {
            return (await grace.send('PUT', grace.path, options)).status
          } catch (error) {
            // Who refuses may close the connection while the body still comes (RFC 9110, 15.5.14).
            if (index === 3 && ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) return 413
            throw error
          }
        }),
      )
      assert.deepEqual(statuses, [204, 413, 413, 413])
    })
  })

  describe(`silence behind ${heading}`, () => {
    /** Pings of one second each that go on beyond what the proxy stands. */
    const pings = 5

    describe('that pings break in time', () => {
      const stand = useStand(name, { PING_INTERVAL: '1', POLL_WAIT: '1' }, { timeout: 3 })

      it('does not end a WebSocket', async () => {
        const session = { extensions: true, eventChannel: 'websocket' }
        const alice = await Client.signIn(stand().proxy.url, 'alice', session)
        const socket = await alice.socket()
        const [pinged, heard] = [heardOf(socket, 'ping'), heardOf(socket, 'message')]
        for (let count = 0; count < pings; count++) await pinged()
        await (await Client.signIn(stand().proxy.url, 'bob', {})).dial('alice')
        let message = ''
        while (!message.includes('invitation-received')) message = await heard()
        assert.equal(socket.readyState, socket.OPEN)
        socket.terminate()
      })

      it('does not end an event stream before the gateway does', async () => {
        const alice = await Client.signIn(stand().proxy.url, 'carol', { extensions: true, eventChannel: 'sse' })
        // The gateway itself ends a stream after a few pings, and its client asks for the next.
        for (let streams = 0; streams < 2; streams++) {
          const { response, lines } = await alice.stream()
          await lineWith(lines, /^: ping/)
          await lineWith(lines, /^: ping/)
          // It may have ended together with its last lines.
          await finished(response)
          assert.equal(response.complete, true)
        }
      })

      it('does not end the polls of a client that waits', async () => {
        const alice = await Client.signIn(stand().proxy.url, 'erin', {})
        for (let count = 0; count < pings; count++) assert.equal((await alice.poll()).status, 204)
      })
    })

    describe('without pings', { skip: !endsSilence && 'it ends no silent connection' }, () => {
      const stand = useStand(name, { PING_INTERVAL: '3600' }, { timeout: 2 })

      it('ends a WebSocket', async () => {
        const session = { extensions: true, eventChannel: 'websocket' }
        const socket = await (await Client.signIn(stand().proxy.url, 'alice', session)).socket()
        await once(socket, 'close')
      })

      it('ends an event stream', async () => {
        const alice = await Client.signIn(stand().proxy.url, 'bob', { extensions: true, eventChannel: 'sse' })
        const { response } = await alice.stream()
        // Cut, not ended: the gateway itself would come to its last chunk.
        const [error] = (await once(response, 'error')) as [Error]
        assert.match(error.message, /aborted/)
      })
    })
  })
}

describe('a gateway behind the plainest nginx', () => {
  /** Nothing of the configuration but these directives about proxies. */
  const keep =
    (...kept: readonly string[]) =>
    (config: string): string =>
      config
        .split('\n')
        .filter((line) => !/^\s*(proxy_|client_)/.test(line) || kept.some((word) => line.includes(word)))
        .join('\n')

  describe('that knows proxy_pass alone', () => {
    const people = usePeople({}, launch)
    const change = keep('proxy_pass')
    const proxy = lent(() => Proxy.start('nginx', { gateway: people.server().port, change }), 'nginx')
    itCarriesACall(people, () => proxy().url, true)
  })

  describe('that passes upgrades on, and says nothing of itself', () => {
    const people = usePeople({}, launch)
    const change = keep('proxy_pass', 'proxy_http_version', 'Upgrade', 'Connection')
    const proxy = lent(() => Proxy.start('nginx', { gateway: people.server().port, change }), 'nginx')
    itCarriesACall(people, () => proxy().url, false)
  })
})

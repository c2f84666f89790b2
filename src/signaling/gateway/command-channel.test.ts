import { expect } from '@open-wc/testing'
import { never } from '../contract/line.ts'
import { signalingRejection } from '../contract/rejection.ts'
import { useStage } from '../contract/stage.ts'
import { GatewaySignaling } from './gateway-signaling.ts'
import { TestGateway } from './test-gateway.fixture.ts'

const gateway = new TestGateway()

/** Requests of this page over HTTP, and what its channels of commands do. */
class Wire {
  readonly http: Request[] = []
  readonly channels: WebSocket[] = []
  /** The channel by which a request went whose reply is lost. */
  cut: WebSocket | null = null
  /** Replies to these requests are lost: `POST /calls`. */
  swallow: RegExp | null = null
  /** The replies that were lost. */
  swallowed = 0
  readonly #fetch = globalThis.fetch
  readonly #WebSocket = globalThis.WebSocket

  constructor() {
    const { http, channels, sent, received } = this
    const native = this.#fetch
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init)
      if (request.url.includes('/RTC/')) http.push(request)
      return native(request)
    }
    globalThis.WebSocket = class extends this.#WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        if (!String(url).endsWith('/channel')) return
        channels.push(this)
        this.addEventListener('message', (event: MessageEvent<string>) => received(event), { capture: true })
      }

      override send(data: string): void {
        sent(data, this)
        super.send(data)
      }
    }
  }

  readonly #lost = new Set<number>()

  readonly sent = (data: string, channel: WebSocket): void => {
    const { request, method, path } = JSON.parse(data) as { request: number; method: string; path: string }
    if (!this.swallow?.test(`${method} ${path}`)) return
    this.#lost.add(request)
    this.cut = channel
  }

  readonly received = (event: MessageEvent<string>): void => {
    const { reply } = JSON.parse(event.data) as { reply?: number }
    if (reply === undefined || !this.#lost.has(reply)) return
    event.stopImmediatePropagation()
    this.swallowed++
  }

  restore(): void {
    globalThis.fetch = this.#fetch
    globalThis.WebSocket = this.#WebSocket
  }
}

describe('the channel of commands', function () {
  this.timeout(120_000)
  const stage = useStage(gateway)
  let wire: Wire

  beforeEach(() => {
    wire = new Wire()
  })
  afterEach(() => wire.restore())

  it('carries a whole call: by HTTP goes only whose the token is', async () => {
    const [alice, bob] = await stage().pair()
    const [near, far] = await stage().call(alice, bob)
    await near.receives('audio')
    await near.leg.hold()
    await near.leg.resume()
    await far.leg.end()
    await near.hears('ended')
    expect(wire.http.filter(({ url }) => !url.includes('/userIds/'))).to.deep.equal([])
    expect(wire.channels).to.have.length(2)
  })

  it('is not opened for a user who is refused', async () => {
    const { identity } = await gateway.device('alice')
    const mallory = new GatewaySignaling(await gateway.url)
    const error = await signalingRejection(mallory.connect({ ...identity, userId: 'bob@localhost' }, never()))
    expect([error.kind, error.details.resource]).to.deep.equal(['refused', 'PUT /RTC/v1/userIds/bob%40localhost'])
    expect(wire.channels).to.deep.equal([])
  })

  it('has what was under way when it was cut done by HTTP, and once', async () => {
    const [alice, bob] = await stage().pair()
    wire.swallow = /^POST .*\/calls$/
    const dialling = alice.dial(bob)
    await alice.until('the reply is lost', () => wire.swallowed === 1)
    wire.cut?.close()
    const near = await dialling
    await bob.ringing()
    await near.leg.end()
    await near.hears('ended')
    expect(wire.http.filter(({ url }) => url.endsWith('/calls'))).to.have.length(1)
    expect(bob.rung).to.equal(1)
  })

  it('comes back after a loss, and brings the events that came meanwhile', async () => {
    const [alice, bob] = await stage().pair()
    await gateway.lose(bob.signaling)
    await bob.until('the loss is told', () => bob.links.some(({ state }) => state === 'lost'))
    await alice.dial(bob)
    await bob.signaling.resume(never())
    await bob.ringing()
    expect(wire.channels).to.have.length(3)
  })
})

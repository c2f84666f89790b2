import { expect } from '@open-wc/testing'
import { never, type Line } from '../contract/line.ts'
import { signalingRejection } from '../contract/rejection.ts'
import { useStage } from '../contract/stage.ts'
import { SignalingError } from '../signaling.ts'
import { GatewaySignaling } from './gateway-signaling.ts'
import { TestGateway, useHttpAlone } from './test-gateway.fixture.ts'

const gateway = new TestGateway()
const lost = (line: Line, count = 1) =>
  line.until('the loss is told', () => line.links.filter(({ state }) => state === 'lost').length === count)

/** Answers every request by `answer` until `restore`. */
function network(answer: (request: Request) => Promise<Response>): () => void {
  const { fetch: native } = globalThis
  globalThis.fetch = (input, init) => answer(new Request(input, init))
  return () => (globalThis.fetch = native)
}

function refusal(status: number, text: string, messageId = ''): Response {
  const body = { RequestError: { ServiceException: { MessageId: messageId, Text: text, Variables: 'bob' } } }
  return new Response(JSON.stringify(body), { status })
}

/** A WebSocket that a proxy swallows. */
class Silent extends EventTarget {
  readonly readyState = 0
  closed = false
  close(): void {
    this.closed = true
  }
}

/** Holds timers of `ms` until `fire`. */
function heldTimers(ms: number): { readonly count: number; fire(): void; release(): void } {
  const native = globalThis.setTimeout
  const held: (() => void)[] = []
  globalThis.setTimeout = ((task: () => void, delay?: number, ...rest: unknown[]) => {
    if (delay !== ms) return native(task, delay, ...rest)
    held.push(task)
    return 0
  }) as unknown as typeof setTimeout
  return {
    get count() {
      return held.length
    },
    fire: () => {
      for (const task of held.splice(0)) task()
    },
    release: () => (globalThis.setTimeout = native),
  }
}

describe('a session on a gateway', function () {
  this.timeout(120_000)
  useHttpAlone()
  const stage = useStage(gateway)
  let restore = () => {}

  afterEach(() => {
    restore()
    restore = () => {}
  })

  it('says how long it lives without a refresh', async () => {
    const { expiresIn } = await (await stage().device('alice')).signIn()
    expect(expiresIn).to.equal(3_600_000)
  })

  it('learns from the gateway whose token it is', async () => {
    const { identity } = await gateway.device('alice')
    const signaling = new GatewaySignaling(await gateway.url)
    const { userId } = await signaling.connect({ token: identity.token }, never())
    await signaling.disconnect()
    expect(userId).to.equal(identity.userId)
  })

  it('is refused without a token', async () => {
    const error = await signalingRejection(new GatewaySignaling(await gateway.url).connect({}, never()))
    expect([error.kind, error.details.status]).to.deep.equal(['refused', 401])
  })

  it('is refused to somebody else', async () => {
    const { identity } = await gateway.device('alice')
    const mallory = new GatewaySignaling(await gateway.url)
    const error = await signalingRejection(mallory.connect({ ...identity, userId: 'bob@localhost' }, never()))
    expect(error.kind).to.equal('refused')
  })

  it('cannot be had where no gateway is', async () => {
    const error = await signalingRejection(new GatewaySignaling('http://127.0.0.1:9').connect({}, never()))
    expect(error.kind).to.equal('unreachable')
    expect(error.details.resource).to.equal('POST /RTC/v1/sessions')
  })

  for (const status of [502, 503, 504]) {
    it(`counts an answer of ${status} as a gateway that cannot be reached`, async () => {
      const alice = await stage().line('alice')
      restore = network(async () => refusal(status, 'Cannot reach the Gateway'))
      expect((await signalingRejection(alice.signaling.refresh(never()))).kind).to.equal('unreachable')
    })
  }

  it('counts as expired where the gateway knows it no more', async () => {
    const alice = await stage().line('alice')
    await gateway.expire(alice.signaling)
    expect((await signalingRejection(alice.signaling.refresh(never()))).kind).to.equal('expired')
  })

  it('is not expired where the gateway only knows a call no more', async () => {
    const [alice, bob] = await stage().pair()
    const [near] = await stage().call(alice, bob)
    restore = network(async () => refusal(404, 'No such call in this session: it ended, or was never here'))
    expect((await signalingRejection(near.leg.hold())).kind).to.equal('refused')
  })

  it('passes the gateway’s words on', async () => {
    const alice = await stage().line('alice')
    restore = network(async () => refusal(400, 'Invalid input value %1', 'SVC0002'))
    const error = await signalingRejection(alice.signaling.refresh(never()))
    expect(error.message).to.equal('Invalid input value bob')
    expect(error.details).to.include({ status: 400, messageId: 'SVC0002' })
  })

  it('does not mind an error that is no JSON', async () => {
    const alice = await stage().line('alice')
    restore = network(async () => new Response('<html>Bad request</html>', { status: 400 }))
    const error = await signalingRejection(alice.signaling.refresh(never()))
    expect([error.kind, error.message]).to.deep.equal(['refused', 'The gateway answered 400'])
  })

  it('can be taken up after an attempt that failed', async () => {
    const alice = await stage().line('alice')
    await gateway.lose(alice.signaling)
    await lost(alice)
    restore = network(() => Promise.reject(new TypeError('Failed to fetch')))
    expect((await signalingRejection(alice.signaling.resume(never()))).kind).to.equal('unreachable')
    restore()
    await alice.signaling.resume(never())
    const [leg] = await stage().call(await stage().line('bob'), alice)
    await leg.receives('audio')
  })

  it('loses no event of the time it was cut off', async () => {
    const [alice, bob] = await stage().pair()
    const [near, far] = await stage().call(alice, bob)
    await gateway.lose(bob.signaling)
    await lost(bob)
    const holding = near.leg.hold()
    await bob.signaling.resume(never())
    await holding
    await far.hears('held')
    await near.leg.end()
    await far.ended()
    expect(far.story).to.deep.equal(['established audio', 'held', 'ended remote-hangup'])
  })

  it('hears each event once, however often it was cut off', async () => {
    const [alice, bob] = await stage().pair()
    const [near, far] = await stage().call(alice, bob)
    for (let cut = 1; cut <= 3; cut++) {
      await gateway.lose(bob.signaling)
      await lost(bob, cut)
      await bob.signaling.resume(never())
      await near.leg.hold()
      await near.leg.resume()
    }
    await far.hears('resumed', 3)
    const once = ['held', 'resumed']
    expect(far.story.slice(1)).to.deep.equal([...once, ...once, ...once])
  })

  it('rings with a call that came while it was cut off', async () => {
    const [alice, bob] = await stage().pair()
    await gateway.lose(bob.signaling)
    await lost(bob)
    const outgoing = await alice.dial(bob)
    await bob.signaling.resume(never())
    const incoming = await bob.ringing()
    await bob.answer(incoming)
    await outgoing.hears('established')
  })

  it('reaches its WebSocket by the way that the page reaches the gateway', async () => {
    const { fetch: native } = globalThis
    // A proxy that says nothing of host and protocol: the gateway believes to be reached by its own address.
    restore = network(async (request) => {
      const response = await native(request)
      if (!request.url.endsWith('/websockets')) return response
      const { pathname, search } = new URL(response.headers.get('location') ?? '', request.url)
      return new Response(null, { status: 201, headers: { location: `ws://127.0.0.1:9${pathname}${search}` } })
    })
    const urls: string[] = []
    const { WebSocket: real } = globalThis
    globalThis.WebSocket = class extends real {
      constructor(url: string | URL) {
        super(url)
        urls.push(new URL(url).host)
      }
    }
    try {
      await stage().line('alice')
    } finally {
      globalThis.WebSocket = real
    }
    expect([...new Set(urls)]).to.deep.equal([new URL(await gateway.url).host])
  })

  /** The answer to a sign-in as a gateway with these settings gives it. */
  function answerOf(settings: object): void {
    const { fetch: native } = globalThis
    restore = network(async (request) => {
      const response = await native(request)
      if (!request.url.endsWith('/sessions')) return response
      const { session } = (await response.json()) as { readonly session: object }
      const { status, headers } = response
      return new Response(JSON.stringify({ session: { ...session, ...settings } }), { status, headers })
    })
  }

  for (const [what, settings, ms] of [
    ['three pings of a gateway that pings rarely', { pingInterval: 40 }, 120_000],
    ['three pings of a gateway that says nothing of them', { pingInterval: undefined }, 45_000],
    ['a time of its own where the gateway names one that is none', { pingInterval: 'often' }, 45_000],
  ] as const) {
    it(`waits for ${what} before it gives a silent WebSocket up`, async () => {
      const clock = heldTimers(ms)
      try {
        answerOf(settings)
        const alice = await stage().line('alice')
        clock.fire()
        await lost(alice)
      } finally {
        clock.release()
      }
    })
  }

  describe('where no WebSocket gets through', () => {
    let native: typeof WebSocket

    beforeEach(() => {
      native = globalThis.WebSocket
      globalThis.WebSocket = class extends native {
        constructor() {
          super('ws://127.0.0.1:9')
        }
      }
    })
    afterEach(() => {
      globalThis.WebSocket = native
    })

    it('hears its events by long polling', async () => {
      const [near, far] = await stage().talk()
      await near.leg.hold()
      await far.hears('held')
      await far.leg.end()
      expect((await near.ended()).reason).to.equal('remote-hangup')
    })

    it('tries a WebSocket again later', async () => {
      const clock = heldTimers(60_000)
      try {
        const [alice, bob] = await stage().pair()
        const opened = new Promise<void>((resolve) => {
          let count = 0
          globalThis.WebSocket = class extends native {
            constructor(url: string | URL) {
              super(url)
              this.addEventListener('open', () => ++count === 2 && resolve())
            }
          }
        })
        clock.fire()
        await opened
        const [near, far] = await stage().call(alice, bob)
        await near.leg.hold()
        await far.hears('held')
        expect(far.story).to.deep.equal(['established audio', 'held'])
      } finally {
        clock.release()
      }
    })

    it('tries again and again, each time after a longer while, and hears its events meanwhile', async () => {
      const clocks = [60_000, 120_000, 300_000, 900_000].map((ms) => heldTimers(ms))
      try {
        const [alice, bob] = await stage().pair()
        for (const clock of [...clocks, clocks[3]]) {
          while ((clock?.count ?? 0) < 2) await new Promise((resolve) => setTimeout(resolve))
          clock?.fire()
          const [near, far] = await stage().call(alice, bob)
          await near.leg.end()
          await far.ended()
        }
        expect([...alice.links, ...bob.links]).to.deep.equal([])
      } finally {
        for (const clock of clocks.toReversed()) clock.release()
      }
    })

    it('or where one neither opens nor fails, hears its events by long polling', async () => {
      globalThis.WebSocket = Silent as unknown as typeof WebSocket
      const clock = heldTimers(5000)
      try {
        const signingIn = stage().pair()
        const all = (async () => {
          while (clock.count < 2) await new Promise((resolve) => setTimeout(resolve))
          clock.fire()
        })()
        const [alice, bob] = await signingIn
        await all
        const outgoing = await alice.dial(bob)
        await bob.ringing()
        await outgoing.hears('progress')
      } finally {
        clock.release()
      }
    })

    it('tells when the gateway cannot be polled any more', async () => {
      const alice = await stage().line('alice')
      const { fetch: real } = globalThis
      restore = network((request) =>
        request.url.includes('/events') ? Promise.reject(new TypeError('Failed to fetch')) : real(request),
      )
      // The poll under way ends with an event; the next one fails.
      await (await stage().line('bob')).dial(alice)
      await lost(alice)
      expect(alice.links[0]).to.have.nested.property('error').instanceOf(SignalingError)
    })
  })
})

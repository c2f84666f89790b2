import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { SipOptions } from '../../src/signaling/sip/sip-options.ts'
import type { Identity } from '../../src/signaling/signaling.ts'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, lent, usePages } from './harness.ts'
import { RawExchange, type RawDialog, type Received } from './harness/raw-exchange.ts'
import type {} from './page/far-media.ts'

const [browser = 'chromium'] = browserNames

const registrar = 'Digest realm="example.com", nonce="of-the-registrar", qop="auth"'
/** How a call ends that somebody answered with 486. */
const busy = { reason: 'busy', message: 'Busy' }

const password: Identity = { userId: 'alice@example.com', password: 'a-secret' }

const carriesSecret = (message: Received): boolean =>
  message.headers.has('authorization') || message.headers.has('proxy-authorization')

/** How somebody may ask, and whether it is how the registrar asked. */
const asked = [
  { status: 401, how: 'Digest realm="evil.example", nonce="chosen"', own: false },
  { status: 407, how: 'Digest realm="evil.example", nonce="chosen"', own: false },
  { status: 401, how: 'Bearer realm="evil.example"', own: false },
  { status: 407, how: 'Bearer realm="example.com"', own: false },
  { status: 401, how: 'Digest realm="example.com", nonce="in-the-call"', own: true },
  { status: 407, how: 'Digest realm="example.com", nonce="in-the-call"', own: true },
] as const

type Asked = (typeof asked)[number]

const fieldOf = ({ status, how }: Asked): string => `${status === 401 ? 'WWW' : 'Proxy'}-Authenticate: ${how}`

describe('a far side that asks for the secret', () => {
  const exchange = lent(() => RawExchange.start(), 'The exchange')
  const pages = usePages('softphone', 'far-media')
  const open = useBrowser(browser)
  beforeEach(() => exchange().begin())

  async function signedIn(identity: Identity = password, sip: Partial<SipOptions> = {}): Promise<BrowserWindow> {
    const window = await open(pages().url('softphone'))
    exchange().challenge = identity.token ? 'Bearer realm="example.com"' : registrar
    await window.evaluate((who, options) => softphone.signIn(who, options), identity, {
      servers: exchange().url,
      ...sip,
    })
    return window
  }

  /** A call that is up, from the phone to the far side, whose media a second page plays. */
  async function inCall(window: BrowserWindow): Promise<{ dialog: RawDialog; far: BrowserWindow }> {
    const far = await open(pages().url('far-media'))
    const dialing = window.evaluate(() => softphone.dial('bob@example.com'))
    const invitation = await exchange().request('INVITE')
    const sdp = await far.evaluate((offer) => farMedia.answer(offer), invitation.body)
    const dialog = exchange().answer(invitation, sdp)
    await dialing
    await hears(window, 'established')
    // A later offer of the phone is taken as it comes, unless the test says otherwise.
    exchange().on.set('INVITE', (request) => {
      void far
        .evaluate((offer) => farMedia.answer(offer), request.body)
        .then((body) =>
          exchange().respond(request, 200, { body, fields: ['Contact: <sip:far@127.0.0.1:5999;transport=ws>'] }),
        )
    })
    return { dialog, far }
  }

  /** Asks the first request of this kind for credentials; resolves to what came of it, all told. */
  async function ask(method: string, how: Asked, act: () => Promise<unknown>): Promise<readonly Received[]> {
    const start = exchange().received.length
    const answer = exchange().on.get(method)
    let count = 0
    exchange().on.set(method, (request) => {
      if (count++ === 0) return exchange().respond(request, how.status, { fields: [fieldOf(how)] })
      if (answer) return answer(request)
      return exchange().respond(request, 486, { phrase: 'Busy' })
    })
    await act()
    const first = await exchange().request(method, start)
    if (how.own)
      await exchange().next((message) => message.method === method && message !== first && message.status === 0, start)
    return exchange().received.slice(start)
  }

  const judge = (messages: readonly Received[], method: string, how: Asked): void => {
    const told = messages.filter(carriesSecret)
    assert.equal(told.length > 0, how.own, told.map(({ text }) => text).join('\n'))
    if (how.own) assert.match(told[0]?.text ?? '', new RegExp(`^${method} `))
  }

  for (const how of asked) {
    const outcome = how.own ? 'is answered' : 'gets nothing'

    it(`INVITE: ${how.status} ${how.how} ${outcome}`, async () => {
      const window = await signedIn()
      const messages = await ask('INVITE', how, async () => {
        const told = await window.evaluate(() => softphone.refusal(() => softphone.dial('bob@example.com')))
        if (how.own) assert.deepEqual(await hears(window, 'ended'), busy)
        else assert.match(told?.message ?? '', /asked for/)
      })
      judge(messages, 'INVITE', how)
    })

    it(`re-INVITE and BYE: ${how.status} ${how.how} ${outcome}, and the call goes on`, async () => {
      const window = await signedIn()
      await inCall(window)
      const held = await ask('INVITE', how, async () => {
        const told = await window.evaluate(() => softphone.refusal(() => softphone.line().leg.hold()))
        assert.equal(told === null, how.own)
        if (!how.own) assert.match(told?.message ?? '', /asked for/)
      })
      judge(held, 'INVITE', how)
      assert.equal(await window.evaluate(() => softphone.line().heard.some(({ name }) => name === 'ended')), false)
      const ended = await ask('BYE', how, () => window.evaluate(() => softphone.line().leg.end()))
      judge(ended, 'BYE', how)
    })

    it(`REFER: ${how.status} ${how.how} ${outcome}, and the call goes on`, async () => {
      const window = await signedIn()
      await inCall(window)
      exchange().on.set('REFER', (request) => exchange().respond(request, 603, { phrase: 'No' }))
      const messages = await ask('REFER', how, async () => {
        const told = await window.evaluate(() =>
          softphone.refusal(
            () => softphone.line().leg.transfer?.('carol@example.com', AbortSignal.timeout(9000)) ?? Promise.resolve(),
          ),
        )
        if (how.own) assert.equal(told?.message, 'No')
        else assert.match(told?.message ?? '', /asked for/)
      })
      judge(messages, 'REFER', how)
      assert.equal(await window.evaluate(() => softphone.line().heard.some(({ name }) => name === 'ended')), false)
    })

    it(`INVITE of a REFER: ${how.status} ${how.how} ${outcome}`, async () => {
      const window = await signedIn(password, { allowTransfers: true })
      const { dialog } = await inCall(window)
      exchange().on.delete('INVITE')
      const messages = await ask('INVITE', how, async () => {
        const answered = await dialog.ask('REFER', ['Refer-To: <sip:mallory@evil.example>'])
        assert.equal(answered.status, 202)
        await exchange().next(
          (message) =>
            message.method === 'NOTIFY' && new RegExp(how.own ? '486' : String(how.status)).test(message.body),
        )
      })
      judge(messages, 'INVITE', how)
    })
  }

  it('REGISTER in a second realm gets nothing, and the error says so', async () => {
    const window = await signedIn()
    const start = exchange().received.length
    exchange().on.set('REGISTER', (request) =>
      exchange().respond(request, 401, { fields: ['WWW-Authenticate: Digest realm="evil.example", nonce="chosen"'] }),
    )
    const told = await window.evaluate(() =>
      softphone.refusal(() => softphone.network.refresh(AbortSignal.timeout(9000))),
    )
    assert.match(told?.message ?? '', /foreign realm asked .* evil\.example/)
    const nonces = exchange()
      .received.slice(start)
      .map(({ text }) => /nonce="([^"]*)"/.exec(text)?.[1])
    assert.deepEqual([...new Set(nonces)], ['of-the-registrar'])
  })

  for (const status of [401, 407] as const) {
    it(`a token that the registrar took goes to no other realm by ${status}`, async () => {
      const window = await signedIn({ userId: 'alice@example.com', token: 'a-token' })
      const how = { status, how: 'Bearer realm="evil.example"', own: false } as unknown as Asked
      const messages = await ask('INVITE', how, () =>
        window.evaluate(() => softphone.refusal(() => softphone.dial('bob@example.com'))),
      )
      assert(!messages.some(({ text }) => text.includes('a-token')))
    })
  }
})

describe('an edge proxy before the exchange', () => {
  const exchange = lent(() => RawExchange.start(), 'The exchange')
  const pages = usePages('softphone')
  const open = useBrowser(browser)
  beforeEach(() => exchange().begin())

  it('and the exchange each ask in a realm of their own, for a registration and for a call', async () => {
    const window = await open(pages().url('softphone'))
    const take = exchange().on.get('REGISTER')
    const guard = (pass: (request: Received) => void) => (request: Received) => {
      if (!request.headers.has('proxy-authorization')) {
        const fields = ['Proxy-Authenticate: Digest realm="edge", nonce="e", qop="auth"']
        exchange().respond(request, 407, { fields })
        return
      }
      if (!request.headers.has('authorization')) {
        exchange().respond(request, 401, { fields: [`WWW-Authenticate: ${registrar}`] })
        return
      }
      pass(request)
    }
    exchange().on.set(
      'REGISTER',
      guard((request) => take?.(request)),
    )
    exchange().on.set(
      'INVITE',
      guard((request) => exchange().respond(request, 486, { phrase: 'Busy' })),
    )
    await window.evaluate((who, servers) => softphone.signIn(who, { servers }), password, exchange().url)
    await window.evaluate(() => softphone.dial('bob@example.com'))
    assert.deepEqual(await hears(window, 'ended'), busy)
  })

  it('and the way through it are named by the registrar: calls take it, to the last ACK (RFC 3608)', async () => {
    const window = await open(pages().url('softphone'))
    exchange().registerFields = ['Service-Route: <sip:edge.example.com;lr>, <sip:core.example.com;lr>;x=1']
    await window.evaluate((who, servers) => softphone.signIn(who, { servers }), password, exchange().url)
    const dialing = window.evaluate(() => softphone.dial('bob@example.com'))
    const invitation = await exchange().request('INVITE')
    const way = ['<sip:edge.example.com;lr>', '<sip:core.example.com;lr>;x=1']
    assert.deepEqual(invitation.headers.get('route'), way)
    exchange().respond(invitation, 486, { phrase: 'Busy' })
    assert.deepEqual((await exchange().request('ACK')).headers.get('route'), way)
    await dialing
    assert.deepEqual(await hears(window, 'ended'), busy)
    const [register] = exchange().received
    assert.equal(register?.headers.get('route'), undefined)
  })

  it('is left out again when the registrar no longer names it', async () => {
    const window = await open(pages().url('softphone'))
    exchange().registerFields = ['Service-Route: <sip:edge.example.com;lr>']
    await window.evaluate((who, servers) => softphone.signIn(who, { servers }), password, exchange().url)
    exchange().registerFields = []
    await window.evaluate(() => softphone.network.refresh(AbortSignal.timeout(9000)))
    exchange().on.set('INVITE', (request) => exchange().respond(request, 486, { phrase: 'Busy' }))
    await window.evaluate(() => softphone.refusal(() => softphone.dial('bob@example.com')))
    assert.equal((await exchange().request('INVITE')).headers.get('route'), undefined)
  })
})

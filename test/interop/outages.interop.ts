import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { usePages } from './harness.ts'
import { RawSip, type RawDialog, type RawMessage } from './harness/raw-sip.ts'
import type {} from './page/engine.ts'
import type {} from './page/far-media.ts'

const [browser = 'chromium'] = browserNames

/** The shortest registration that the library takes, in s: it renews it 5 s before its end. */
const shortest = 10

describe('a registrar that cannot help for now', () => {
  const pages = usePages('engine', 'far-media')
  const open = useBrowser(browser)
  let sip: RawSip | undefined
  beforeEach(async () => {
    sip = await RawSip.start()
  })
  afterEach(async () => {
    await sip?.stop()
  })

  interface Stage {
    readonly sip: RawSip
    readonly alice: BrowserWindow
    readonly dialog: RawDialog
  }

  /** A call is up, and the registrar answers renewals as the test wants. */
  async function inCall(answer: (request: RawMessage, count: number) => void): Promise<Stage> {
    if (!sip) throw new Error('There is no far side')
    const exchange = sip
    let count = 0
    exchange.handle['REGISTER'] = (request) => {
      if (count++ === 0) exchange.register(request, shortest)
      else answer(request, count - 1)
    }
    const [alice, far] = await Promise.all([open(pages().url('engine')), open(pages().url('far-media'))])
    alice.forgive(/WebSocket/)
    await alice.evaluate((server) => engine.signIn('alice@example.com', { server }), exchange.url)
    const dialog = exchange.call({ body: await far.evaluate(() => farMedia.offer('call')) })
    await alice.until('it rings', () => engine.calls[0]?.progress === 'ringing')
    await alice.evaluate(() => engine.answer())
    const { body } = await dialog.final()
    dialog.send('ACK')
    await far.evaluate((sdp) => farMedia.accept(sdp, 'call'), body)
    await alice.until('the call is up', () => engine.calls[0]?.progress === 'connected')
    return { sip: exchange, alice, dialog }
  }

  const byes = (exchange: RawSip) => exchange.heard.filter(({ method, status }) => method === 'BYE' && status === 0)

  for (const status of ['503 Service Unavailable', '500 Server Internal Error'])
    it(`${status} to renewals: the call and the session live, and Retry-After is kept`, async () => {
      const asked: number[] = []
      const { sip: exchange, alice } = await inCall((request, count) => {
        asked.push(performance.now())
        if (count <= 2) exchange.reply(request, status, { fields: ['Retry-After: 1'] })
        else exchange.register(request)
      })
      await exchange.wait('a renewal that is taken', () => asked.length === 3)
      const [first = 0, second = 0, third = 0] = asked
      // A timer may be early by a little, never by much.
      assert.ok(second - first > 900 && third - second > 900, String([second - first, third - second]))
      const { calls, state, heard, error } = await alice.evaluate(() => ({
        calls: engine.calls.map(({ progress }) => progress),
        state: engine.session.state,
        heard: engine.heard.map(({ name }) => name),
        error: engine.error,
      }))
      assert.deepEqual([calls, state, error], [['connected'], 'ready', null])
      assert.ok(!heard.includes('gateway:unreachable') && !heard.includes('session:expired'), heard.join())
      assert.equal(byes(exchange).length, 0)
    })

  it('that stays so after the address is no longer valid: the session recovers, and the call lives', async () => {
    let refusing = true
    const {
      sip: exchange,
      alice,
      dialog,
    } = await inCall((request) => {
      if (refusing) exchange.reply(request, '503 Service Unavailable', { fields: ['Retry-After: 6'] })
      else exchange.register(request)
    })
    await alice.until('the session is lost', () => engine.session.state === 'recovering')
    refusing = false
    await alice.until('the session is back', () => engine.session.state === 'ready')
    assert.deepEqual(await alice.evaluate(() => engine.calls.map(({ progress }) => progress)), ['connected'])
    assert.equal(await alice.evaluate(() => engine.error), null)
    assert.equal(byes(exchange).length, 0)
    // And it can be ended: its far side hears of it.
    dialog.send('BYE')
    await alice.until('the call has ended', () => engine.lastCall?.endedReason === 'remote-hangup')
  })

  it('a first REGISTER that is refused with 503 is tried again', async () => {
    if (!sip) throw new Error('There is no far side')
    const exchange = sip
    let count = 0
    exchange.handle['REGISTER'] = (request) => {
      if (count++ === 0) exchange.reply(request, '503 Service Unavailable', { fields: ['Retry-After: 1'] })
      else exchange.register(request)
    }
    const alice = await open(pages().url('engine'))
    alice.forgive(/WebSocket/)
    await alice.evaluate((server) => engine.signIn('alice@example.com', { server }), exchange.url)
    assert.equal(await alice.evaluate(() => engine.session.state), 'ready')
    assert.equal(await alice.evaluate(() => engine.error), null)
  })

  it('a first REGISTER that is refused for long fails, and tells when to try again', async () => {
    if (!sip) throw new Error('There is no far side')
    const exchange = sip
    exchange.handle['REGISTER'] = (request) =>
      exchange.reply(request, '503 Service Unavailable', { fields: ['Retry-After: 3600'] })
    const alice = await open(pages().url('engine'))
    alice.forgive(/WebSocket/)
    await alice.evaluate((server) => {
      engine.signIn('alice@example.com', { server }).catch(() => {})
    }, exchange.url)
    await alice.until('it is told', () => engine.phone.snapshot.error?.RetryAfter === 3600)
  })

  it('an error of the outage leaves the screen when the session is ready again', async () => {
    if (!sip) throw new Error('There is no far side')
    const exchange = sip
    let refusing = false
    exchange.handle['REGISTER'] = (request) => {
      if (refusing) exchange.reply(request, '503 Service Unavailable', { fields: ['Retry-After: 1'] })
      else exchange.register(request)
    }
    const alice = await open(pages().url('engine'))
    alice.forgive(/WebSocket/)
    await alice.evaluate((server) => engine.signIn('alice@example.com', { server }), exchange.url)
    refusing = true
    exchange.cut()
    await alice.until('the session is lost', () => engine.session.state === 'recovering')
    await alice.evaluate(() => engine.dial({ destination: 'carol' }))
    await alice.until('that fails', () => engine.error === '503')
    refusing = false
    await alice.until('the session is back', () => engine.session.state === 'ready')
    assert.equal(await alice.evaluate(() => engine.error), null)
  })
})

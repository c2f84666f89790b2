import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import {
  heardNames,
  hears,
  hearsSound,
  rings,
  signIn,
  useKamailioWithRelay,
  usePages,
  type PersonOptions,
} from './harness.ts'
import { Sipp, type SippOptions } from './harness/sipp.ts'

const [browser = 'chromium'] = browserNames

describe('a peer that answers by the book', () => {
  const kamailio = useKamailioWithRelay({ ringTimeout: 3000 })
  const pages = usePages('softphone')
  const open = useBrowser(browser)
  const peers: Sipp[] = []
  afterEach(async () => {
    await Promise.all(peers.splice(0).map((peer) => peer.stop()))
  })

  async function peer(scenario: string, options: SippOptions = {}): Promise<Sipp> {
    const sipp = await Sipp.start(kamailio(), scenario, options)
    peers.push(sipp)
    return sipp
  }

  async function person(options: PersonOptions = {}): Promise<BrowserWindow> {
    const window = await open(pages().url('softphone'))
    await signIn(window, kamailio(), 'alice', options)
    return window
  }

  const dial = (window: BrowserWindow, to: string) => window.evaluate((address) => softphone.dial(address), to)

  async function endOf(status: string): Promise<unknown> {
    const [alice, sipp] = await Promise.all([person(), peer('refuse', { keys: { status } })])
    await dial(alice, sipp.user)
    const end = await hears(alice, 'ended')
    await sipp.succeeds()
    return end
  }

  it('is heard before it answers', async () => {
    const [alice, sipp] = await Promise.all([person(), peer('early-media')])
    await dial(alice, sipp.user)
    assert.equal(await hears(alice, 'progress'), 'early-media')
    await hearsSound(alice)
    assert.equal(await alice.evaluate(() => softphone.line().heard.some(({ name }) => name === 'established')), false)
    await hears(alice, 'established')
    await hearsSound(alice)
    await alice.evaluate(() => softphone.line().leg.end())
    await sipp.succeeds()
  })

  it('is busy', async () => {
    assert.deepEqual(await endOf('486 Busy Here'), { reason: 'busy', message: 'Busy Here' })
  })

  it('declines, with words of its own', async () => {
    assert.deepEqual(await endOf('603 Not Today'), { reason: 'rejected', message: 'Not Today' })
  })

  it('takes none of the media offered', async () => {
    const message = 'Not Acceptable Here'
    const error = { name: 'SignalingError', message, kind: 'media', status: 488 }
    assert.deepEqual(await endOf('488 Not Acceptable Here'), { reason: 'failed', message, error })
  })

  it('fails', async () => {
    const message = 'Server Internal Error'
    const error = { name: 'SignalingError', message, kind: 'refused', status: 500 }
    assert.deepEqual(await endOf('500 Server Internal Error'), { reason: 'failed', message, error })
  })

  for (const status of ['401 Unauthorized', '407 Proxy Authentication Required'])
    it(`asks for a secret by ${status}, which the server passes on as a refusal`, async () => {
      const error = { name: 'SignalingError', message: 'Forbidden', kind: 'refused', status: 403 }
      assert.deepEqual(await endOf(status), { reason: 'failed', message: 'Forbidden', error })
    })

  it('does not answer in time', async () => {
    const [alice, sipp] = await Promise.all([person(), peer('silent')])
    await dial(alice, sipp.user)
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'no-answer', message: 'Request Timeout' })
    await sipp.succeeds()
  })

  it('has moved to another address', async () => {
    const [alice, target] = await Promise.all([person(), peer('answer')])
    const moved = await peer('redirect', { keys: { target: target.user } })
    await dial(alice, moved.user)
    await hears(alice, 'established')
    await moved.succeeds()
    await alice.evaluate(() => softphone.line().leg.end())
    await target.succeeds()
  })

  it('is hung up on when its answer crosses the cancel', async () => {
    const [alice, sipp] = await Promise.all([person(), peer('answer-late')])
    await dial(alice, sipp.user)
    await hears(alice, 'progress')
    await alice.evaluate(() => softphone.line().leg.cancel('canceled'))
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'canceled' })
    await sipp.succeeds()
  })

  it('is one of two that answer at once: one is hung up on, the other stays', async () => {
    // The proxy may cancel the second, though it has answered.
    const answers = () => peer('answer', { tolerant: true })
    const [alice, first, second] = await Promise.all([person(), answers(), answers()])
    await dial(alice, `f${first.port}-${second.port}@127.0.0.1`)
    await hears(alice, 'established')
    await Promise.race([first.succeeds(), second.succeeds()])
    assert.deepEqual(await heardNames(alice), ['established'])
    await alice.evaluate(() => softphone.line().leg.end())
    await Promise.all([first.succeeds(), second.succeeds()])
  })

  it('gets digits by INFO when it takes none by the media path', async () => {
    const [alice, sipp] = await Promise.all([person(), peer('no-telephone-event')])
    await dial(alice, sipp.user)
    await hears(alice, 'established')
    await alice.evaluate(() => softphone.line().leg.sendDigits?.('5'))
    await alice.evaluate(() => softphone.line().leg.end())
    await sipp.succeeds()
  })

  for (const [e911Id, location] of [
    ['e-4711', 'urn:e911:e-4711'],
    ['https://lis.example.com/4711', 'https://lis.example.com/4711'],
  ] as const) {
    it(`hears where ${e911Id} says we are (RFC 6442)`, async () => {
      const keys = { header: 'Geolocation', pattern: location }
      const [alice, sipp] = await Promise.all([person({ e911Id }), peer('header', { keys })])
      await dial(alice, sipp.user)
      await sipp.succeeds()
    })
  }

  it('gets the header fields the page gives a call', async () => {
    const keys = { header: 'X-Order', pattern: '4711' }
    const [alice, sipp] = await Promise.all([person(), peer('header', { keys })])
    const headers = { 'X-Order': '4711' }
    await alice.evaluate((to, fields) => softphone.dial(to, 'audio', { headers: fields }), sipp.user, headers)
    await sipp.succeeds()
  })

  it('is refreshed by us when it wants a session to be (RFC 4028)', async () => {
    const [alice, sipp] = await Promise.all([person({ sip: { sessionExpires: 60 } }), peer('session-timer')])
    await dial(alice, sipp.user)
    await hears(alice, 'established')
    await sipp.succeeds()
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
  })

  it('is refreshed by us when it called (RFC 4028)', async () => {
    const alice = await person()
    const sipp = await peer('call-session-timer', { calls: 'alice' })
    await rings(alice)
    await alice.evaluate(() => softphone.answer())
    await sipp.succeeds()
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
  })

  it('is known by the identity the network vouches for, as text', async () => {
    const alice = await person()
    await peer('call', { calls: 'alice' })
    const { address, displayName } = await rings(alice)
    assert.deepEqual([address, displayName], ['carol@example.com', 'Carol "CJ" Jones'])
  })

  it('shows the header fields of its invitation', async () => {
    const alice = await person()
    await peer('call', { calls: 'alice' })
    await rings(alice)
    assert.equal(await alice.evaluate(() => softphone.line().leg.headers?.['X-Order']), '4711')
  })

  it('talks to us when it calls', async () => {
    const alice = await person()
    const sipp = await peer('call', { calls: 'alice' })
    await rings(alice)
    await alice.evaluate(() => softphone.answer())
    await hearsSound(alice)
    await alice.evaluate(() => softphone.line().leg.end())
    await sipp.succeeds()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SipOptions } from '../../src/signaling/sip/sip-options.ts'
import type { Identity } from '../../src/signaling/signaling.ts'
import { browserNames, freePort, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound, rings, signIn, useKamailio, usePages, user } from './harness.ts'
import { bearerToken } from './harness/kamailio.ts'

const [browser = 'chromium'] = browserNames

/** What a sign-in was refused with, `null` when it was not. */
const refusal = (window: BrowserWindow, identity: Identity, sip: SipOptions) =>
  window.evaluate((who, options) => softphone.refusal(() => softphone.signIn(who, options)), identity, sip)

async function callsReach(caller: BrowserWindow, callee: BrowserWindow, to: string): Promise<void> {
  await caller.evaluate((address) => softphone.dial(address), to)
  await rings(callee)
  await callee.evaluate(() => softphone.answer())
  await hears(caller, 'established')
  await hearsSound(caller)
}

describe('signing in at Kamailio', () => {
  const kamailio = useKamailio()
  const pages = usePages('softphone')
  const open = useBrowser(browser)
  const page = () => open(pages().url('softphone'))

  it('tells the address others reach the user at', async () => {
    const window = await page()
    const session = await window.evaluate(
      (who, servers) => softphone.signIn(who, { servers }),
      user('alice'),
      kamailio().url,
    )
    assert.equal((session as { userId: string }).userId, 'alice@127.0.0.1')
  })

  it('takes the domain from the server when the user id has none', async () => {
    const window = await page()
    const identity = { userId: 'alice', password: 'secret' }
    const session = await window.evaluate(
      (who, servers) => softphone.signIn(who, { servers }),
      identity,
      kamailio().url,
    )
    assert.equal((session as { userId: string }).userId, 'alice@127.0.0.1')
  })

  it('refuses a wrong password with the status and the words of the registrar', async () => {
    const told = await refusal(await page(), { ...user('alice'), password: 'wrong' }, { servers: kamailio().url })
    assert.deepEqual(told, { name: 'SignalingError', message: 'Unauthorized', kind: 'refused', status: 401 })
  })

  it('refuses a domain the server does not serve in words of their own', async () => {
    const told = await refusal(
      await page(),
      { userId: 'alice@nowhere.example', password: 'secret' },
      { servers: kamailio().url },
    )
    assert.deepEqual(told, { name: 'SignalingError', message: 'Unknown Domain', kind: 'refused', status: 404 })
  })

  it('cannot reach a server that is down', async () => {
    const window = await page()
    window.forgive(/WebSocket/)
    const told = await refusal(window, user('alice'), { servers: `ws://127.0.0.1:${await freePort()}` })
    assert.equal(told?.kind, 'unreachable')
  })

  it('goes to the next server when one is down', async () => {
    const window = await page()
    window.forgive(/WebSocket/)
    const servers = [
      { url: `ws://127.0.0.1:${await freePort()}`, weight: 1 },
      { url: kamailio().url, weight: 0 },
    ]
    assert.equal(await refusal(window, user('alice'), { servers }), null)
  })

  it('renews with the secrets a callback gives', async () => {
    const window = await page()
    await signIn(window, kamailio(), 'alice')
    const told = await window.evaluate(
      (who, servers) =>
        softphone.refusal(async () => {
          await softphone.signIn(who, { servers, credentials: async () => ({ password: 'wrong' }) })
          await softphone.network.refresh(AbortSignal.timeout(5000))
        }),
      user('alice'),
      kamailio().url,
    )
    assert.equal(told?.status, 401)
  })
})

describe('a registrar that forgets nobody by itself', () => {
  const kamailio = useKamailio({ forgetsLost: false })
  const pages = usePages('softphone')
  const open = useBrowser(browser)

  async function twoPeople(): Promise<[BrowserWindow, BrowserWindow]> {
    const [gone, caller] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
    await Promise.all([signIn(gone, kamailio(), 'gone'), signIn(caller, kamailio(), 'caller')])
    return [gone, caller]
  }

  async function assertUnknown(caller: BrowserWindow): Promise<void> {
    const told = await caller.evaluate(() => softphone.refusal(() => softphone.dial('gone@127.0.0.1')))
    assert.equal(told?.status, 404)
  }

  it('knows the user no more after a sign-out', async () => {
    const [gone, caller] = await twoPeople()
    await gone.evaluate(() => softphone.network.disconnect())
    await assertUnknown(caller)
  })

  it('knows the user no more when the page is left', async () => {
    const [gone, caller] = await twoPeople()
    await gone.page.goto('about:blank')
    await assertUnknown(caller)
  })
})

for (const algorithm of ['SHA-256', 'Bearer'] as const) {
  describe(`a registrar that wants ${algorithm}`, () => {
    const kamailio = useKamailio({ algorithm })
    const pages = usePages('softphone')
    const open = useBrowser(browser)
    const identity = (name: string, right = true): Identity =>
      algorithm === 'Bearer'
        ? { userId: `${name}@127.0.0.1`, token: right ? bearerToken : 'another' }
        : { ...user(name), ...(!right && { password: 'wrong' }) }

    it('lets users in and their calls through', async () => {
      const [alice, bob] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
      const servers = kamailio().url
      assert.equal(await refusal(alice, identity('alice'), { servers }), null)
      assert.equal(await refusal(bob, identity('bob'), { servers }), null)
      await callsReach(alice, bob, 'bob@127.0.0.1')
    })

    it('keeps others out', async () => {
      const window = await open(pages().url('softphone'))
      const told = await refusal(window, identity('alice', false), { servers: kamailio().url })
      assert.equal(told?.status, 401)
    })
  })
}

describe('two servers', () => {
  const first = useKamailio()
  const second = useKamailio()
  const pages = usePages('softphone')
  const open = useBrowser(browser)
  const servers = (weights: readonly [number, number]) => [
    { url: first().url, weight: weights[0] },
    { url: second().url, weight: weights[1] },
  ]
  const person = async (name: string, weights: readonly [number, number]): Promise<BrowserWindow> => {
    const window = await open(pages().url('softphone'))
    window.forgive(/WebSocket/)
    await signIn(window, first(), name, { sip: { servers: servers(weights) } })
    return window
  }

  it('are chosen by their weights: who comes to another one is not found', async () => {
    const [alice, bob] = await Promise.all([person('alice', [1, 0]), person('bob', [0, 1])])
    assert.equal((await alice.evaluate(() => softphone.refusal(() => softphone.dial('bob@127.0.0.1'))))?.status, 404)
    await bob.evaluate(() => softphone.network.disconnect())
  })

  it('stand in for each other: where the one goes down, calls come and go by the other', async () => {
    const [alice, bob] = await Promise.all([person('alice', [1, 0]), person('bob', [1, 0])])
    await first().halt()
    try {
      await Promise.all(
        [alice, bob].map(async (window) => {
          await window.until('the link is lost', () => softphone.heard.length)
          await window.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))
        }),
      )
      await callsReach(alice, bob, 'bob@127.0.0.1')
    } finally {
      await first().run()
    }
  })
})

describe('a server that goes down', () => {
  const pages = usePages('softphone')
  const kamailio = useKamailio()
  const open = useBrowser(browser)

  it('is told as a lost link', async () => {
    const alice = await open(pages().url('softphone'))
    await signIn(alice, kamailio(), 'alice')
    await kamailio().halt()
    await alice.until('the link is lost', () => softphone.heard.find(({ name }) => name === 'link'))
    await kamailio().run()
  })

  it('takes no call down, and knows its people when it is back', async () => {
    const [alice, bob] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
    for (const window of [alice, bob]) window.forgive(/WebSocket/)
    await Promise.all([signIn(alice, kamailio(), 'alice'), signIn(bob, kamailio(), 'bob')])
    await callsReach(alice, bob, 'bob@127.0.0.1')
    await kamailio().halt()
    await Promise.all([alice, bob].map((window) => window.until('the link is lost', () => softphone.heard.length)))
    await Promise.all([hearsSound(alice), hearsSound(bob)])
    await kamailio().run()
    await Promise.all(
      [alice, bob].map((window) => window.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))),
    )
    await Promise.all([hearsSound(alice), hearsSound(bob)])
    await bob.evaluate(() => softphone.line().leg.end())
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
  })
})

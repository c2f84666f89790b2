import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { NetworkPath } from '../e2e/harness/network-path.ts'
import { hears, hearsSound, rings, signIn, useKamailio, usePages, user } from './harness.ts'
import { useOwnBrowser } from './harness/own-browser.ts'
import { WebSocketFrames } from './harness/web-socket-frames.ts'

const linkOf = (window: BrowserWindow, state: string) =>
  window.until(
    `the link is ${state}`,
    (wanted) =>
      softphone.heard.find(({ name, payload }) => name === 'link' && (payload as { state: string }).state === wanted),
    state,
  )

for (const browser of browserNames) {
  describe(`wss: in ${browser}`, () => {
    const kamailio = useKamailio({ secure: true })
    const pages = usePages('softphone')
    const suspicious = useBrowser(browser)
    // Chromium takes the one certificate, Firefox any.
    const trusting = useOwnBrowser(browser, () =>
      browser === 'firefox'
        ? { acceptInsecureCerts: true }
        : { args: [`--ignore-certificate-errors-spki-list=${kamailio().fingerprint}`] },
    )

    it('takes calls where the certificate is trusted', async () => {
      const [alice, bob] = await Promise.all([trusting(pages().url('softphone')), trusting(pages().url('softphone'))])
      const sip = { servers: kamailio().secureUrl }
      await Promise.all([signIn(alice, kamailio(), 'alice', { sip }), signIn(bob, kamailio(), 'bob', { sip })])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('says that the certificate may be the reason where it is not', async () => {
      const window = await suspicious(pages().url('softphone'))
      window.forgive(/WebSocket|can.t establish a connection|SELF_SIGNED/)
      const told = await window.evaluate(
        (who, servers) => softphone.refusal(() => softphone.signIn(who, { servers })),
        user('alice'),
        kamailio().secureUrl,
      )
      assert.equal(told?.kind, 'unreachable')
      assert.match(told.message, /certificate is not trusted.*https:/)
      // Firefox tells a page that it was the certificate; Chromium does not.
      assert.equal(told.status, browser === 'firefox' ? 502 : undefined)
    })
  })
}

const [browser = 'chromium'] = browserNames

describe('a connection', () => {
  const kamailio = useKamailio({ flowTimer: 1 })
  const pages = usePages('softphone')
  const open = useBrowser(browser)
  const paths: NetworkPath[] = []
  afterEach(async () => {
    await Promise.all(paths.splice(0).map((path) => path.cut()))
  })

  /** A person who reaches Kamailio by a way of their own. */
  async function personBy(name: string): Promise<readonly [BrowserWindow, NetworkPath]> {
    const path = await NetworkPath.to(Number(new URL(kamailio().url).port))
    paths.push(path)
    const window = await open(pages().url('softphone'))
    await signIn(window, kamailio(), name, { sip: { servers: path.url.replace('http:', 'ws:') } })
    return [window, path]
  }

  it('that is cut is told, keeps the call, and is taken up again without the server noticing', async () => {
    const [[alice, path], [bob]] = await Promise.all([personBy('alice'), personBy('bob')])
    alice.forgive(/WebSocket/)
    await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
    await rings(bob)
    await bob.evaluate(() => softphone.answer())
    await hears(alice, 'established')
    await path.cut()
    await linkOf(alice, 'lost')
    await Promise.all([hearsSound(alice), hearsSound(bob)])
    await path.mend()
    await alice.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))
    await bob.evaluate(() => softphone.line().leg.end())
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
  })

  it('of one side that is away costs no call: the other side asks for a new media path, and asks again', async () => {
    const [[alice], [bob, path]] = await Promise.all([personBy('alice'), personBy('bob')])
    bob.forgive(/WebSocket/)
    await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
    await rings(bob)
    await bob.evaluate(() => softphone.answer())
    await hears(alice, 'established')
    await path.cut()
    await linkOf(bob, 'lost')
    // What Kamailio says of somebody who is away.
    const told = await alice.evaluate(() => softphone.refusal(() => softphone.line().leg.restartMedia()))
    assert.ok((told?.status ?? 0) >= 400, JSON.stringify(told))
    await Promise.all([hearsSound(alice), hearsSound(bob)])
    await path.mend()
    await bob.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))
    await alice.evaluate(() => softphone.line().leg.hold())
    await hears(bob, 'held')
    await alice.evaluate(() => softphone.line().leg.resume())
    await Promise.all([hearsSound(alice), hearsSound(bob)])
    await bob.evaluate(() => softphone.line().leg.end())
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
  })

  it('is kept open as often as the registrar asks for (RFC 5626), and the answers keep it', async () => {
    const window = await open(pages().url('softphone'))
    const frames = await WebSocketFrames.of(window)
    await signIn(window, kamailio(), 'alice')
    await frames.sent('\r\n\r\n', 2)
    await frames.received('\r\n', 2)
    assert.equal(await window.evaluate(() => softphone.heard.length), 0)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound, rings, signIn, useCoturn, useKamailio, usePages, type PersonOptions } from './harness.ts'
import { useOwnBrowser } from './harness/own-browser.ts'
import { mediaAddress } from './harness/rtpengine.ts'
import { SlowPath } from './harness/slow-path.ts'

/** Nobody is at this address (RFC 5737). */
const deadServer = { urls: 'stun:198.51.100.7:3478' }

/** Types of the candidates the local description of the last call holds. */
const candidateTypes = (window: BrowserWindow) =>
  window.evaluate(() => {
    const { sdp = '' } = softphone.line().leg.connection?.localDescription ?? {}
    return [...new Set([...sdp.matchAll(/^a=candidate:.* typ (\w+)/gm)].map(([, type]) => type))]
  })

for (const browser of browserNames) {
  describe(`the media path of two pages of ${browser}`, () => {
    const kamailio = useKamailio()
    const coturn = useCoturn()
    const pages = usePages('softphone')
    const open = useBrowser(browser)
    // Chromium shows the addresses of this machine to whom it lets use the microphone.
    const openHidden =
      browser === 'firefox'
        ? useOwnBrowser(browser, () => ({
            extraPrefsFirefox: { 'media.peerconnection.ice.obfuscate_host_addresses': true },
          }))
        : useBrowser(browser, { capture: 'denied' })

    async function call(
      ours: PersonOptions,
      theirs: PersonOptions,
    ): Promise<{ alice: BrowserWindow; bob: BrowserWindow }> {
      const [alice, bob] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
      await Promise.all([signIn(alice, kamailio(), 'alice', ours), signIn(bob, kamailio(), 'bob', theirs)])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await hears(alice, 'established')
      return { alice, bob }
    }

    it('goes by the relay alone where both want that', async () => {
      const relay = { settings: { iceTransport: 'relay', iceServers: [coturn().iceServer] } } as const
      const { alice, bob } = await call(relay, relay)
      await Promise.all([hearsSound(alice), hearsSound(bob)])
      assert.deepEqual(await candidateTypes(alice), ['relay'])
    })

    // Firefox reaches a relay on the loopback interface from nowhere.
    const unreachable = browser === 'firefox' && mediaAddress === '127.0.0.1'
    it('goes by the relay of the one who wants that', { skip: unreachable }, async () => {
      const relay = { settings: { iceTransport: 'relay', iceServers: [coturn().iceServer] } } as const
      const { alice, bob } = await call(relay, {})
      await Promise.all([hearsSound(alice), hearsSound(bob)])
      assert.deepEqual(await candidateTypes(alice), ['relay'])
    })

    it('does not wait for a dead server', async () => {
      const dead = { settings: { iceServers: [deadServer] } }
      const [alice, bob] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
      await Promise.all([signIn(alice, kamailio(), 'alice', dead), signIn(bob, kamailio(), 'bob', dead)])
      const wait = await alice.evaluate(async () => {
        const began = performance.now()
        let sent = 0
        await softphone.dial('bob@127.0.0.1', 'audio', { onOffer: () => (sent = performance.now()) })
        return sent - began
      })
      // The browsers themselves wait from 5 to 40 s for it.
      assert.ok(wait < 3000, `The offer left after ${wait} ms`)
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('does not show the far side the name of a hidden address, and is found all the same', async () => {
      const [alice, bob] = await Promise.all([openHidden(pages().url('softphone')), open(pages().url('softphone'))])
      await Promise.all([signIn(alice, kamailio(), 'alice'), signIn(bob, kamailio(), 'bob')])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await hearsSound(alice)
      const sdp = (of: BrowserWindow, side: 'localDescription' | 'remoteDescription') =>
        of.evaluate((name) => softphone.line().leg.connection?.[name]?.sdp ?? '', side)
      assert.match(await sdp(alice, 'localDescription'), / \S+\.local /)
      assert.doesNotMatch(await sdp(bob, 'remoteDescription'), /\.local /)
    })

    it('is offered once more when the relay answered too late for the first offer', async () => {
      const path = await SlowPath.to(coturn().port, 250)
      try {
        const late = {
          settings: { iceTransport: 'relay', iceServers: [coturn().iceServerAt('127.0.0.1', path.port)] },
        } as const
        const { alice, bob } = await call(late, late)
        await Promise.all([hearsSound(alice), hearsSound(bob)])
        assert.deepEqual(await candidateTypes(alice), ['relay'])
      } finally {
        path.close()
      }
    })

    it('has no candidate of IPv6 unless that is wanted', async () => {
      const { alice } = await call({ settings: { ipv6: false } }, {})
      const offered = await alice.evaluate(() => softphone.line().leg.connection?.remoteDescription?.sdp ?? '')
      assert.doesNotMatch(offered, /^a=candidate:(\S+ ){4}\S*:/m)
    })
  })
}

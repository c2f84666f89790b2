import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound, rings, signIn, useCoturn, useKamailio, usePages, type PersonOptions } from './harness.ts'

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

    // Firefox pairs no address of the loopback interface, where the relay is, with another.
    it('goes by the relay of the one who wants that', { skip: browser === 'firefox' }, async () => {
      const relay = { settings: { iceTransport: 'relay', iceServers: [coturn().iceServer] } } as const
      const { alice, bob } = await call(relay, {})
      await Promise.all([hearsSound(alice), hearsSound(bob)])
      assert.deepEqual(await candidateTypes(alice), ['relay'])
    })

    it('costs a dead server a tenth of a second and no more', async () => {
      const dead = { settings: { iceServers: [deadServer] } }
      const [alice, bob] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
      await Promise.all([signIn(alice, kamailio(), 'alice', dead), signIn(bob, kamailio(), 'bob', dead)])
      const wait = await alice.evaluate(async () => {
        const began = performance.now()
        let sent = 0
        await softphone.dial('bob@127.0.0.1', 'audio', { onOffer: () => (sent = performance.now()) })
        return sent - began
      })
      assert.ok(wait < 500, `The offer left after ${wait} ms`)
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('has no candidate of IPv6 unless that is wanted', async () => {
      const { alice } = await call({ settings: { ipv6: false } }, {})
      const offered = await alice.evaluate(() => softphone.line().leg.connection?.remoteDescription?.sdp ?? '')
      assert.doesNotMatch(offered, /^a=candidate:(\S+ ){4}\S*:/m)
    })
  })
}

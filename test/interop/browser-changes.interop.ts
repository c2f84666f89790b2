import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import {
  hears,
  hearsSilence,
  hearsSound,
  rings,
  seesPicture,
  signIn,
  useKamailio,
  usePages,
  type PersonOptions,
} from './harness.ts'

for (const browser of oneBrowser) {
  describe(`two pages of ${browser} in a call over Kamailio`, () => {
    const kamailio = useKamailio()
    const pages = usePages('softphone')
    const open = useBrowser(browser)

    async function call(
      mediaType: 'audio' | 'video' = 'audio',
      options: PersonOptions = {},
    ): Promise<{ alice: BrowserWindow; bob: BrowserWindow }> {
      const [alice, bob] = await Promise.all([open(pages().url('softphone')), open(pages().url('softphone'))])
      await Promise.all([signIn(alice, kamailio(), 'alice', options), signIn(bob, kamailio(), 'bob')])
      await alice.evaluate((media) => softphone.dial('bob@127.0.0.1', media), mediaType)
      await rings(bob)
      await bob.evaluate((media) => softphone.answer(media), mediaType)
      await hears(alice, 'established')
      return { alice, bob }
    }

    it('hear nothing on hold and each other after it', async () => {
      const { alice, bob } = await call()
      await Promise.all([hearsSound(alice), hearsSound(bob)])
      await alice.evaluate(() => softphone.line().leg.hold())
      await hears(bob, 'held')
      await Promise.all([hearsSilence(alice), hearsSilence(bob)])
      await alice.evaluate(() => softphone.line().leg.resume())
      await hears(bob, 'resumed')
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('stay silent until both have resumed when both held', async () => {
      const { alice, bob } = await call()
      await alice.evaluate(() => softphone.line().leg.hold())
      await bob.evaluate(() => softphone.line().leg.hold())
      await hears(alice, 'held')
      await alice.evaluate(() => softphone.line().leg.resume())
      await hears(bob, 'resumed')
      await Promise.all([hearsSilence(alice), hearsSilence(bob)])
      await bob.evaluate(() => softphone.line().leg.resume())
      await hears(alice, 'resumed')
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('leave a muted microphone muted when the far side resumes', async () => {
      const { alice, bob } = await call()
      await alice.evaluate(() => softphone.line().local.setMuted(true))
      await bob.evaluate(() => softphone.line().leg.hold())
      await hears(alice, 'held')
      await bob.evaluate(() => softphone.line().leg.resume())
      await hears(alice, 'resumed')
      assert.equal(await alice.evaluate(() => softphone.line().local.track('audio')?.enabled), false)
    })

    it('see each other after an upgrade that was accepted', async () => {
      const { alice, bob } = await call()
      const asking = alice.evaluate(async () => {
        const [result] = await Promise.all([
          softphone.line().leg.change('video', AbortSignal.timeout(15_000)),
          softphone.openCamera(),
        ])
        return result
      })
      assert.deepEqual(await hears(bob, 'change-requested'), { mediaType: 'video' })
      await bob.evaluate(() => Promise.all([softphone.line().leg.answerChange(true), softphone.openCamera()]))
      assert.deepEqual(await asking, { accepted: true, mediaType: 'video' })
      await Promise.all([seesPicture(alice), seesPicture(bob)])
    })

    it('send one picture only after an upgrade that was refused', async () => {
      const { alice, bob } = await call()
      const asking = alice.evaluate(async () => {
        const [result] = await Promise.all([
          softphone.line().leg.change('video', AbortSignal.timeout(15_000)),
          softphone.openCamera(),
        ])
        return result
      })
      await hears(bob, 'change-requested')
      await bob.evaluate(() => softphone.line().leg.answerChange(false))
      assert.deepEqual(await asking, { accepted: false, mediaType: 'video' })
      await seesPicture(bob)
      assert.equal(await alice.evaluate(() => softphone.line().leg.remoteStream.getVideoTracks().length), 0)
    })

    it('withdraw an upgrade that its asker aborts', async () => {
      const { alice, bob } = await call()
      const asking = alice.evaluate(() => {
        const aborting = new AbortController()
        Object.assign(globalThis, { aborting })
        return softphone.refusal(() => softphone.line().leg.change('video', aborting.signal))
      })
      await hears(bob, 'change-requested')
      await alice.evaluate(() => (globalThis as unknown as { aborting: AbortController }).aborting.abort())
      assert.equal((await asking)?.name, 'AbortError')
      await hears(bob, 'change-withdrawn')
    })

    it('take an upgrade for refused that nobody answers', async () => {
      const { alice, bob } = await call('audio', { sip: { changeTimeout: 500 } })
      const asking = alice.evaluate(() => softphone.line().leg.change('video', AbortSignal.timeout(15_000)))
      await hears(bob, 'change-requested')
      assert.equal((await asking).accepted, false)
    })

    it('only hear each other after a downgrade', async () => {
      const { alice, bob } = await call('video')
      await Promise.all([seesPicture(alice), seesPicture(bob)])
      const result = await alice.evaluate(() => softphone.line().leg.change('audio', AbortSignal.timeout(15_000)))
      assert.deepEqual(result, { accepted: true, mediaType: 'audio' })
      assert.deepEqual(await hears(bob, 'change-requested'), { mediaType: 'audio' })
      await bob.evaluate(() => softphone.line().leg.answerChange(true))
      assert.deepEqual(await hears(bob, 'changed'), { mediaType: 'audio' })
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('see each other again when upgraded after a downgrade', async () => {
      const { alice, bob } = await call('video')
      await alice.evaluate(() => softphone.line().leg.change('audio', AbortSignal.timeout(15_000)))
      await hears(bob, 'change-requested')
      await bob.evaluate(() => softphone.line().leg.answerChange(true))
      const asking = bob.evaluate(() => softphone.line().leg.change('video', AbortSignal.timeout(15_000)))
      await hears(alice, 'change-requested')
      await alice.evaluate(() => softphone.line().leg.answerChange(true))
      assert.deepEqual(await asking, { accepted: true, mediaType: 'video' })
      await Promise.all([seesPicture(alice), seesPicture(bob)])
    })

    it('both hold at once without losing the call', async () => {
      const { alice, bob } = await call()
      await Promise.all([alice, bob].map((window) => window.evaluate(() => softphone.line().leg.hold())))
      await Promise.all([hears(alice, 'held'), hears(bob, 'held')])
      await Promise.all([alice, bob].map((window) => window.evaluate(() => softphone.line().leg.resume())))
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('find a new media path for the same call', async () => {
      const { alice, bob } = await call()
      const path = () =>
        alice.evaluate(
          () => /^a=ice-ufrag:(.*)$/m.exec(softphone.line().leg.connection?.currentLocalDescription?.sdp ?? '')?.[1],
        )
      const before = await path()
      await alice.evaluate(() => softphone.line().leg.restartMedia())
      assert.notEqual(await path(), before)
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })
  })
}

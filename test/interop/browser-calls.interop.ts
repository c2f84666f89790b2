import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound, rings, seesPicture, signIn, useKamailio, usePages, type PersonOptions } from './harness.ts'

for (const browser of browserNames) {
  describe(`two pages of ${browser} over Kamailio`, () => {
    const kamailio = useKamailio()
    const pages = usePages('softphone')
    const open = useBrowser(browser)

    async function person(name: string, settings: PersonOptions['settings'] = {}): Promise<BrowserWindow> {
      const window = await open(pages().url('softphone'))
      await signIn(window, kamailio(), name, { settings })
      return window
    }

    async function call(
      mediaType: 'audio' | 'video',
      answered: 'audio' | 'video' = mediaType,
    ): Promise<{ alice: BrowserWindow; bob: BrowserWindow }> {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await alice.evaluate((media) => softphone.dial('bob@127.0.0.1', media), mediaType)
      await rings(bob)
      await bob.evaluate((media) => softphone.answer(media), answered)
      await hears(alice, 'established')
      return { alice, bob }
    }

    it('hear each other', async () => {
      const { alice, bob } = await call('audio')
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('see each other', async () => {
      const { alice, bob } = await call('video')
      await Promise.all([seesPicture(alice), seesPicture(bob)])
    })

    it('tell the callee who calls', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      assert.equal((await rings(bob)).address, 'alice@127.0.0.1')
    })

    it('agree on audio when video is answered with audio', async () => {
      const { alice, bob } = await call('video', 'audio')
      const [theirs, ours] = await Promise.all([hears(alice, 'established'), hears(bob, 'established')])
      assert.deepEqual([theirs, ours], [{ mediaType: 'audio' }, { mediaType: 'audio' }])
    })

    for (const who of ['caller', 'callee'] as const) {
      it(`talk by the codecs that the ${who} prefers`, async () => {
        const preferring = (name: typeof who) => (name === who ? { codecs: ['PCMU', 'VP9'] } : {})
        const [alice, bob] = await Promise.all([
          person('alice', preferring('caller')),
          person('bob', preferring('callee')),
        ])
        await alice.evaluate(() => softphone.dial('bob@127.0.0.1', 'video'))
        await rings(bob)
        await bob.evaluate(() => softphone.answer('video'))
        await hears(alice, 'established')
        for (const window of [alice, bob]) {
          assert.deepEqual(await window.evaluate(() => softphone.line().leg.codecs), ['PCMU', 'VP9'])
        }
        await Promise.all([hearsSound(alice), seesPicture(bob)])
      })
    }

    it('both end when the caller hangs up', async () => {
      const { alice, bob } = await call('audio')
      await alice.evaluate(() => softphone.line().leg.end())
      assert.deepEqual(
        [await hears(alice, 'ended'), await hears(bob, 'ended')],
        [{ reason: 'hangup' }, { reason: 'remote-hangup' }],
      )
    })

    it('both end when the callee hangs up', async () => {
      const { alice, bob } = await call('audio')
      await bob.evaluate(() => softphone.line().leg.end())
      assert.deepEqual(
        [await hears(alice, 'ended'), await hears(bob, 'ended')],
        [{ reason: 'remote-hangup' }, { reason: 'hangup' }],
      )
    })

    it('tell the caller that it rings, then that it was rejected', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      assert.equal(await hears(alice, 'progress'), 'ringing')
      await bob.evaluate(() => softphone.line().leg.reject('rejected'))
      assert.deepEqual(await hears(alice, 'ended'), { reason: 'rejected', message: 'Call rejected' })
    })

    it('tell the caller that the callee is busy', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await bob.evaluate(() => softphone.line().leg.reject('busy'))
      assert.deepEqual(await hears(alice, 'ended'), { reason: 'busy', message: 'Busy Here' })
    })

    it('both end when the caller cancels', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await alice.evaluate(() => softphone.line().leg.cancel('canceled'))
      assert.deepEqual(
        [await hears(alice, 'ended'), await hears(bob, 'ended')],
        [{ reason: 'canceled' }, { reason: 'canceled', message: 'Call canceled' }],
      )
    })
  })
}

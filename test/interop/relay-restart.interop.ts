import { afterEach, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { oneBrowser, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { useKamailioWithRelay, usePages, user } from './harness.ts'
import { Linphone } from './harness/linphone.ts'
import { mediaAddress } from './harness/rtpengine.ts'
import type {} from './page/engine.ts'

/** What the page hums, and what it hums after the restart; the tone of linphone; in Hz. */
const [ourTone, laterTone, itsTone] = [1000, 1500, 440]

// Firefox reaches a relay on the loopback interface from nowhere.
for (const browser of oneBrowser.filter((name) => name !== 'firefox' || mediaAddress !== '127.0.0.1'))
  describe(`rtpengine that is restarted in a call of ${browser} and linphone`, () => {
    const kamailio = useKamailioWithRelay()
    const pages = usePages('engine')
    const open = useBrowser(browser)
    const phones: Linphone[] = []
    afterEach(async () => {
      await Promise.all(phones.splice(0).map((phone) => phone.stop()))
    })

    async function people(): Promise<readonly [BrowserWindow, Linphone]> {
      const [alice, carol] = await Promise.all([
        open(pages().url('engine')),
        Linphone.start(kamailio(), { name: 'carol', plays: itsTone }),
      ])
      phones.push(carol)
      await alice.evaluate((tone) => engine.hum(tone), ourTone)
      await alice.evaluate((id, server) => engine.signIn(id, { server }), user('alice').userId ?? '', kamailio().url)
      return [alice, carol]
    }

    const hearsIts = (alice: BrowserWindow) =>
      alice.until('the tone of linphone is heard', (tone) => engine.hears(tone), itsTone)

    /** The relay forgets the call; both hear each other again, and the call ends as any other. */
    async function outlives(alice: BrowserWindow, carol: Linphone): Promise<void> {
      await hearsIts(alice)
      await kamailio().relay.restart()
      await alice.until('the path is interrupted', () => engine.calls[0]?.link === 'recovering')
      await alice.evaluate((tone) => engine.hum(tone), laterTone)
      await alice.until('the path is there again', () => engine.calls[0]?.link === 'ok')
      await hearsIts(alice)
      await carol.recordsMore(2)
      carol.command('terminate')
      await alice.until('the call has ended', () => engine.lastCall?.endedReason === 'remote-hangup')
      await carol.until('It has not recorded what came later', () => carol.recording().share(laterTone) > 0.8)
    }

    it('brings the sound back to both, where the page had called', async () => {
      const [alice, carol] = await people()
      await alice.evaluate(() => engine.dial({ destination: 'carol' }))
      await carol.says(/Receiving new incoming call/)
      carol.command('answer')
      await outlives(alice, carol)
    })

    it('brings the sound back to both, where linphone had called', async () => {
      const [alice, carol] = await people()
      carol.command('call sip:alice@127.0.0.1')
      await alice.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      await alice.evaluate(() => engine.answer())
      await outlives(alice, carol)
      assert.equal(await alice.evaluate(() => engine.error), null)
    })
  })

import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { oneBrowser, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, rings, signIn, useKamailioWithRelay, usePages } from './harness.ts'
import { Baresip, type BaresipOptions } from './harness/baresip.ts'
import type { Recording } from './harness/recording.ts'
import { mediaAddress } from './harness/rtpengine.ts'

/** The tone of the page and the tone of the plain phone, in Hz. */
const [ourTone, itsTone] = [1000, 440]

// Firefox reaches a relay on the loopback interface from nowhere.
for (const browser of oneBrowser.filter((name) => name !== 'firefox' || mediaAddress !== '127.0.0.1')) {
  describe(`${browser} and a plain phone, by way of rtpengine`, () => {
    const kamailio = useKamailioWithRelay()
    const pages = usePages('softphone')
    const open = useBrowser(browser)
    const phones: Baresip[] = []
    afterEach(async () => {
      await Promise.all(phones.splice(0).map((phone) => phone.stop()))
    })

    async function plainPhone(options: Partial<BaresipOptions> = {}): Promise<Baresip> {
      const phone = await Baresip.start(kamailio(), { name: 'carol', ...options })
      phones.push(phone)
      return phone
    }

    async function person(name = 'alice'): Promise<BrowserWindow> {
      const window = await open(pages().url('softphone'))
      await signIn(window, kamailio(), name)
      return window
    }

    async function call(options: Partial<BaresipOptions> = {}): Promise<{ alice: BrowserWindow; carol: Baresip }> {
      const [alice, carol] = await Promise.all([person(), plainPhone(options)])
      await alice.evaluate(() => softphone.dial('carol@127.0.0.1'))
      await hears(alice, 'established')
      await alice.evaluate((tone) => softphone.playTone(tone), ourTone)
      return { alice, carol }
    }

    /** Resolves when what the phone has recorded since `from` s is as `judge` wants it. */
    async function records(phone: Baresip, judge: (recording: Recording) => boolean): Promise<void> {
      await phone.until('It has not recorded that', () => judge(phone.recording()))
    }

    /** Resolves when the phone receives nothing for a while, with how much it has received until then, in s. */
    async function standsStill(phone: Baresip): Promise<number> {
      let now = await phone.received()
      await phone.until('It still receives sound', async () => {
        await pause(500)
        const before = now
        now = await phone.received()
        return now === before
      })
      return now
    }

    const hearsItsTone = (window: BrowserWindow) =>
      window.until(
        'the tone of the plain phone is heard',
        async (tone) => Math.abs((await softphone.heardFrequency()) - tone) < 15,
        itsTone,
      )

    it('hear each other when the page calls', async () => {
      const { alice, carol } = await call()
      await hearsItsTone(alice)
      await records(carol, (recording) => recording.share(ourTone) > 0.8)
    })

    it('hear each other when the plain phone calls', async () => {
      const [alice, carol] = await Promise.all([person(), plainPhone()])
      await carol.command('dial', 'sip:alice@127.0.0.1')
      assert.equal((await rings(alice)).address, 'carol@127.0.0.1')
      await alice.evaluate(() => softphone.answer())
      await alice.evaluate((tone) => softphone.playTone(tone), ourTone)
      await hearsItsTone(alice)
      await records(carol, (recording) => recording.share(ourTone) > 0.8)
    })

    it('agree on the one codec the plain phone has', async () => {
      const { alice, carol } = await call({ codecs: 'PCMU/8000/1' })
      assert.deepEqual(await alice.evaluate(() => softphone.line().leg.codecs), ['PCMU'])
      await records(carol, (recording) => recording.share(ourTone) > 0.8)
    })

    it('pass digits by the media path', async () => {
      const { alice, carol } = await call({ codecs: 'PCMU/8000/1' })
      assert.equal(await alice.evaluate(() => 'sendDigits' in softphone.line().leg), false)
      await hearsItsTone(alice)
      await alice.evaluate(() => {
        const [sender] = softphone.line().leg.connection?.getSenders() ?? []
        sender?.dtmf?.insertDTMF('5#', 100)
      })
      await carol.says(/received event: '5'/)
      await carol.says(/received event: '#'/)
    })

    it('are silent for the plain phone on hold, and heard again after it', async () => {
      const { alice, carol } = await call()
      await records(carol, (recording) => recording.share(ourTone) > 0.8)
      await alice.evaluate(() => softphone.line().leg.hold())
      const silent = await standsStill(carol)
      await alice.evaluate(() => softphone.line().leg.resume())
      await carol.until('It receives nothing again', async () => (await carol.received()) > silent + 1)
    })

    it('learn that the plain phone holds, and resumes', async () => {
      const { alice, carol } = await call()
      await hearsItsTone(alice)
      await carol.command('hold')
      await hears(alice, 'held')
      await alice.until('it becomes silent', async () => (await softphone.heardFrequency()) === 0)
      await carol.command('resume')
      await hears(alice, 'resumed')
      await hearsItsTone(alice)
    })

    it('end when the page hangs up', async () => {
      const { alice, carol } = await call()
      await alice.evaluate(() => softphone.line().leg.end())
      await carol.says(/session closed|terminated/i)
    })

    it('end when the plain phone hangs up', async () => {
      const { alice, carol } = await call()
      await carol.command('hangup')
      assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
    })

    it('become two pages when the plain phone sends its caller to another', async () => {
      const { alice, carol } = await call()
      const bob = await person('bob')
      await carol.command('transfer', 'sip:bob@127.0.0.1')
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      assert.equal(((await hears(alice, 'replaced')) as { address: string }).address, 'bob@127.0.0.1')
    })
  })
}

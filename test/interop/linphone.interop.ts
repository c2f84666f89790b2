import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { browserNames, oneBrowser, useBrowser, type BrowserName, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound, rings, seesPicture, signIn, useKamailioWithRelay, usePages } from './harness.ts'
import { Linphone } from './harness/linphone.ts'
import { mediaAddress } from './harness/rtpengine.ts'

/** The tone of the page and the tone of linphone, in Hz. */
const [ourTone, itsTone] = [1000, 440]
/** What a test of this file uses, and its tests. */
function useStage(browser: BrowserName) {
  const kamailio = useKamailioWithRelay()
  const pages = usePages('softphone')
  const open = useBrowser(browser)
  const phones: Linphone[] = []
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((phone) => phone.stop()))
  })

  async function linphone(video = false): Promise<Linphone> {
    const phone = await Linphone.start(kamailio(), { name: 'carol', plays: itsTone, video })
    phones.push(phone)
    return phone
  }

  async function person(name = 'alice'): Promise<BrowserWindow> {
    const window = await open(pages().url('softphone'))
    await signIn(window, kamailio(), name)
    return window
  }

  const playsTone = (window: BrowserWindow) => window.evaluate((tone) => softphone.playTone(tone), ourTone)
  const hearsItsTone = (window: BrowserWindow) =>
    window.until(
      'the tone of linphone is heard',
      async (tone) => Math.abs((await softphone.heardFrequency()) - tone) < 15,
      itsTone,
    )
  async function call(): Promise<{ alice: BrowserWindow; carol: Linphone }> {
    const [alice, carol] = await Promise.all([person(), linphone()])
    await alice.evaluate(() => softphone.dial('carol@127.0.0.1'))
    await carol.says(/Receiving new incoming call/)
    carol.command('answer')
    await hears(alice, 'established')
    await playsTone(alice)
    await hearsItsTone(alice)
    return { alice, carol }
  }

  async function heardUs(carol: Linphone): Promise<void> {
    await carol.until('It has not recorded our tone', () => carol.recording().share(ourTone) > 0.8)
  }

  /** Resolves when each sees the picture of the other: linphone a page that is all red. */
  async function seeEachOther(alice: BrowserWindow, carol: Linphone): Promise<void> {
    await alice.evaluate(() => softphone.showColour('red'))
    await carol.until('It does not see red', async () => {
      const jpeg = (await carol.picture())?.toString('base64')
      if (jpeg === undefined) return false
      const [red = 0, green = 255, blue = 255] = await alice.evaluate((text) => softphone.colourOf(text), jpeg)
      return red > 180 && green < 80 && blue < 80
    })
    await seesPicture(alice)
  }

  return { person, linphone, call, playsTone, hearsItsTone, heardUs, seeEachOther }
}

// Firefox reaches a relay on the loopback interface from nowhere.
const reached = (name: BrowserName): boolean => name !== 'firefox' || mediaAddress !== '127.0.0.1'

for (const browser of browserNames.filter(reached))
  describe(`linphone and a page of ${browser}, by way of rtpengine`, () => {
    const { person, linphone, call, playsTone, hearsItsTone, heardUs, seeEachOther } = useStage(browser)

    it('see and hear each other when the page calls with video', async () => {
      const [alice, carol] = await Promise.all([person(), linphone(true)])
      await alice.evaluate(() => softphone.dial('carol@127.0.0.1', 'video'))
      await carol.says(/Receiving new incoming call/)
      carol.command('answer')
      await hears(alice, 'established')
      await seeEachOther(alice, carol)
      await hearsItsTone(alice)
      await alice.evaluate(() => softphone.line().leg.end())
      await carol.says(/Call \d+ with .* ended/)
    })

    it('see and hear each other when linphone calls with video', async () => {
      const [alice, carol] = await Promise.all([person(), linphone(true)])
      carol.command('call sip:alice@127.0.0.1')
      assert.equal((await rings(alice)).mediaType, 'video')
      await alice.evaluate(() => softphone.answer('video'))
      await seeEachOther(alice, carol)
      await hearsItsTone(alice)
      carol.command('terminate')
      assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
    })

    it('hear each other when the page calls, hold and resume by either, and pass digits', async () => {
      const { alice, carol } = await call()
      await alice.evaluate(() => softphone.line().leg.hold())
      await carol.says(/has been paused by/)
      await alice.evaluate(() => softphone.line().leg.resume())
      await carol.says(/Media streams established/, 2)
      await hearsItsTone(alice)
      carol.command('pause')
      // Without a sound card it plays the same file to who is on hold: only its word tells it.
      await Promise.all([hears(alice, 'held'), carol.says(/is now paused/)])
      carol.command('resume')
      await hears(alice, 'resumed')
      await hearsItsTone(alice)
      await alice.evaluate(() => {
        const [sender] = softphone.line().leg.connection?.getSenders() ?? []
        sender?.dtmf?.insertDTMF('5#', 100)
      })
      await carol.says(/Receiving tone 5/)
      await carol.says(/Receiving tone #/)
      await alice.evaluate(() => softphone.line().leg.end())
      await carol.says(/Call \d+ with .* ended/)
      await heardUs(carol)
    })

    it('hear each other when linphone calls, and end when it hangs up', async () => {
      const [alice, carol] = await Promise.all([person(), linphone()])
      carol.command('call sip:alice@127.0.0.1')
      assert.equal((await rings(alice)).address, 'carol@127.0.0.1')
      await alice.evaluate(() => softphone.answer())
      await playsTone(alice)
      await hearsItsTone(alice)
      // Its digits are events in the stream, of which a browser tells a page nothing: the call goes on.
      carol.command('7')
      await hearsItsTone(alice)
      carol.command('terminate')
      assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
      await heardUs(carol)
    })
  })

for (const browser of oneBrowser.filter(reached))
  describe(`linphone and pages of ${browser} that decline and transfer`, () => {
    const { person, linphone, call, playsTone, hearsItsTone, heardUs } = useStage(browser)

    it('tell each other that nobody takes the call', async () => {
      const [alice, carol] = await Promise.all([person(), linphone()])
      carol.command('call sip:alice@127.0.0.1')
      await rings(alice)
      await alice.evaluate(() => softphone.line().leg.reject('rejected'))
      await carol.says(/ended \(.*[Dd]eclined/)
      await alice.evaluate(() => softphone.dial('carol@127.0.0.1'))
      await carol.says(/Receiving new incoming call/)
      carol.command('terminate')
      assert.equal(((await hears(alice, 'ended')) as { reason: string }).reason, 'rejected')
    })

    it('become two pages when linphone sends its caller to another', async () => {
      const { alice, carol } = await call()
      const bob = await person('bob')
      carol.command('transfer sip:bob@127.0.0.1')
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      assert.equal(((await hears(alice, 'replaced')) as { address: string }).address, 'bob@127.0.0.1')
    })

    it('become linphone and another page when the page sends it there', async () => {
      const { alice } = await call()
      const bob = await person('bob')
      const transferring = alice.evaluate(() =>
        softphone.line().leg.transfer?.('bob@127.0.0.1', AbortSignal.timeout(20_000)),
      )
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await transferring
      await hearsItsTone(bob)
    })

    it('become linphone and another page when the page joins its two calls', async () => {
      const { alice, carol } = await call()
      const bob = await person('bob')
      await alice.evaluate(() => softphone.line().leg.hold())
      await carol.says(/has been paused by/)
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await hears(alice, 'established')
      await alice.evaluate(() => {
        const [first, second] = softphone.lines
        if (!first || !second) throw new Error('Two calls are needed')
        return first.leg.transfer?.(second.leg, AbortSignal.timeout(20_000))
      })
      await alice.until('both calls end', () =>
        softphone.lines.every(({ heard }) => heard.some(({ name }) => name === 'ended')),
      )
      assert.equal(((await hears(bob, 'replaced')) as { address: string }).address, 'carol@127.0.0.1')
      await playsTone(bob)
      await hearsItsTone(bob)
      await carol.recordsMore(2)
      await bob.evaluate(() => softphone.line().leg.end())
      await heardUs(carol)
    })

    it('become two pages when linphone joins its two calls', async () => {
      const { alice, carol } = await call()
      const bob = await person('bob')
      carol.command('pause')
      await hears(alice, 'held')
      carol.command('call sip:bob@127.0.0.1')
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await carol.says(/Call 2 with .* connected/)
      carol.command('transfer 1 --to-call 2')
      assert.equal(((await hears(alice, 'replaced')) as { address: string }).address, 'bob@127.0.0.1')
      assert.equal(((await hears(bob, 'replaced')) as { address: string }).address, 'alice@127.0.0.1')
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })
  })

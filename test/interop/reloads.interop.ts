import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { useKamailio, usePages } from './harness.ts'
import { useRawStage } from './harness/use-raw-stage.ts'
import type {} from './page/engine.ts'
import type {} from './page/plain-jssip.ts'

/** Resolves when sound comes from the other side of the first call now. */
const hears = (window: BrowserWindow): Promise<unknown> =>
  window.until('sound is heard', async () => {
    const stream = engine.phone.snapshot.calls[0]?.remoteStream
    if (!stream?.getAudioTracks().length) return false
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 32_768 })
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser)
    // By the clock of the sound: what is looked at has been played by then.
    const whole = analyser.fftSize / context.sampleRate
    while (context.currentTime < whole) await new Promise((resolve) => setTimeout(resolve))
    const samples = new Float32Array(analyser.fftSize)
    analyser.getFloatTimeDomainData(samples)
    await context.close()
    return samples.some((sample) => Math.abs(sample) > 0.01)
  })

for (const browser of oneBrowser)
  describe(`a page that is loaded anew in a call, in ${browser}`, () => {
    const pages = usePages('engine', 'plain-jssip')
    const kamailio = useKamailio()
    const open = useBrowser(browser)

    async function signIn(window: BrowserWindow, name: string): Promise<void> {
      await window.evaluate(
        (id, server) => engine.signIn(id, { server, resumeCalls: true }),
        `${name}@127.0.0.1`,
        kamailio().url,
      )
    }

    async function meet(...names: readonly string[]): Promise<readonly BrowserWindow[]> {
      const windows = await Promise.all(names.map(() => open(pages().url('engine'))))
      for (const window of windows) window.forgive(/WebSocket/)
      await Promise.all(windows.map((window, index) => signIn(window, names[index] ?? '')))
      return windows
    }

    async function call(): Promise<readonly [BrowserWindow, BrowserWindow]> {
      const [alice, bob] = (await meet('alice', 'bob')) as [BrowserWindow, BrowserWindow]
      await alice.evaluate(() => engine.dial({ destination: 'bob' }))
      await bob.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      await bob.evaluate(() => engine.answer())
      await Promise.all([hears(alice), hears(bob)])
      return [alice, bob]
    }

    async function reload(window: BrowserWindow, name: string): Promise<void> {
      await window.page.reload({ waitUntil: 'load' })
      await signIn(window, name)
      await window.until('the call is up again', () => engine.calls[0]?.progress === 'connected' || engine.lastCall)
      assert.equal(await window.evaluate(() => engine.lastCall?.endedReason), undefined)
    }

    for (const [who, name] of [
      ['who called', 'alice'],
      ['who was called', 'bob'],
    ] as const)
      it(`has its call again, with sound both ways, at the one ${who}`, async () => {
        const [alice, bob] = await call()
        const [window, other] = name === 'alice' ? [alice, bob] : [bob, alice]
        const before = await window.evaluate(() => engine.calls[0])
        await reload(window, name)
        await Promise.all([hears(window), hears(other)])
        const after = await window.evaluate(() => engine.calls[0])
        assert.deepEqual(
          [after?.remote, after?.direction, after?.connectedAt, after?.foreground],
          [before?.remote, before?.direction, before?.connectedAt, true],
        )
        await other.evaluate(() => engine.phone.hangup())
        await window.until('it hears of the end', () => engine.lastCall?.endedReason === 'remote-hangup')
      })

    it('is muted as before', async () => {
      const [alice] = await call()
      await alice.evaluate(() => engine.phone.mute())
      await alice.until('it is muted', () => engine.calls[0]?.muted)
      await reload(alice, 'alice')
      assert.equal(await alice.evaluate(() => engine.calls[0]?.muted), true)
      const enabled = () => engine.phone.snapshot.calls[0]?.localStream?.getAudioTracks()[0]?.enabled
      assert.equal(await alice.evaluate(enabled), false)
    })

    it('holds as before, and resumes', async () => {
      const [alice, bob] = await call()
      await alice.evaluate(() => engine.phone.hold())
      await bob.until('it is held', () => engine.calls[0]?.hold.remote)
      await reload(alice, 'alice')
      assert.deepEqual(await alice.evaluate(() => engine.calls[0]?.hold), {
        local: true,
        remote: false,
        explicit: true,
      })
      assert.equal(await bob.evaluate(() => engine.calls[0]?.hold.remote), true)
      await alice.evaluate(() => engine.phone.resume())
      await bob.until('it is held no more', () => engine.calls[0]?.hold.remote === false)
      await Promise.all([hears(alice), hears(bob)])
    })

    it('has both of its calls again, the one in front and the one on hold', async () => {
      const [alice, bob, carol] = (await meet('alice', 'bob', 'carol')) as [BrowserWindow, BrowserWindow, BrowserWindow]
      await alice.evaluate(() => engine.dial({ destination: 'bob' }))
      await bob.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      await bob.evaluate(() => engine.answer())
      await hears(bob)
      await alice.evaluate(() => void engine.phone.addCall({ destination: 'carol', mediaType: 'audio' }))
      await carol.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      await carol.evaluate(() => engine.answer())
      await Promise.all([hears(carol), bob.until('it is held', () => engine.calls[0]?.hold.remote)])
      const both = () =>
        engine.calls.map(({ remote, foreground, hold, connectedAt }) => ({ remote, foreground, hold, connectedAt }))
      await alice.until('both calls are up', () => engine.calls.every(({ progress }) => progress === 'connected'))
      const before = await alice.evaluate(both)
      await reload(alice, 'alice')
      await alice.until(
        'both calls are up, or one is over',
        () => engine.calls.filter((c) => c.progress === 'connected').length === 2 || engine.lastCall,
      )
      assert.equal(await alice.evaluate(() => engine.lastCall?.endedReason), undefined)
      assert.deepEqual(await alice.evaluate(both), before)
      await hears(carol)
      assert.equal(await bob.evaluate(() => engine.calls[0]?.hold.remote), true)
      await alice.evaluate(() => engine.phone.switchCall())
      await Promise.all([hears(bob), carol.until('it is held', () => engine.calls[0]?.hold.remote)])
    })

    it('has its call with plain JsSIP again, with sound both ways', async () => {
      const [[alice], other] = await Promise.all([meet('alice'), open(pages().url('plain-jssip'))])
      if (!alice) throw new Error('There is no window')
      await other.evaluate((url) => plain.signIn('plain', url), kamailio().url)
      await alice.evaluate(() => engine.dial({ destination: 'plain' }))
      await other.until('plain JsSIP rings', () => plain.session !== null)
      await other.evaluate(() => plain.answer(false))
      await hears(alice)
      await reload(alice, 'alice')
      await hears(alice)
      const { energy } = await other.evaluate(() => plain.received())
      await other.until('plain JsSIP hears', async (from) => (await plain.received()).energy > from, energy + 0.001)
    })

    it('leaves its calls to a tab that is there, where it is a copy of that', async () => {
      const [alice, bob] = await call()
      const copied = await alice.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)))
      const copy = await open(pages().url('engine'), { beside: alice })
      copy.forgive(/WebSocket/)
      await copy.evaluate((items) => Object.assign(sessionStorage, items), copied)
      await signIn(copy, 'alice')
      assert.deepEqual(await copy.evaluate(() => engine.calls), [])
      await Promise.all([hears(alice), hears(bob)])
    })

    it('signs in as usual where the storage holds what nobody wrote', async () => {
      const [alice] = await call()
      const copied = await alice.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)))
      const hostile = await open(pages().url('engine'))
      hostile.forgive(/WebSocket/)
      await hostile.evaluate((items) => {
        for (const [key, text] of Object.entries(items)) {
          const kept = JSON.parse(text as string) as { calls: { record: { dialog: { callId: string } } }[] }
          for (const { record } of kept.calls) record.dialog.callId = 'x\r\nEvil: 1'
          // Of a session whose page is gone.
          const id = crypto.randomUUID()
          sessionStorage.setItem(key.replace(/[^.]*$/, id), JSON.stringify({ ...kept, sessionId: id }))
        }
        // In any order: some come before the others, and some after them.
        for (const name of ['-', '0', 'A', 'f', 'x', 'zz']) sessionStorage.setItem(`att-phone.calls.${name}`, '{')
      }, copied)
      await signIn(hostile, 'alice')
      assert.equal(await hostile.evaluate(() => engine.session.state), 'ready')
      assert.deepEqual(await hostile.evaluate(() => engine.calls), [])
      assert.deepEqual(await hostile.evaluate(() => Object.keys(sessionStorage)), [])
    })

    it('writes no password down', async () => {
      const [alice] = await call()
      const written = await alice.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))
      assert.match(written, /att-phone\.calls/)
      assert.doesNotMatch(written, /secret|[Pp]assword|Digest/)
    })

    it('has its call again when the person goes back to it', async () => {
      const [alice, bob] = await call()
      await alice.page.goto('about:blank')
      await alice.page.goBack({ waitUntil: 'load' })
      // The browser may have kept the page: then it signs in by itself.
      if (await alice.evaluate(() => engine.session.state === 'signed-out')) await signIn(alice, 'alice')
      await alice.until('the call is up again', () => engine.calls[0]?.progress === 'connected')
      await Promise.all([hears(alice), hears(bob)])
    })

    it('ends its call in words where the other side has hung up meanwhile', async () => {
      const [alice, bob] = await call()
      await alice.page.goto('about:blank')
      await bob.evaluate(() => engine.phone.hangup())
      await alice.page.goto(pages().url('engine'), { waitUntil: 'load' })
      await signIn(alice, 'alice')
      await alice.until('the call is over', () => engine.lastCall)
      assert.equal(await alice.evaluate(() => engine.lastCall?.endedReason), 'lost')
      assert.equal(await alice.evaluate(() => engine.ending), 'The connection to bob was lost')
    })

    it('says that the call is over where it does not come back for calls', async () => {
      const [alice, bob] = await call()
      await alice.evaluate(() => engine.phone.configure({ resumeCalls: false }))
      await alice.page.goto('about:blank')
      await bob.until('the call is over', () => engine.lastCall)
    })

    it('is given up by the other side where it does not come back', async () => {
      const [alice, bob] = await call()
      await alice.close()
      await bob.until('the call is over', () => engine.lastCall)
      assert.equal(await bob.evaluate(() => engine.lastCall?.endedReason), 'lost')
    })

    if (browser === 'chromium')
      it('has its call again after it crashed', async () => {
        const [alice, bob] = await call()
        await alice.crash()
        await alice.page.goto(pages().url('engine'), { waitUntil: 'load' })
        await signIn(alice, 'alice')
        await alice.until('the call is up again', () => engine.calls[0]?.progress === 'connected')
        await Promise.all([hears(alice), hears(bob)])
      })
  })

for (const browser of oneBrowser)
  describe(`a page that goes in a call that nobody else would end, in ${browser}`, () => {
    const stage = useRawStage(browser, 'engine')

    it('says that the call is over, though it is loaded anew', async () => {
      const { sip, alice, far } = await stage()
      await alice.evaluate((server) => engine.signIn('alice@example.com', { server, resumeCalls: true }), sip.url)
      await alice.evaluate(() => engine.dial({ destination: 'bob' }))
      const invite = await sip.request('INVITE')
      const answer = await far.evaluate((sdp) => farMedia.answer(sdp, 'call'), invite.body)
      // It agrees on no session timer.
      sip.callee(invite).reply('200 OK', { body: answer })
      await alice.until('the call is up', () => engine.calls[0]?.progress === 'connected')
      await alice.page.reload({ waitUntil: 'load' })
      await sip.request('BYE')
    })
  })

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser, useBrowser } from '../e2e/harness.ts'
import type { BrowserWindow } from '../e2e/harness.ts'
import { useKamailio, usePages } from './harness.ts'
import type { RawDialog } from './harness/raw-sip.ts'
import { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'
import type {} from './page/engine.ts'

/** Keeps the track of the first call's microphone at hand. */
function keepMicrophone(): void {
  const [track] = engine.phone.snapshot.calls[0]?.localStream?.getAudioTracks() ?? []
  Object.assign(globalThis, { microphone: track })
}

const microphone = (window: BrowserWindow) =>
  window.evaluate(() => (globalThis as unknown as { microphone?: MediaStreamTrack }).microphone?.readyState)

/** How a call is over that nobody has ended. */
async function isLost(window: BrowserWindow): Promise<void> {
  await window.until('the call is over', () => engine.calls.length === 0 && engine.lastCall)
  assert.equal(await window.evaluate(() => engine.lastCall?.endedReason), 'lost')
  assert.equal(await window.evaluate(() => engine.ending), 'The connection to bob was lost')
  assert.equal(await microphone(window), 'ended')
}

for (const browser of oneBrowser) {
  describe(`a call whose far side is gone without a word, in ${browser}`, () => {
    const open = useRawStage(browser, 'engine')

    async function inCall(): Promise<readonly [RawStage, RawDialog]> {
      const stage = await open()
      const { sip, alice } = stage
      await alice.evaluate((server) => engine.signIn('alice@example.com', { server }), sip.url)
      await alice.evaluate(() => engine.dial({ destination: 'bob' }))
      const invite = await sip.request('INVITE')
      const dialog = sip.callee(invite)
      dialog.reply('200 OK', { body: await stage.answerTo(invite.body) })
      await stage.connected()
      await alice.until('the call is up', () => engine.heard.some(({ name }) => name === 'media:established'))
      await alice.evaluate(keepMicrophone)
      return [stage, dialog]
    }

    for (const status of ['480 Temporarily Unavailable', '404 Not Found', '481 Call Does Not Exist'])
      it(`ends where the network says ${status}, in words, and closes the microphone`, async () => {
        const [{ sip, alice, far }] = await inCall()
        const isOfAnother = status.startsWith('481')
        sip.handle['INVITE'] = (request) =>
          sip.reply(request, status, {
            // A proxy says so, and not the party itself.
            ...(isOfAnother && { fields: [`To: ${request.header('to').replace(/;tag=.*/, ';tag=another')}`] }),
          })
        await far.close()
        await isLost(alice)
        // Should it come back, it is to know.
        await sip.request('BYE')
      })

    it('goes on where the far side is back before that', async () => {
      const [stage, dialog] = await inCall()
      const { alice, far } = stage
      const from = stage.sip.heard.length
      stage.sip.handle['INVITE'] = (request) => stage.sip.reply(request, '480 Temporarily Unavailable')
      await far.close()
      await alice.until('the path is interrupted', () => engine.calls[0]?.link === 'recovering')
      await stage.sip.request('INVITE', from)
      // Another page takes the call up.
      const again = new RawStage(stage.sip, alice, (await open()).far)
      // An offer of ours may be under way: then each refuses the other's, and the far side asks again (RFC 3261, 14.1).
      stage.sip.handle['INVITE'] = (request) => stage.sip.reply(request, '491 Request Pending')
      const body = await again.offer()
      let answer = await dialog.ask('INVITE', { body })
      while (answer.status === 491) answer = await dialog.ask('INVITE', { body })
      assert.equal(answer.status, 200)
      dialog.send('ACK')
      await again.accept(answer.body)
      await again.farHears()
      await alice.until('the link is well', () => engine.calls[0]?.link === 'ok')
    })
  })

  describe(`a page that crashed in a call over Kamailio, seen by ${browser}`, () => {
    const pages = usePages('engine')
    const kamailio = useKamailio()
    const open = useBrowser(browser)
    const openChromium = useBrowser('chromium')

    it('is given up by the other, in words', async () => {
      const [alice, bob] = await Promise.all([open(pages().url('engine')), openChromium(pages().url('engine'))])
      const signIn = (window: BrowserWindow, name: string) =>
        window.evaluate((id, server) => engine.signIn(id, { server }), `${name}@127.0.0.1`, kamailio().url)
      await Promise.all([signIn(alice, 'alice'), signIn(bob, 'bob')])
      await alice.evaluate(() => engine.dial({ destination: 'bob' }))
      await bob.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      await bob.evaluate(() => engine.answer())
      await alice.until('the call is up', () => engine.heard.some(({ name }) => name === 'media:established'))
      await alice.evaluate(keepMicrophone)
      await bob.crash()
      await isLost(alice)
    })
  })
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, type BrowserWindow } from '../e2e/harness.ts'
import { heardNames, hears } from './harness.ts'
import type { RawDialog, RawMessage } from './harness/raw-sip.ts'
import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

const fingerprint = (sdp: string): string => /^a=fingerprint:(.*)$/m.exec(sdp)?.[1] ?? ''

const hearsTone = (window: BrowserWindow, frequency: number): Promise<unknown> =>
  window.until(
    `a tone of ${String(frequency)} Hz is heard`,
    async (wanted) => Math.abs((await softphone.heardFrequency()) - wanted) < 40,
    frequency,
  )

/** What was heard of the link since the last call began. */
const links = (window: BrowserWindow): Promise<readonly unknown[]> =>
  window.evaluate(() =>
    softphone
      .line()
      .heard.filter(({ name }) => name === 'link')
      .map(({ payload }) => payload),
  )

/** Answers an offer of the phone as somebody else who joins the dialog. */
async function answerAs(name: string, there: RawStage, invite: RawMessage, dialog: RawDialog): Promise<void> {
  const body = await there.answerTo(invite.body, { frequency: 1500 }, name)
  there.sip.reply(invite, '200 OK', { fields: [`Contact: ${dialog.contact}`], body, tag: dialog.tag })
}

for (const browser of browserNames)
  describe(`a far side whose end of the media becomes another one, in ${browser}`, () => {
    const stage = useRawStage(browser)

    async function inCall(): Promise<{ readonly there: RawStage; readonly dialog: RawDialog }> {
      const there = await stage()
      const { alice } = there
      await there.signIn()
      const dialog = await there.incoming()
      await alice.evaluate(() => {
        Object.assign(globalThis, { streamBefore: softphone.line().leg.remoteStream })
      })
      await hearsTone(alice, 500)
      return { there, dialog }
    }

    /** Both are heard by way of the connection `name`, and nothing else of the call changed. */
    async function goesOnBy(name: string, there: RawStage): Promise<void> {
      const { alice } = there
      await there.connected(name)
      await hearsTone(alice, 1500)
      await there.farHears(name)
      assert.deepEqual((await links(alice)).slice(-2), ['recovering', 'ok'])
      const kept = await alice.evaluate(() => {
        const { remoteStream, mediaType } = softphone.line().leg
        const { streamBefore } = globalThis as unknown as { streamBefore: MediaStream }
        return { isSame: remoteStream === streamBefore, tracks: remoteStream.getTracks().length, mediaType }
      })
      assert.deepEqual(kept, { isSame: true, tracks: 1, mediaType: 'audio' })
      assert.equal((await heardNames(alice)).includes('ended'), false)
    }

    for (const method of ['INVITE', 'UPDATE'] as const)
      it(`is answered by a new connection, where it offers one by ${method} (RFC 8842, 5.3)`, async () => {
        const { there, dialog } = await inCall()
        const ours = there.sip.heard.find(({ method: name, status }) => name === 'INVITE' && status === 200)?.body ?? ''
        await there.far.evaluate(() => farMedia.close())
        const answer = await dialog.ask(method, { body: await there.offer({ frequency: 1500 }, 'moved') })
        if (method === 'INVITE') dialog.send('ACK')
        assert.equal(answer.status, 200)
        assert.notEqual(fingerprint(answer.body), fingerprint(ours))
        await there.accept(answer.body, 'moved')
        await goesOnBy('moved', there)
      })

    it('is offered a new connection, where its answer to a hold shows it', async () => {
      const { there, dialog } = await inCall()
      await there.far.evaluate(() => farMedia.close())
      let from = there.sip.heard.length
      const holding = there.alice.evaluate(() => softphone.line().leg.hold())
      const hold = await there.sip.request('INVITE', from)
      from = there.sip.heard.length
      await answerAs('moved', there, hold, dialog)
      await holding
      const anew = await there.sip.request('INVITE', from)
      assert.notEqual(fingerprint(anew.body), fingerprint(hold.body))
      assert.match(anew.body, /^a=sendonly\r$/m)
      from = there.sip.heard.length
      await answerAs('there', there, anew, dialog)
      await there.connected('there')
      const resuming = there.alice.evaluate(() => softphone.line().leg.resume())
      const resume = await there.sip.request('INVITE', from)
      await answerAs('there', there, resume, dialog)
      await resuming
      await goesOnBy('there', there)
    })

    it('is offered a new connection, where an exchange has it answer by ACK', async () => {
      const { there, dialog } = await inCall()
      await there.far.evaluate(() => farMedia.close())
      const offer = await dialog.ask('INVITE')
      const from = there.sip.heard.length
      dialog.send('ACK', { body: await there.answerTo(offer.body, { frequency: 1500 }, 'moved') })
      const anew = await there.sip.request('INVITE', from)
      assert.notEqual(fingerprint(anew.body), fingerprint(offer.body))
      await answerAs('there', there, anew, dialog)
      await goesOnBy('there', there)
    })

    it('is refused with 488 where it cannot be understood, and the call goes on as it was', async () => {
      const { there, dialog } = await inCall()
      const body = (await there.offer({}, 'moved')).replace(/^a=ice-pwd:.*\r\n/gm, '')
      there.alice.forgive(/ice-pwd|ICE/i)
      assert.equal((await dialog.ask('INVITE', { body })).status, 488)
      await Promise.all([hearsTone(there.alice, 500), there.farHears()])
      await there.stillUp(dialog)
    })

    it('keeps the pictures of both', async () => {
      const { there, dialog } = await inCall()
      const answer = await dialog.ask('INVITE', { body: await there.offer({ video: true }) })
      dialog.send('ACK')
      await there.accept(answer.body)
      await hears(there.alice, 'change-requested')
      await there.alice.evaluate(() => softphone.openCamera())
      const from = there.sip.heard.length
      const accepting = there.alice.evaluate(() => softphone.line().leg.answerChange(true))
      const ours = await there.sip.request('INVITE', from)
      await there.takes(ours, dialog)
      await accepting
      await there.far.evaluate(() => farMedia.close())
      const moved = await dialog.ask('INVITE', { body: await there.offer({ video: true }, 'moved') })
      dialog.send('ACK')
      const [, ...sections] = moved.body.split(/^(?=m=)/m)
      assert.equal(sections.filter((section) => /^a=sendrecv\r$/m.test(section)).length, 2)
      await there.accept(moved.body, 'moved')
      await there.connected('moved')
      await there.alice.until(
        'a picture comes',
        async () => ((await softphone.statistics())?.video.received.frames ?? 0) > 5,
      )
      await there.alice.until(
        'a picture goes',
        async () => ((await softphone.statistics())?.video.sent.frames ?? 0) > 5,
      )
      assert.equal((await heardNames(there.alice)).filter((name) => name === 'change-requested').length, 1)
    })
  })

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound } from './harness.ts'
import { useRawStage } from './harness/use-raw-stage.ts'
import type {} from './page/engine.ts'

/** What was heard of the progress of the last call, in order. */
const progress = (window: BrowserWindow): Promise<readonly unknown[]> =>
  window.evaluate(() =>
    softphone
      .line()
      .heard.filter(({ name }) => name === 'progress')
      .map(({ payload }) => payload),
  )

/** Resolves when a tone of about this frequency is what is heard. */
const hearsTone = (window: BrowserWindow, frequency: number): Promise<unknown> =>
  window.until(
    `a tone of ${String(frequency)} Hz is heard`,
    async (wanted) => Math.abs((await softphone.heardFrequency()) - wanted) < 40,
    frequency,
  )

for (const browser of browserNames)
  describe(`one call that several phones answer to, in ${browser}`, () => {
    const stage = useRawStage(browser, 'softphone', 'engine')

    it('the one of the 200 is heard, where another sounded before (RFC 3261, 13.2.2.4)', async () => {
      const there = await stage()
      await there.signIn()
      const invite = await there.dials()
      const [first, second] = [there.sip.callee(invite), there.sip.callee(invite)]
      first.reply('183 Session Progress', { body: await there.answerTo(invite.body, { frequency: 500 }, 'first') })
      await there.connected('first')
      await hearsTone(there.alice, 500)
      const from = there.sip.heard.length
      second.reply('200 OK', { body: await there.answerTo(invite.body, { frequency: 1500 }, 'second') })
      await there.sip.request('ACK', from)
      await hears(there.alice, 'established')
      // What it answered belongs to the connection with the first: it is offered another.
      const again = await there.sip.request('INVITE', from)
      assert.equal(again.header('to'), second.local)
      assert.notEqual(/^a=fingerprint:.*$/m.exec(again.body)?.[0], /^a=fingerprint:.*$/m.exec(invite.body)?.[0])
      there.sip.reply(again, '200 OK', {
        fields: [`Contact: ${second.contact}`],
        body: await there.answerTo(again.body, { frequency: 1500 }, 'third'),
        tag: second.tag,
      })
      await there.connected('third')
      await hearsTone(there.alice, 1500)
      await there.farHears('third')
    })

    it('the one of the 200 is not offered again, where it sounded before', async () => {
      const there = await stage()
      await there.signIn()
      const invite = await there.dials()
      const dialog = there.sip.callee(invite)
      const body = await there.answerTo(invite.body)
      dialog.reply('183 Session Progress', { body })
      await hears(there.alice, 'progress')
      const from = there.sip.heard.length
      dialog.reply('200 OK', { body })
      await hears(there.alice, 'established')
      await Promise.all([hearsSound(there.alice), there.farHears()])
      await there.alice.evaluate(() => softphone.line().leg.end())
      await there.sip.request('BYE', from)
      assert.deepEqual(
        there.sip.heard.slice(from).filter(({ status, method }) => !status && method === 'INVITE'),
        [],
      )
    })

    it('one that describes sound and sends none rings, when it says so (RFC 3960, 3.2)', async () => {
      const there = await stage('engine')
      await there.alice.evaluate((server) => engine.signIn('alice@example.com', { server }), there.sip.url)
      await there.alice.evaluate(() => engine.dial({ destination: 'bob' }))
      const invite = await there.sip.request('INVITE')
      const dialog = there.sip.callee(invite)
      const body = await there.answerTo(invite.body)
      await there.far.evaluate(() => farMedia.close())
      dialog.reply('183 Session Progress', { body })
      await there.alice.until('the network is to be heard', () => engine.calls[0]?.earlyMedia)
      dialog.reply('180 Ringing')
      await there.alice.until('the ringing tone sounds again', () => engine.calls[0]?.earlyMedia === false)
    })

    it('one that rings and sends sound is heard as long as sound comes', async () => {
      const there = await stage()
      await there.signIn()
      const invite = await there.dials()
      const dialog = there.sip.callee(invite)
      dialog.reply('180 Ringing')
      assert.equal(await hears(there.alice, 'progress'), 'ringing')
      const body = await there.answerTo(invite.body)
      dialog.reply('183 Session Progress', { body })
      assert.equal(await hears(there.alice, 'progress', 2), 'early-media')
      dialog.reply('180 Ringing')
      await hearsSound(there.alice)
      assert.deepEqual(await progress(there.alice), ['ringing', 'early-media'])
      await there.far.evaluate(() => farMedia.close())
      assert.equal(await hears(there.alice, 'progress', 3), 'ringing')
    })

    it('a call that is forwarded, and one that waits in a queue, are called so (RFC 3261, 21.1)', async () => {
      const there = await stage('engine')
      await there.alice.evaluate((server) => engine.signIn('alice@example.com', { server }), there.sip.url)
      await there.alice.evaluate(() => engine.dial({ destination: 'bob' }))
      const dialog = there.sip.callee(await there.sip.request('INVITE'))
      dialog.reply('181 Call Is Being Forwarded')
      await there.alice.until('it is forwarded', () => engine.calls[0]?.waiting === 'forwarded')
      dialog.reply('182 Queued')
      await there.alice.until('it is queued', () => engine.calls[0]?.waiting === 'queued')
      assert.equal(await there.alice.evaluate(() => engine.calls[0]?.progress), 'connecting')
      dialog.reply('180 Ringing')
      await there.alice.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      assert.equal(await there.alice.evaluate(() => engine.calls[0]?.waiting), null)
    })
  })

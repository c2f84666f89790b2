import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import { hears, rings } from './harness.ts'
import type { RawDialog, RawMessage } from './harness/raw-sip.ts'
import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

const [browser = 'chromium'] = browserNames

/** A timer as long as the library waits for an ACK, or this side after a loss, needs no minutes in a test. */
function shortenTimers(): void {
  const { setTimeout: real } = globalThis
  globalThis.setTimeout = ((task: () => void, wait = 0) =>
    real(task, wait >= 8000 ? wait / 20 : wait)) as typeof setTimeout
}

const branchOf = (message: RawMessage): string => /;branch=([^;\s]+)/.exec(message.header('via'))?.[1] ?? ''

describe('a connection that is lost before a call is up', () => {
  const open = useRawStage(browser)

  async function stageOf(): Promise<RawStage> {
    const stage = await open()
    await stage.signIn()
    return stage
  }

  async function lose({ sip: exchange, alice }: RawStage): Promise<void> {
    exchange.cut()
    await alice.until('the connection is lost', () =>
      softphone.heard.some(({ name, payload }) => name === 'link' && (payload as { state: string }).state === 'lost'),
    )
  }

  const resume = ({ alice }: RawStage) => alice.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))
  const answer = ({ alice }: RawStage) =>
    alice.evaluate(() => {
      softphone.answer().catch(() => {})
    })

  /** The answer to a call that rings is of use: with it the call is up, and heard. */
  async function isUp(stage: RawStage, dialog: RawDialog): Promise<void> {
    const { body, status } = await dialog.final()
    assert.equal(status, 200)
    dialog.send('ACK')
    await stage.accept(body)
    await hears(stage.alice, 'established')
    await stage.connected()
    await stage.farHears()
  }

  describe('and rings', () => {
    it('is no end: the answer takes the new connection', async () => {
      const stage = await stageOf()
      const dialog = await stage.ringing()
      await lose(stage)
      await resume(stage)
      await answer(stage)
      await isUp(stage, dialog)
    })

    it('is no end where it is answered meanwhile', async () => {
      const stage = await stageOf()
      const dialog = await stage.ringing()
      await lose(stage)
      await answer(stage)
      await resume(stage)
      await isUp(stage, dialog)
    })

    it('tells the caller by the new connection that it was declined meanwhile', async () => {
      const stage = await stageOf()
      const dialog = await stage.ringing()
      await lose(stage)
      await stage.alice.evaluate(() => softphone.line().leg.reject('rejected'))
      const from = stage.sip.heard.length
      await resume(stage)
      assert.equal((await stage.sip.final(dialog.callId, 'INVITE', from)).status, 603)
    })

    it('answers again where nobody confirmed the answer that was lost with it', async () => {
      const stage = await stageOf()
      const dialog = await stage.ringing()
      await answer(stage)
      await dialog.final()
      await lose(stage)
      await resume(stage)
      const from = stage.sip.heard.length
      await stage.sip.final(dialog.callId, 'INVITE', from)
      await isUp(stage, dialog)
    })

    it('hears the caller give up by the new connection', async () => {
      const stage = await stageOf()
      const dialog = await stage.ringing()
      await lose(stage)
      await resume(stage)
      dialog.send('CANCEL')
      assert.equal((await stage.end()).reason, 'canceled')
      assert.equal((await stage.sip.final(dialog.callId, 'INVITE')).status, 487)
    })

    it('tells that the call is lost where nobody confirms the answer', async () => {
      const stage = await stageOf()
      await stage.alice.evaluate(shortenTimers)
      const dialog = await stage.ringing()
      await lose(stage)
      await resume(stage)
      await answer(stage)
      await dialog.final()
      assert.equal((await stage.end()).reason, 'lost')
    })
  })

  describe('while we call', () => {
    /** The far side of a call that rings, when the connection is lost. */
    async function ringsThere(stage: RawStage): Promise<readonly [RawMessage, RawDialog]> {
      const invite = await stage.dials()
      const dialog = stage.sip.callee(invite)
      dialog.reply('180 Ringing')
      assert.equal(await hears(stage.alice, 'progress'), 'ringing')
      return [invite, dialog]
    }

    async function isTakenBack(stage: RawStage, invite: RawMessage, from: number): Promise<void> {
      const cancel = await stage.sip.request('CANCEL', from)
      assert.deepEqual(
        [cancel.uri, branchOf(cancel), cancel.header('cseq'), cancel.header('from'), cancel.header('to')],
        [
          invite.uri,
          branchOf(invite),
          invite.header('cseq').replace('INVITE', 'CANCEL'),
          invite.header('from'),
          invite.header('to'),
        ],
      )
      stage.sip.reply(cancel, '200 OK')
    }

    /** What the far side said of the call that was given up is dealt with, and the next call is as any other. */
    async function goesOn(stage: RawStage): Promise<void> {
      assert.equal(await stage.alice.evaluate(() => softphone.lines.length), 1)
      const from = stage.sip.heard.length
      await stage.dials('carol@example.com')
      const late = stage.sip.heard.slice(from).filter(({ method }) => method === 'CANCEL' || method === 'BYE')
      assert.deepEqual(late, [])
    }

    it('ends the call aloud, and takes it back as soon as it can', async () => {
      const stage = await stageOf()
      const [invite, dialog] = await ringsThere(stage)
      await lose(stage)
      const { reason, error } = await stage.end()
      assert.deepEqual([reason, error?.kind], ['failed', 'unreachable'])
      const from = stage.sip.heard.length
      await resume(stage)
      await isTakenBack(stage, invite, from)
      dialog.reply('487 Request Terminated')
      const ack = await stage.sip.request('ACK', from)
      assert.equal(branchOf(ack), branchOf(invite))
      await goesOn(stage)
    })

    it('takes it back though nobody had answered a word', async () => {
      const stage = await stageOf()
      const invite = await stage.dials()
      await lose(stage)
      const from = stage.sip.heard.length
      await resume(stage)
      await isTakenBack(stage, invite, from)
    })

    it('takes it back where it was given up meanwhile, and nobody heard that', async () => {
      const stage = await stageOf()
      const [invite] = await ringsThere(stage)
      await stage.alice.evaluate(() => softphone.line().leg.cancel('canceled'))
      await stage.sip.request('CANCEL')
      await lose(stage)
      assert.equal((await stage.end()).reason, 'canceled')
      const from = stage.sip.heard.length
      await resume(stage)
      await isTakenBack(stage, invite, from)
    })

    for (const early of [true, false])
      it(`confirms and ends the answer that comes too late (${early ? 'before' : 'after'} the registration)`, async () => {
        const stage = await stageOf()
        const [, dialog] = await ringsThere(stage)
        await lose(stage)
        const body = await stage.offer()
        const from = stage.sip.heard.length
        const { REGISTER: register } = stage.sip.handle
        if (early)
          stage.sip.handle['REGISTER'] = (request) => {
            dialog.reply('200 OK', { body })
            register?.(request)
          }
        await resume(stage)
        if (!early) {
          await stage.sip.request('CANCEL', from)
          dialog.reply('200 OK', { body })
        }
        const ack = await stage.sip.request('ACK', from)
        const bye = await stage.sip.request('BYE', from)
        for (const { header, callId } of [ack, bye].map((each) => ({ header: each.header('to'), callId: each.callId })))
          assert.deepEqual([header, callId], [dialog.local, dialog.callId])
        await goesOn(stage)
      })
  })

  describe('and is forked to us again', () => {
    async function isOne(stage: RawStage, dialog: RawDialog): Promise<void> {
      const from = stage.sip.heard.length
      // Another branch, and the same Call-ID, tag and CSeq (RFC 3261, 8.2.2.2).
      dialog.send('INVITE', { fields: ['CSeq: 101 INVITE'], body: await stage.offer({}, 'again') })
      assert.equal((await stage.sip.final(dialog.callId, 'INVITE', from)).status, 482)
      assert.equal(await stage.alice.evaluate(() => softphone.lines.length), 1)
    }

    it('is one call that rings, and can be answered', async () => {
      const stage = await stageOf()
      const dialog = await stage.ringing()
      await lose(stage)
      await resume(stage)
      await isOne(stage, dialog)
      const from = stage.sip.heard.length
      await answer(stage)
      const taken = await stage.sip.wait(
        'the answer',
        ({ status, method }) => status === 200 && method === 'INVITE',
        from,
      )
      assert.equal(taken.callId, dialog.callId)
      await rings(stage.alice)
    })

    it('is one call where it was answered', async () => {
      const stage = await stageOf()
      const dialog = await stage.incoming()
      const { remote } = dialog
      dialog.remote = '<sip:alice@example.com>'
      await lose(stage)
      await resume(stage)
      await isOne(stage, dialog)
      dialog.remote = remote
      dialog.send('BYE')
      assert.equal((await stage.end()).reason, 'remote-hangup')
    })
  })
})

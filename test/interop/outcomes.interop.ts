import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import { heardNames, hears } from './harness.ts'
import type { RawDialog, RawMessage } from './harness/raw-sip.ts'
import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

const [browser = 'chromium'] = browserNames

/** What a NOTIFY tells of a REFER. */
const notice = (state: string, body = ''): { fields: readonly string[]; body: string } => ({
  fields: [
    'Event: refer',
    `Subscription-State: ${state}`,
    ...(body ? ['Content-Type: message/sipfrag;version=2.0'] : []),
  ],
  body,
})

describe('what becomes of a call that is sent elsewhere', () => {
  const stage = useRawStage(browser)

  async function inCall(): Promise<{ readonly there: RawStage; readonly dialog: RawDialog }> {
    const there = await stage()
    await there.signIn()
    return { there, dialog: await there.outgoing() }
  }

  /** Has the phone send its far side to carol, which says 202; what comes of it is told by `outcome`. */
  async function transferring(
    there: RawStage,
  ): Promise<{ readonly request: RawMessage; readonly outcome: Promise<{ readonly message: string } | null> }> {
    const from = there.sip.heard.length
    const outcome = there.alice.evaluate(() =>
      softphone.refusal(
        () => softphone.line().leg.transfer?.('carol@example.com', AbortSignal.timeout(30_000)) ?? Promise.resolve(),
      ),
    )
    const request = await there.sip.request('REFER', from)
    there.sip.reply(request, '202 Accepted')
    return { request, outcome }
  }

  for (const [what, before] of [
    ['without a word', null],
    ['after 100 Trying', notice('active;expires=60', 'SIP/2.0 100 Trying\r\n')],
    ['after a last word that says nothing', notice('terminated;reason=noresource')],
  ] as const)
    it(`a far side that hangs up ${what} has gone there`, async () => {
      const { there, dialog } = await inCall()
      const { outcome } = await transferring(there)
      if (before) await dialog.ask('NOTIFY', before)
      await dialog.ask('BYE')
      assert.equal(await outcome, null)
      assert.deepEqual(await hears(there.alice, 'ended'), { reason: 'transferred' })
    })

  for (const fragment of ['SIP/2.0 200 OK\r\n', 'SIP/2.0 200', 'SIP/2.0 200 OK\nContact: <sip:carol@example.com>\n'])
    it(`a far side that tells ${JSON.stringify(fragment)} and stays is left by us`, async () => {
      const { there, dialog } = await inCall()
      const { outcome } = await transferring(there)
      const from = there.sip.heard.length
      dialog.send('NOTIFY', notice('terminated;reason=noresource', fragment))
      await there.sip.request('BYE', from)
      assert.equal(await outcome, null)
      assert.deepEqual(await hears(there.alice, 'ended'), { reason: 'transferred' })
    })

  for (const [what, last] of [
    ['nothing at all', null],
    ['the end of its news and nothing else', notice('terminated;reason=noresource')],
    ['the end of its news by Trying', notice('terminated;reason=timeout', 'SIP/2.0 100 Trying\r\n')],
  ] as const)
    it(`a far side that tells ${what} is still there, and the person learns it (RFC 3515, 2.4.7)`, async () => {
      const { there, dialog } = await inCall()
      const { outcome } = await transferring(there)
      if (last) await dialog.ask('NOTIFY', last)
      assert.match((await outcome)?.message ?? '', /does not say what became of the transfer/)
      assert.equal((await heardNames(there.alice)).includes('ended'), false)
      await there.farHears()
      await there.stillUp(dialog)
    })

  it('a far side that waits for long, and says so, is waited for', async () => {
    const { there, dialog } = await inCall()
    const { outcome } = await transferring(there)
    await dialog.ask('NOTIFY', notice('active;expires=60', 'SIP/2.0 180 Ringing\r\n'))
    await dialog.ask('NOTIFY', notice('terminated;reason=noresource', 'SIP/2.0 486 Busy Here\r\n'))
    assert.equal((await outcome)?.message, 'Busy Here')
    await there.stillUp(dialog)
  })

  it('a transfer after asking names where the other is, and not who they are (RFC 5589, 7)', async () => {
    const { there } = await inCall()
    const from = there.sip.heard.length
    await there.alice.evaluate(() => {
      softphone.dial('carol@example.com').catch(() => {})
    })
    const invite = await there.sip.request('INVITE', from)
    const second = there.sip.callee(invite, '<sip:10.0.0.9:5060;transport=tcp;x=1>')
    second.reply('200 OK', { body: await there.answerTo(invite.body, {}, 'second') })
    await hears(there.alice, 'established')
    await there.alice.evaluate(() => {
      void softphone
        .line(0)
        .leg.transfer?.(softphone.line(1).leg, AbortSignal.timeout(20_000))
        .catch(() => {})
    })
    const request = await there.sip.request('REFER', from)
    const referTo = request.header('refer-to')
    assert.ok(referTo.startsWith('<sip:10.0.0.9:5060;transport=tcp;x=1?Replaces='), referTo)
    assert.ok(decodeURIComponent(referTo).includes(`${invite.callId};to-tag=${second.tag};from-tag=`), referTo)
  })

  it('a call sent to several is made to the best of them, then to the next (RFC 3261, 8.1.3.4)', async () => {
    const { there } = await inCall()
    let from = there.sip.heard.length
    const dialog = there.sip.callee(await there.dials('dave@example.com'))
    from = there.sip.heard.length
    const contacts = [
      '<sip:low@example.com>;q=0.1, <sip:best@example.com?Replaces=1%3Bto-tag%3Da%3Bfrom-tag%3Db&X-Evil=1>;q=0.9',
      '<sip:away@elsewhere.example>;q=1.0',
    ]
    dialog.reply('302 Moved', { fields: contacts.map((contact) => `Contact: ${contact}`) })
    const first = await there.sip.request('INVITE', from)
    assert.equal(first.uri, 'sip:best@example.com')
    assert.equal(first.header('replaces'), '')
    assert.doesNotMatch(first.text, /evil/i)
    from = there.sip.heard.length
    there.sip.reply(first, '486 Busy Here')
    const second = await there.sip.request('INVITE', from)
    assert.equal(second.uri, 'sip:low@example.com')
    there.sip.reply(second, '486 Busy Here')
    assert.equal((await there.end()).reason, 'busy')
  })
})

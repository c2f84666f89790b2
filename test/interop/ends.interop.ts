import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { usePages } from './harness.ts'
import { RawSip } from './harness/raw-sip.ts'
import type {} from './page/engine.ts'

const [browser = 'chromium'] = browserNames

/** A final answer, and what the screen says then. */
const answers: readonly (readonly [status: string, words: RegExp, fields?: readonly string[]])[] = [
  ['480 Temporarily Unavailable', /^bob is not available$/],
  ['480 Temporarily Unavailable', /^bob is not available$/, ['Reason: Q.850;cause=19', 'Retry-After: 60']],
  ['486 Busy Here', /^bob is busy$/],
  ['600 Busy Everywhere', /^bob is busy$/],
  ['603 Decline', /^bob declined$/],
  ['607 Unwanted', /^bob declined$/],
  ['608 Rejected', /^bob declined$/],
  ['408 Request Timeout', /^No answer$/],
  ['487 Request Terminated', /^Call canceled$/],
  ['484 Address Incomplete', /^The number is incomplete\. /],
  ['403 Forbidden', /^This call is not allowed\. /],
  ['404 Not Found', /^There is no such number\. /],
  ['604 Does Not Exist Anywhere', /^There is no such number\. /],
  ['410 Gone', /^This number is no longer in use\. /],
  ['433 Anonymity Disallowed', /^Calls without a number are not taken/],
  ['421 Extension Required', /^The exchange does not take this call\. /],
  ['606 Not Acceptable', /do not fit together/],
  ['503 Service Unavailable', /^The phone service is down\. Try again in 2 minutes\.$/, ['Retry-After: 120']],
]

/** What a caller's CANCEL says, and what it is here. */
const cancels: readonly (readonly [fields: readonly string[], reason: string])[] = [
  [['Reason: Q.850;cause=26', 'Reason: SIP;cause=200;text="Call completed elsewhere"'], 'answered-elsewhere'],
  [['Reason: SIP;cause=200;text="Call completed elsewhere"', 'Reason: Q.850;cause=26'], 'answered-elsewhere'],
  [['Reason: Q.850;cause=16, SIP ;cause=200'], 'answered-elsewhere'],
  [['Reason: Q.850;cause=26'], 'answered-elsewhere'],
  [['Reason: Q.850;cause=16'], 'canceled'],
  [[], 'canceled'],
]

describe('how a call ends, in words', () => {
  const pages = usePages('engine')
  const open = useBrowser(browser)
  let sip: RawSip | undefined
  beforeEach(async () => {
    sip = await RawSip.start()
  })
  afterEach(async () => {
    await sip?.stop()
  })

  async function stage(): Promise<{ readonly sip: RawSip; readonly alice: BrowserWindow }> {
    if (!sip) throw new Error('There is no far side')
    const alice = await open(pages().url('engine'))
    alice.forgive(/WebSocket/)
    await alice.evaluate((server) => engine.signIn('alice@example.com', { server }), sip.url)
    return { sip, alice }
  }

  for (const before of ['100 Trying', null])
    for (const [status, words, fields = []] of answers)
      it(`${[status, ...fields].join(', ')}, ${before ? `after ${before}` : 'before all else'}`, async () => {
        const { sip, alice } = await stage()
        await alice.evaluate(() => engine.dial({ destination: 'bob' }))
        const call = sip.callee(await sip.request('INVITE'))
        if (before) call.reply(before)
        call.reply(status, { fields })
        assert.match(await alice.until('it has ended', () => engine.ending), words)
        assert.doesNotMatch((await alice.evaluate(() => engine.ending)) ?? '', /again\.$/)
        if (status.startsWith('503'))
          assert.equal(await alice.evaluate(() => engine.phone.snapshot.error?.RetryAfter), 120)
      })

  for (const [fields, reason] of cancels)
    it(`CANCEL with ${fields.join(' and ') || 'no reason'} is ${reason}`, async () => {
      const { sip, alice } = await stage()
      const call = sip.call({ body: '' })
      await alice.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      call.send('CANCEL', { fields })
      assert.equal(await alice.until('it has ended', () => engine.lastCall?.endedReason), reason)
      const missed = await alice.evaluate(() => engine.ending === 'Missed call')
      assert.equal(missed, reason === 'canceled')
    })
})

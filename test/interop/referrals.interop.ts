import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { SipOptions } from '../../src/signaling/sip/sip-options.ts'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, lent, usePages } from './harness.ts'
import { RawExchange, type RawDialog, type Received } from './harness/raw-exchange.ts'
import type {} from './page/far-media.ts'

const [browser = 'chromium'] = browserNames

describe('a far side that sends the phone to somebody else', () => {
  const exchange = lent(() => RawExchange.start(), 'The exchange')
  const pages = usePages('softphone', 'far-media')
  const open = useBrowser(browser)
  beforeEach(() => exchange().begin())

  async function inCall(
    allowTransfers?: SipOptions['allowTransfers'],
  ): Promise<{ readonly window: BrowserWindow; readonly dialog: RawDialog }> {
    const [window, far] = await Promise.all([open(pages().url('softphone')), open(pages().url('far-media'))])
    const options = { servers: exchange().url, ...(allowTransfers !== undefined && { allowTransfers }) }
    await window.evaluate((sip) => softphone.signIn({ userId: 'alice@example.com' }, sip), options)
    const dialing = window.evaluate(() => softphone.dial('bob@example.com'))
    const invitation = await exchange().request('INVITE')
    const dialog = exchange().answer(invitation, await far.evaluate((offer) => farMedia.answer(offer), invitation.body))
    await dialing
    await hears(window, 'established')
    return { window, dialog }
  }

  const notified = (words: string): Promise<Received> =>
    exchange().next(({ method, body }) => method === 'NOTIFY' && body.includes(words))

  const invitations = (): readonly Received[] =>
    exchange().received.filter(({ method, status }) => method === 'INVITE' && status === 0)

  const answer = (window: BrowserWindow, accept: boolean): Promise<void> =>
    window.evaluate(async (yes) => softphone.line().leg.answerTransfer?.(yes), accept)

  const goesOn = async (window: BrowserWindow): Promise<void> =>
    assert.equal(await window.evaluate(() => softphone.line().heard.some(({ name }) => name === 'ended')), false)

  it('waits for what the person says, and learns of a no (RFC 3515)', async () => {
    const { window, dialog } = await inCall()
    assert.equal((await dialog.ask('REFER', ['Refer-To: "Your Bank" <sip:carol@example.com>'])).status, 202)
    const asked = await hears(window, 'transfer-requested')
    assert.deepEqual(asked, { to: { address: 'carol@example.com', uri: 'sip:carol@example.com' } })
    await notified('SIP/2.0 100')
    assert.equal(invitations().length, 1)
    await answer(window, false)
    await notified('SIP/2.0 603')
    assert.equal(invitations().length, 1)
    await goesOn(window)
  })

  it('gets its way when the person says yes, and nothing of the address but the address and a Replaces', async () => {
    const { window, dialog } = await inCall()
    const replaces = encodeURIComponent('12345@host;to-tag=a;from-tag=b')
    const headers = `Replaces=${replaces}&Route=%3Csip:evil.example%3E&X-Evil=1&body=v`
    const referTo = `Refer-To: <sip:carol@example.com?${headers}>`
    assert.equal((await dialog.ask('REFER', [referTo])).status, 202)
    await hears(window, 'transfer-requested')
    exchange().on.set('INVITE', (request) => {
      exchange().respond(request, 486, { phrase: 'Busy' })
    })
    await answer(window, true)
    await notified('SIP/2.0 486')
    const [, second] = invitations()
    assert.equal(second?.target, 'sip:carol@example.com')
    assert.deepEqual(second?.headers.get('replaces'), ['12345@host;to-tag=a;from-tag=b'])
    assert.equal(second?.headers.has('route'), false)
    assert.doesNotMatch(second?.text ?? '', /evil/i)
    await goesOn(window)
  })

  it('asks once at a time', async () => {
    const { window, dialog } = await inCall()
    await dialog.ask('REFER', ['Refer-To: <sip:carol@example.com>'])
    await hears(window, 'transfer-requested')
    await dialog.ask('REFER', ['Refer-To: <sip:dave@example.com>'])
    await notified('SIP/2.0 603')
    assert.equal(
      await window.evaluate(() => softphone.line().heard.filter(({ name }) => name === 'transfer-requested').length),
      1,
    )
  })

  for (const [policy, target, asked] of [
    ['same-domain', 'sip:carol@example.com', false],
    ['same-domain', 'sip:carol@EXAMPLE.com:5060;transport=udp', false],
    ['same-domain', 'sip:carol@evil.example', true],
    ['same-domain', 'sip:carol@example.com.evil.example', true],
    ['same-domain', 'sip:example.com@evil.example', true],
    ['same-domain', 'sip:911@example.com', true],
    [true, 'sip:carol@evil.example', false],
    [true, 'sip:112@example.com', true],
    [true, 'sip:%39%31%31@example.com', true],
    [true, 'sip:+1-900-555-1234@example.com', true],
    [true, 'sip:09001234567;phone-context=+49@example.com', true],
    [true, 'sip:*21*5551234%23@example.com', true],
  ] as const)
    it(`${asked ? 'waits' : 'need not wait'} with ${target}, where transfers are ${String(policy)}`, async () => {
      const { window, dialog } = await inCall(policy)
      await dialog.ask('REFER', [`Refer-To: <${target}>`])
      if (asked) {
        await hears(window, 'transfer-requested')
        assert.equal(invitations().length, 1)
      } else await exchange().next(({ method, target: uri }) => method === 'INVITE' && uri.includes('carol'))
    })

  it('is refused where transfers are not allowed', async () => {
    const { dialog } = await inCall(false)
    await dialog.ask('REFER', ['Refer-To: <sip:carol@example.com>'])
    await notified('SIP/2.0 603')
    assert.equal(invitations().length, 1)
  })

  for (const [what, referTo] of [
    ['a line break', '<sip:carol@example.com?Replaces=1%40h%3Bto-tag%3Da%3Bfrom-tag%3Db%0D%0AX-Evil%3A1>'],
    ['a line break hidden twice', '<sip:carol@example.com?Replaces=1%40h%3Bto-tag%3Da%250D%250AX%3B>'],
    ['a control character in the user', '<sip:ca%07rol@example.com>'],
    ['a NUL', '<sip:carol%00@example.com>'],
    ['a Replaces without tags', '<sip:carol@example.com?Replaces=12345>'],
    ['a Replaces that is none', '<sip:carol@example.com?Replaces=1%40h%3Bto-tag%3Da%3Bfrom-tag%3Db%2Cother>'],
    ['an escape that is none', '<sip:carol@example.com?Replaces=%E0%A4%A>'],
  ] as const)
    it(`is refused for good with ${what}`, async () => {
      const { window, dialog } = await inCall(true)
      assert.equal((await dialog.ask('REFER', [`Refer-To: ${referTo}`])).status, 400)
      assert.equal(invitations().length, 1)
      await goesOn(window)
    })

  it('is refused with two addresses, and with none', async () => {
    const { dialog } = await inCall(true)
    const two = ['Refer-To: <sip:carol@example.com>', 'Refer-To: <sip:dave@example.com>']
    assert.equal((await dialog.ask('REFER', two)).status, 400)
    assert.equal((await dialog.ask('REFER')).status, 400)
    assert.equal(invitations().length, 1)
  })

  it('cannot have anything but a call made', async () => {
    const { dialog } = await inCall(true)
    assert.equal((await dialog.ask('REFER', ['Refer-To: <sip:carol@example.com;method=BYE>'])).status, 603)
  })

  it('is declined outside of a call', async () => {
    const { window } = await inCall(true)
    const stranger = exchange().outside()
    assert.equal((await stranger.ask('REFER', ['Refer-To: <sip:carol@example.com>'])).status, 603)
    assert.equal(invitations().length, 1)
    await goesOn(window)
  })
})

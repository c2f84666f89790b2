import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { IncomingDetails } from '../../src/signaling/signaling.ts'
import type { PhoneOptions } from '../../src/phone/phone-options.ts'
import { browserNames, type BrowserWindow } from '../e2e/harness.ts'
import type { RawDialog } from './harness/raw-sip.ts'
import { useRawStage } from './harness/use-raw-stage.ts'
import type { RawCallOptions, RawSip } from './harness/raw-sip.ts'
import type {} from './page/engine.ts'
import type {} from './page/far-media.ts'

const [browser = 'chromium'] = browserNames

/** What `call:incoming` tells. */
type Told = IncomingDetails & { readonly from: string }

interface Stage {
  readonly sip: RawSip
  readonly alice: BrowserWindow
  readonly far: BrowserWindow
}

describe('who is at the other end', () => {
  const stage = useRawStage(browser, 'engine')

  async function signedIn(options: PhoneOptions = {}): Promise<Stage> {
    const { sip, alice, far } = await stage()
    await alice.evaluate((server, more) => engine.signIn('alice@example.com', { server, ...more }), sip.url, options)
    return { sip, alice, far }
  }

  /** A call rings: what its event says, and what is shown. */
  async function ringing(call: RawCallOptions, options?: PhoneOptions) {
    const stage = await signedIn(options)
    const dialog = stage.sip.call({ body: await stage.far.evaluate(() => farMedia.offer('call')), ...call })
    // One that is answered by itself rings for no time.
    await stage.alice.until('it rings', () => engine.heard.some(({ name }) => name === 'call:incoming'))
    const {
      event,
      shown,
      call: snapshot,
    } = await stage.alice.evaluate(() => ({
      event: engine.heard.find(({ name }) => name === 'call:incoming')?.event,
      shown: engine.shown,
      call: engine.calls[0],
    }))
    assert.ok(event && snapshot)
    return { ...stage, dialog, event: event as unknown as Told, shown, remote: snapshot.remote, snapshot }
  }

  async function up(): Promise<Stage & { readonly dialog: RawDialog }> {
    const stage = await ringing({})
    await stage.alice.evaluate(() => engine.answer())
    const answer = await stage.dialog.final()
    stage.dialog.send('ACK')
    await stage.far.evaluate((sdp) => farMedia.accept(sdp, 'call'), answer.body)
    await stage.alice.until('the call is up', () => engine.calls[0]?.progress === 'connected')
    return stage
  }

  const name = (alice: BrowserWindow, wanted: string) =>
    alice.until(`${wanted} is shown`, (who) => engine.shown[0] === who || undefined, wanted)

  const carol = 'P-Asserted-Identity: "Carol" <sip:carol@example.com>'
  const passed = 'verstat=TN-Validation-Passed'

  for (const [title, call, address, verified] of [
    ['From with verstat', { from: `<sip:+14155550101;${passed}@example.com;user=phone>` }, '+14155550101', 'passed'],
    [
      'From of another domain with verstat',
      { from: `<sip:+14155550101;${passed}@evil.example>` },
      '+14155550101',
      'none',
    ],
    [
      'PAI with verstat',
      { fields: ['P-Asserted-Identity: <sip:+14155550101;verstat=TN-Validation-Failed@carrier.example>'] },
      '+14155550101',
      'failed',
    ],
    [
      'PAI of a tel: number with verstat',
      { fields: ['P-Asserted-Identity: <tel:+14155550101;verstat=No-TN-Validation>'] },
      '+14155550101',
      'none',
    ],
    ['phone-context', { from: '<sip:7042;phone-context=example.com@example.com>' }, '7042@example.com', 'none'],
    ['npdi and rn', { from: '<sip:+14155550101;npdi;rn=+14155550000@example.com>' }, '+14155550101', 'none'],
    [
      'PAI as a bare address',
      { fields: ['P-Asserted-Identity: sip:+14155550101@example.com'] },
      '+14155550101',
      'none',
    ],
    ['Remote-Party-ID', { fields: ['Remote-Party-ID: <sip:7@example.com>;party=calling'] }, '7@example.com', 'none'],
  ] as const)
    it(`${title}: ${address}, ${verified}`, async () => {
      const { event, remote } = await ringing(call)
      assert.equal(remote.address, address)
      assert.equal(event.caller.verified, verified)
      assert.doesNotMatch(event.from, /verstat|npdi|phone-context|%3B/i)
      const asserted = 'fields' in call
      assert.equal(remote.vouchedBy, asserted ? 'exchange' : undefined)
    })

  for (const [title, call] of [
    ['Privacy: id', { from: '"Bob" <sip:bob@example.com>', fields: [carol, 'Privacy: id;critical'] }],
    ['an anonymous From', { from: '"Anonymous" <sip:anonymous@anonymous.invalid>' }],
    [
      'an anonymous From and Privacy: id',
      { from: '<sip:anonymous@anonymous.invalid>', fields: [carol, 'Privacy: id'] },
    ],
    ['Remote-Party-ID with privacy', { fields: ['Remote-Party-ID: <sip:7@example.com>;privacy=full'] }],
  ] as const)
    it(`${title}: withheld, in words, and nobody to call back`, async () => {
      const { alice, event, shown, remote, dialog } = await ringing(call)
      assert.deepEqual([remote.address, remote.withheld], ['', true])
      assert.equal(shown[0], 'Withheld number')
      assert.doesNotMatch(JSON.stringify([event.from, event.caller]), /carol|bob/i)
      dialog.send('CANCEL')
      const last = await alice.until('it has ended', () => engine.lastCall?.remote)
      assert.deepEqual([last.address, last.withheld, last.displayName], ['', true, undefined])
      await alice.evaluate((destination) => engine.dial({ destination }), 'anonymous@anonymous.invalid')
      await alice.until('that is refused', () => engine.error === '2213')
    })

  it('PAI in 18x and 200 tells who rings and who answered', async () => {
    const { sip, alice, far } = await signedIn()
    await alice.evaluate(() => engine.dial({ destination: '5551230100' }))
    const invite = await sip.request('INVITE')
    const dialog = sip.callee(invite)
    dialog.reply('180 Ringing', { fields: [carol] })
    await name(alice, 'Carol')
    const body = await far.evaluate((sdp) => farMedia.answer(sdp, 'call'), invite.body)
    dialog.reply('200 OK', { fields: ['P-Asserted-Identity: "Dave" <sip:dave@example.com>'], body })
    await name(alice, 'Dave')
    const told = await alice.evaluate(() =>
      engine.heard.filter(({ name: event }) => event === 'call:state-changed').map(({ event }) => event['to']),
    )
    assert.deepEqual(told, ['carol@example.com', 'dave@example.com'])
  })

  it('a device that answers without a word is not the one that rang', async () => {
    const { sip, alice, far } = await signedIn()
    await alice.evaluate(() => engine.dial({ destination: 'bob' }))
    const invite = await sip.request('INVITE')
    sip.callee(invite).reply('180 Ringing', { fields: [carol] })
    await name(alice, 'Carol')
    const body = await far.evaluate((sdp) => farMedia.answer(sdp, 'call'), invite.body)
    sip.callee(invite).reply('200 OK', { body })
    await name(alice, 'bob')
  })

  it('PAI in UPDATE, also while it rings, is answered 200 and shown', async () => {
    const { alice, dialog, sip } = await ringing({})
    const early = await sip.wait('180', ({ status }) => status === 180)
    dialog.remote = early.header('to')
    assert.equal((await dialog.ask('UPDATE', { fields: [carol] })).status, 200)
    await name(alice, 'Carol')
    await alice.evaluate(() => engine.answer())
    await sip.wait('200', ({ status, method }) => status === 200 && method === 'INVITE')
  })

  it('PAI in UPDATE and re-INVITE, and a From that changes, are shown', async () => {
    const { alice, far, dialog } = await up()
    assert.equal((await dialog.ask('UPDATE', { fields: [carol] })).status, 200)
    await name(alice, 'Carol')
    const offer = await far.evaluate(() => farMedia.offer('call'))
    const fields = ['P-Asserted-Identity: "Dave" <tel:+14155550101>']
    assert.equal((await dialog.ask('INVITE', { fields, body: offer })).status, 200)
    dialog.send('ACK')
    await name(alice, 'Dave')
    dialog.local = dialog.local.replace(/^.*;tag=/, '"Erin" <sip:erin@example.com>;tag=')
    assert.equal((await dialog.ask('UPDATE')).status, 200)
    await name(alice, 'Erin')
    assert.equal(await alice.evaluate(() => engine.calls[0]?.remote.vouchedBy), undefined)
  })

  it('a page that does not trust its server sees what callers say', async () => {
    const { shown, event } = await ringing({ fields: [carol] }, { sip: { trustAssertedIdentity: false } })
    assert.equal(shown[0], 'Bob')
    assert.equal(event.caller.vouchedBy, undefined)
  })

  it('Diversion, Call-Info, Alert-Info and X- fields are in the event', async () => {
    const { event, shown, snapshot } = await ringing({
      fields: [
        'Diversion: "Desk" <sip:desk@example.com>;reason=no-answer',
        'Diversion: "Sales" <sip:sales@example.com>;reason=unconditional;counter=1',
        'Call-Info: <https://crm.example/42>;purpose=info, <https://crm.example/p.png> ;purpose=icon',
        'Alert-Info: <http://example.com/ring>;info=internal',
        'X-Order: 4711',
      ],
    })
    assert.deepEqual(
      event.forwardedFor.map(({ displayName }) => displayName),
      ['Sales', 'Desk'],
    )
    assert.deepEqual(event.callInfo, [
      { uri: 'https://crm.example/42', purpose: 'info' },
      { uri: 'https://crm.example/p.png', purpose: 'icon' },
    ])
    assert.deepEqual([event.ring, event.alertInfo.length, event.answerAfter], ['internal', 1, null])
    assert.deepEqual(event.headers, { 'X-Order': '4711' })
    assert.equal(shown[1], 'for Sales')
    assert.equal(snapshot.ring, 'internal')
  })

  it('History-Info tells for whom a call was', async () => {
    const { shown } = await ringing({
      fields: [
        'History-Info: "Sales" <sip:sales@example.com>;index=1, <sip:alice@example.com?Reason=SIP%3Bcause%3D302>;index=1.1',
      ],
    })
    assert.equal(shown[1], 'for Sales')
  })

  for (const hint of [
    'Alert-Info: <urn:x>;answer-after=0',
    'Call-Info: <sip:a@b.example>;answer-after=0',
    'Answer-Mode: Auto',
  ]) {
    it(`${hint} is obeyed only if the page allows it`, async () => {
      const { event } = await ringing({ fields: [hint] })
      assert.equal(event.answerAfter, 0)
      const { sip, alice, dialog } = await ringing({ fields: [hint] }, { autoAnswer: true })
      await sip.wait('200', ({ status, callId }) => status === 200 && callId === dialog.callId)
      assert.equal(await alice.evaluate(() => engine.calls[0]?.mediaType), 'audio')
    })
  }
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import { hears } from './harness.ts'
import { tagOf } from './harness/raw-sip.ts'
import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

const [browser = 'chromium'] = browserNames

interface Case {
  readonly title: string
  readonly run: (stage: RawStage) => Promise<void>
}

const parts = (boundary: string, ...contents: readonly string[]): string =>
  [...contents.map((content) => `--${boundary}\r\n${content}\r\n`), `--${boundary}--\r\n`].join('')

const sdpPart = (sdp: string): string => `Content-Type: application/sdp\r\n\r\n${sdp}`
const optionalPart =
  'Content-Type: application/pidf+xml\r\nContent-Disposition: render;handling=optional\r\n\r\n<presence/>'

/** An invitation that is not as most are, and rings all the same. */
const rings_: readonly Case[] = (
  [
    ['a tel: From', { from: '<tel:+14155550101>' }],
    ['a tel: To', { to: '<tel:+14155550100>' }],
    ['a tel: Contact', { contact: '<tel:+14155550101>' }],
    ['a host in From that begins with a digit', { from: '<sip:2001@1af019b2ba08>' }],
    ['a host in Contact that begins with a digit', { contact: '<sip:2001@1af019b2ba08:5060;transport=ws>' }],
    ['a raw # in From', { from: '<sip:*31#555@example.com>' }],
    ['a name without quotes that would need them', { from: 'Bob (Sales) <sip:bob@example.com>' }],
  ] as const
).map(([title, options]) => ({
  title: `${title} rings, is answered and ends`,
  async run(stage) {
    await stage.signIn()
    const dialog = await stage.incoming(options)
    const from = stage.sip.heard.length
    await stage.alice.evaluate(() => softphone.line().leg.end())
    const bye = await stage.sip.request('BYE', from)
    // The name is no part of the dialog, and a # belongs in an escape.
    assert.equal(bye.header('to'), dialog.local.replace(/^[^<]*/, '').replace('#', '%23'))
    assert.equal(bye.uri, dialog.contact.replace(/^<|>$/g, ''))
  },
}))

/** A body that is SDP, said in another way than most say it. */
const bodies: readonly Case[] = (
  [
    [
      'Content-Type with a parameter',
      (sdp: string) => ({ fields: ['Content-Type: application/sdp;charset=utf-8'], body: sdp }),
    ],
    ['Content-Type in capitals', (sdp: string) => ({ fields: ['c: Application/SDP'], body: sdp })],
    [
      'multipart/mixed',
      (sdp: string) => ({
        fields: ['Content-Type: multipart/mixed;boundary=b1'],
        body: parts('b1', sdpPart(sdp), optionalPart),
      }),
    ],
    [
      'multipart/mixed with a quoted boundary, and the SDP last',
      (sdp: string) => ({
        fields: ['Content-Type: Multipart/Mixed; boundary="b 1"'],
        body: parts('b 1', optionalPart, sdpPart(sdp)),
      }),
    ],
  ] as const
).flatMap(([title, content]) => [
  {
    title: `${title}: rings, is answered, and the call can be held`,
    async run(stage: RawStage) {
      await stage.signIn()
      const dialog = await stage.ringing(content(await stage.offer()))
      const answer = await stage.answered(dialog)
      assert.equal(answer.status, 200)
      dialog.send('ACK')
      await stage.accept(answer.body)
      await stage.connected()
      const from = stage.sip.heard.length
      const holding = stage.alice.evaluate(() => softphone.line().leg.hold())
      const invite = await stage.sip.request('INVITE', from)
      const { fields, body } = content(await stage.answerTo(invite.body))
      stage.sip.reply(invite, '200 OK', { fields: [`Contact: ${dialog.contact}`, ...fields], body, tag: dialog.tag })
      await holding
    },
  },
  {
    title: `${title}: is taken in re-INVITE and UPDATE`,
    async run(stage: RawStage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      for (const method of ['INVITE', 'UPDATE']) {
        const answer = await dialog.ask(method, content(await stage.offer()))
        assert.equal(answer.status, 200)
        if (method === 'INVITE') dialog.send('ACK')
        await stage.accept(answer.body)
      }
    },
  },
])

/** A request that cannot be taken, and what it is told. */
const refusals: readonly Case[] = (
  [
    ['an unknown Require', { fields: ['Require: x-unknown'] }, 420, ['Unsupported', /^x-unknown$/]],
    [
      'an unknown Require beside a known one',
      { fields: ['Require: timer, x-unknown'] },
      420,
      ['Unsupported', /^x-unknown$/],
    ],
    [
      'a body that is no SDP',
      { fields: ['Content-Type: text/plain'], body: 'hello' },
      415,
      ['Accept', /application\/sdp/],
    ],
    [
      'a body in gzip',
      { fields: ['Content-Type: application/sdp', 'Content-Encoding: gzip'], body: 'x' },
      415,
      ['Accept-Encoding', /identity/],
    ],
    ['a From that cannot be read', { from: '"Bob <sip:bob@example.com>' }, 400, null],
    ['a request for a tel: number', { uri: 'tel:+14155550100' }, 416, null],
    [
      'a session that is to be refreshed too often',
      { fields: ['Supported: timer', 'Session-Expires: 10;refresher=uas'] },
      422,
      ['Min-SE', /^90$/],
    ],
    ['a Content-Length below 0', { fields: ['Content-Length: -1'] }, 400, null],
    ['two methods in one', { fields: ['CSeq: 4 OPTIONS'] }, 400, null],
  ] as const
).map(([title, options, status, field]) => ({
  title: `${title} is refused with ${status}`,
  async run(stage) {
    await stage.signIn()
    const dialog = stage.sip.call({ body: await stage.offer(), ...options })
    const answer = await stage.sip.wait(
      'a final answer',
      (message) => message.status >= 200 && message.callId === dialog.callId,
    )
    assert.equal(answer.status, status)
    if (field) assert.match(answer.header(field[0]), field[1])
    assert.deepEqual(await stage.alice.evaluate(() => softphone.heard.map(({ name }) => name)), [])
  },
}))

/** An answer to a call of ours that is not as most are, and is taken. */
const takenAnswers: readonly Case[] = (
  [
    [
      'a host in Contact that begins with a digit',
      ['Contact: <sip:bob@1af019b2ba08:5060>'],
      'sip:bob@1af019b2ba08:5060',
    ],
    ['a tel: Contact', ['Contact: <tel:+14155550101>'], 'tel:+14155550101'],
    ['a raw # in Contact', ['Contact: <sip:**21*55#@example.com>'], 'sip:**21*55%23@example.com'],
  ] as const
).map(([title, fields, target]) => ({
  title: `${title} of a 200: the call is up and ends`,
  async run(stage) {
    await stage.signIn()
    await stage.outgoing({ fields })
    const from = stage.sip.heard.length
    await stage.alice.evaluate(() => softphone.line().leg.end())
    assert.equal((await stage.sip.request('BYE', from)).uri, target)
  },
}))

const answers: readonly Case[] = [
  ...takenAnswers,
  {
    title: 'a 200 without Contact gets ACK and BYE, and ends the call in words',
    async run(stage) {
      await stage.signIn()
      const invite = await stage.dials()
      const dialog = stage.sip.callee(invite, '')
      dialog.reply('180 Ringing')
      dialog.reply('200 OK', { body: await stage.answerTo(invite.body) })
      const [ack, bye] = [await stage.sip.request('ACK'), await stage.sip.request('BYE')]
      assert.equal(tagOf(ack.header('to')), dialog.tag)
      assert.equal(tagOf(bye.header('to')), dialog.tag)
      const end = await stage.end()
      assert.equal(end.reason, 'failed')
      assert.match(end.message ?? '', /Contact/)
      assert.equal(stage.sip.heard.filter(({ method, status }) => method === 'ACK' && status === 0).length, 1)
    },
  },
  {
    title: 'a final answer that cannot be read ends the call in words',
    async run(stage) {
      await stage.signIn()
      const invite = await stage.dials()
      const dialog = stage.sip.callee(invite)
      dialog.reply('180 Ringing')
      dialog.reply('302 Moved', { fields: ['Contact: <<>>'] })
      assert.equal((await stage.end()).reason, 'failed')
    },
  },
  {
    title: 'a redirection within the own domain is followed',
    async run(stage) {
      await stage.signIn()
      const dialog = stage.sip.callee(await stage.dials())
      const from = stage.sip.heard.length
      dialog.reply('302 Moved', { fields: ['Contact: <sip:carol@example.com>'] })
      assert.match((await stage.sip.request('INVITE', from)).first, /^INVITE sip:carol@example\.com /)
    },
  },
  ...['sip:carol@elsewhere.example', 'sip:carol@example.com.elsewhere.example', 'sip:19005550100@example.com'].map(
    (target) => ({
      title: `a redirection to ${target} is told, and not followed`,
      async run(stage: RawStage) {
        await stage.signIn()
        const dialog = stage.sip.callee(await stage.dials())
        dialog.reply('180 Ringing')
        dialog.reply('302 Moved', { fields: [`Contact: <${target}>`] })
        const end = await stage.end()
        assert.equal(end.reason, 'failed')
        assert.ok(end.message?.includes(target.slice('sip:'.length)), end.message)
        assert.equal(stage.sip.heard.filter(({ method, status }) => method === 'INVITE' && status === 0).length, 1)
      },
    }),
  ),
]

const others: readonly Case[] = [
  {
    title: 'OPTIONS without a user part is answered',
    async run(stage) {
      await stage.signIn()
      const dialog = stage.sip.call({ method: 'OPTIONS', uri: 'sip:127.0.0.1' })
      assert.equal((await stage.sip.final(dialog.callId, 'OPTIONS')).status, 200)
    },
  },
  {
    title: 'a Request-URI in other case than the account rings',
    async run(stage) {
      await stage.signIn({}, 'Alice.B@example.com')
      await stage.ringing({ uri: 'sip:alice.b@example.com;gr=urn:uuid:1' })
    },
  },
  {
    title: 'an invitation that wants its provisional answers confirmed gets them so (RFC 3262)',
    async run(stage) {
      await stage.signIn()
      const dialog = stage.sip.call({ body: await stage.offer(), fields: ['Require: 100rel'] })
      const ringing = await stage.sip.wait('180', ({ status }) => status === 180)
      assert.match(ringing.header('require'), /100rel/)
      const sequence = Number(ringing.header('rseq'))
      assert.ok(sequence > 0)
      dialog.remote = ringing.header('to')
      const again = stage.sip.heard.length
      await stage.sip.wait('180 once more', ({ status }) => status === 180, again)
      const wrong = await dialog.ask('PRACK', { fields: [`RAck: ${sequence + 7} 101 INVITE`] })
      assert.equal(wrong.status, 481)
      const confirmed = await dialog.ask('PRACK', { fields: [`RAck: ${sequence} 101 INVITE`] })
      assert.equal(confirmed.status, 200)
      assert.equal((await stage.answered(dialog)).status, 200)
    },
  },
  {
    title: 'a reliable provisional answer to us is confirmed, each once (RFC 3262)',
    async run(stage) {
      await stage.signIn()
      const invite = await stage.dials()
      assert.match(invite.header('supported'), /100rel/)
      const dialog = stage.sip.callee(invite)
      const body = await stage.answerTo(invite.body)
      for (let time = 0; time < 2; time++)
        dialog.reply('183 Session Progress', { fields: ['Require: 100rel', 'RSeq: 41'], body })
      const prack = await stage.sip.request('PRACK')
      assert.equal(prack.header('rack'), `41 ${invite.header('cseq')}`)
      assert.equal(tagOf(prack.header('to')), dialog.tag)
      stage.sip.reply(prack, '200 OK')
      dialog.reply('180 Ringing', { fields: ['Require: 100rel', 'RSeq: 42'] })
      const from = stage.sip.heard.indexOf(prack) + 1
      const next = await stage.sip.request('PRACK', from)
      assert.equal(next.header('rack'), `42 ${invite.header('cseq')}`)
      stage.sip.reply(next, '200 OK')
      dialog.reply('200 OK', { body })
      await hears(stage.alice, 'established')
      await stage.alice.evaluate(() => softphone.line().leg.end())
      const bye = await stage.sip.request('BYE')
      assert.ok(Number.parseInt(bye.header('cseq')) > Number.parseInt(next.header('cseq')))
    },
  },
]

describe('messages that are odd and valid', () => {
  const stage = useRawStage(browser)

  for (const { title, run } of [...rings_, ...bodies, ...refusals, ...answers, ...others]) {
    it(title, async () => {
      await run(await stage())
    })
  }
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import { heardNames, hears, hearsSound } from './harness.ts'

import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

const [browser = 'chromium'] = browserNames

interface Case {
  readonly title: string
  readonly run: (stage: RawStage) => Promise<void>
}

const closedVideo = 'm=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n'
const withoutMids = (sdp: string): string => sdp.replace(/^a=(mid|group):.*\r\n/gm, '')
const onlyG729 = (sdp: string): string =>
  sdp.replace(/^(m=audio \d+ \S+) .*$/m, '$1 18').replace(/^a=(rtpmap|fmtp|rtcp-fb):.*\r\n/gm, '')
const candidates = (sdp: string): number => sdp.match(/^a=candidate:/gm)?.length ?? 0
const direction = (sdp: string): string | undefined => /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(sdp)?.[1]

/** An invitation with a section that is closed, which is answered so (RFC 3264, 6). */
const closedSections: readonly Case[] = (
  [
    ['m=video at port 0, with a mid', (sdp: string) => `${sdp}${closedVideo}a=mid:9\r\na=rtpmap:96 VP8/90000\r\n`],
    ['m=video at port 0, without mids', (sdp: string) => `${withoutMids(sdp)}${closedVideo}`],
    ['m=image at port 0', (sdp: string) => `${sdp}m=image 0 udptl t38\r\nc=IN IP4 192.0.2.5\r\na=mid:9\r\n`],
    [
      'm=text that nobody knows',
      (sdp: string) => `${withoutMids(sdp)}m=text 11000 RTP/AVP 98\r\nc=IN IP4 192.0.2.5\r\n`,
    ],
  ] as const
).map(([title, change]) => ({
  title: `${title} beside the audio is answered, and both are heard`,
  async run(stage) {
    await stage.signIn()
    const offer = change(await stage.offer())
    const dialog = await stage.ringing({ body: offer })
    const { status, body } = await stage.answered(dialog)
    assert.equal(status, 200)
    dialog.send('ACK')
    // The far side's own connection knows of the audio alone.
    const [session = '', audio = '', ...others] = body.split(/^(?=m=)/m)
    assert.match(others.join(), /^m=\w+ 0 /)
    await stage.accept(session.replace(/^(a=group:BUNDLE \S+).*$/m, '$1') + audio)
    await stage.connected()
    await Promise.all([hearsSound(stage.alice), stage.farHears()])
  },
}))

/** A new offer in a call that is refused, and leaves the call as it was. */
const refusedOffers: readonly Case[] = (
  [
    ['a payload type with another codec', (sdp: string) => sdp.replace('opus/48000/2', 'x-other/48000/2')],
    ['a mid of another name', (sdp: string) => sdp.replace(/^a=mid:0/m, 'a=mid:7').replace('BUNDLE 0', 'BUNDLE 7')],
    ['a group with a section that is not there', (sdp: string) => sdp.replace('BUNDLE 0', 'BUNDLE 0 1')],
    ['no codec of ours', onlyG729],
  ] as const
).flatMap(([title, change]) =>
  ['INVITE', 'UPDATE'].map((method) => ({
    title: `${title} in ${method} is refused with 488, and the call goes on`,
    async run(stage: RawStage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const body = change(await stage.offer())
      assert.equal((await dialog.ask(method, { body })).status, 488)
      await stage.far.evaluate(() => farMedia.rollback())
      await stage.stillUp(dialog)
    },
  })),
)

/** What the far side says of a hold, and how. */
const holds: readonly Case[] = [
  {
    title: 'a re-INVITE without SDP, and sendonly in the ACK, is a hold',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      for (const [how, event] of [
        ['sendonly', 'held'],
        ['sendrecv', 'resumed'],
      ] as const) {
        const answer = await dialog.ask('INVITE')
        dialog.send('ACK', { body: await stage.answerTo(answer.body, { direction: how }) })
        await hears(stage.alice, event)
      }
    },
  },
  {
    title: 'a direction for the whole session is one of the section',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const offer = await stage.offer()
      const body = offer.replace(/^a=sendrecv\r\n/m, '').replace(/^t=0 0\r\n/m, 't=0 0\r\na=sendonly\r\n')
      const answer = await dialog.ask('INVITE', { body })
      dialog.send('ACK')
      await hears(stage.alice, 'held')
      assert.equal(direction(answer.body), 'recvonly')
    },
  },
  {
    title: 'a hold of ours answered by sendrecv is a hold',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const from = stage.sip.heard.length
      const holding = stage.alice.evaluate(() => softphone.line().leg.hold())
      const invite = await stage.sip.request('INVITE', from)
      const body = (await stage.answerTo(invite.body)).replace('a=recvonly', 'a=sendrecv')
      stage.sip.reply(invite, '200 OK', { fields: [`Contact: ${dialog.contact}`], body, tag: dialog.tag })
      await holding
    },
  },
  {
    title: 'an UPDATE without SDP is answered while an offer of ours is open',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const from = stage.sip.heard.length
      const holding = stage.alice.evaluate(() => softphone.line().leg.hold())
      const invite = await stage.sip.request('INVITE', from)
      assert.equal((await dialog.ask('UPDATE')).status, 200)
      await stage.takes(invite, dialog)
      await holding
    },
  },
]

/** A session interval that is too short for the far side (RFC 4028, 7.3 and 7.4). */
const intervals: readonly Case[] = [
  {
    title: 'a call that is refused for its session interval is made again with a longer one',
    async run(stage) {
      await stage.signIn()
      const invite = await stage.dials()
      assert.match(invite.header('session-expires'), /^1800/)
      const from = stage.sip.heard.length
      stage.sip.reply(invite, '422 Session Interval Too Small', { fields: ['Min-SE: 3600'] })
      const again = await stage.sip.request('INVITE', from)
      assert.match(again.header('session-expires'), /^3600/)
      assert.equal(again.header('min-se'), '3600')
      const dialog = stage.sip.callee(again)
      dialog.reply('200 OK', { body: await stage.answerTo(again.body) })
      await hears(stage.alice, 'established')
    },
  },
  {
    title: 'a hold that is refused for its session interval is offered again with a longer one',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const from = stage.sip.heard.length
      const holding = stage.alice.evaluate(() => softphone.line().leg.hold())
      const invite = await stage.sip.request('INVITE', from)
      const next = stage.sip.heard.length
      stage.sip.reply(invite, '422 Session Interval Too Small', { fields: ['Min-SE: 3600'], tag: dialog.tag })
      const again = await stage.sip.request('INVITE', next)
      assert.match(again.header('session-expires'), /^3600/)
      await stage.takes(again, dialog)
      await holding
    },
  },
]

const others: readonly Case[] = [
  {
    title: 'an invitation without a codec of ours is refused with 488',
    async run(stage) {
      await stage.signIn()
      const dialog = stage.sip.call({ body: onlyG729(await stage.offer()) })
      assert.equal((await stage.sip.final(dialog.callId, 'INVITE')).status, 488)
      assert.deepEqual(await stage.alice.evaluate(() => softphone.heard.length), 0)
    },
  },
  {
    title: 'an answer that JsSIP fails over ends the call in words, and the caller is told',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.ringing()
      await stage.alice.evaluate(() => {
        const failing = { createAnswer: () => Promise.reject(new Error('No answer')) }
        Object.assign(RTCPeerConnection.prototype, failing)
      })
      stage.alice.forgive(/AbortError/)
      const answer = await stage.answered(dialog)
      assert.ok(answer.status >= 400, answer.first)
      assert.equal((await stage.end()).reason, 'failed')
    },
  },
  {
    title: 'a restart of the far side is answered with our candidates',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const answer = await dialog.ask('INVITE', { body: await stage.offer({ restart: true }) })
      assert.ok(candidates(answer.body) > 0, answer.body)
      dialog.send('ACK')
    },
  },
  {
    title: 'a restart of ours is offered with our candidates',
    async run(stage) {
      await stage.signIn()
      await stage.incoming()
      const from = stage.sip.heard.length
      await stage.alice.evaluate(() => {
        softphone
          .line()
          .leg.restartMedia()
          .catch(() => {})
      })
      const invite = await stage.sip.request('INVITE', from)
      assert.ok(candidates(invite.body) > 0, invite.body)
    },
  },
  {
    title: 'video that the far side takes away by port 0 is gone without a question',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const offer = await stage.offer({ video: true })
      const answer = await dialog.ask('INVITE', { body: offer })
      dialog.send('ACK')
      await stage.accept(answer.body)
      await hears(stage.alice, 'change-requested')
      await stage.far.evaluate(() => farMedia.stopPicture())
      const gone = await dialog.ask('INVITE', { body: await stage.offer() })
      dialog.send('ACK')
      assert.match(gone.body, /^m=video 0 /m)
      await hears(stage.alice, 'change-withdrawn')
      await stage.accept(gone.body)
      const again = await dialog.ask('INVITE', { body: await stage.offer({ video: true }) })
      dialog.send('ACK')
      await stage.accept(again.body)
      await hears(stage.alice, 'change-requested', 2)
    },
  },
  {
    title: 'a picture that both sent and the far side takes away by port 0 is gone without a question',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      const answer = await dialog.ask('INVITE', { body: await stage.offer({ video: true }) })
      dialog.send('ACK')
      await stage.accept(answer.body)
      await hears(stage.alice, 'change-requested')
      const from = stage.sip.heard.length
      const accepting = stage.alice.evaluate(() => softphone.line().leg.answerChange(true))
      const ours = await stage.sip.request('INVITE', from)
      await stage.takes(ours, dialog)
      await accepting
      await stage.far.evaluate(() => farMedia.stopPicture())
      await dialog.ask('INVITE', { body: await stage.offer() })
      dialog.send('ACK')
      await stage.alice.until('video is gone', () => softphone.line().leg.mediaType === 'audio')
      assert.equal((await heardNames(stage.alice)).filter((name) => name === 'change-requested').length, 1)
    },
  },
  {
    title: 'an offer that is cancelled when the phone has hung up is ended',
    async run(stage) {
      await stage.signIn()
      const dialog = await stage.incoming()
      await stage.alice.evaluate(() => {
        const { leg } = softphone.line()
        leg.on('change-requested', () => void leg.end().catch(() => {}))
      })
      const body = await stage.offer({ video: true })
      const from = stage.sip.heard.length
      dialog.send('INVITE', { body })
      await stage.sip.request('BYE', from)
      dialog.send('CANCEL')
      const final = await stage.sip.final(dialog.callId, 'INVITE', from)
      const cancelled = await stage.sip.final(dialog.callId, 'CANCEL', from)
      assert.deepEqual([final.status, cancelled.status], [487, 200])
    },
  },
]

describe('offers and answers that are odd and valid', () => {
  const stage = useRawStage(browser)

  for (const { title, run } of [...closedSections, ...refusedOffers, ...holds, ...intervals, ...others]) {
    it(title, async () => {
      await run(await stage())
    })
  }
})

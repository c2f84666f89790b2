import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SdpHistory } from './sdp-history.ts'

const sdp = (...lines: readonly string[]): string => ['v=0', 's=-', 't=0 0', ...lines, ''].join('\r\n')

const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 111 0', 'a=mid:0', 'a=rtpmap:111 opus/48000/2', 'a=extmap:1 urn:x:level']
const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:1', 'a=rtpmap:96 VP8/90000', 'a=extmap:2 urn:x:time']
const both = sdp('a=group:BUNDLE 0 1', ...audio, ...video)

function after(...descriptions: readonly string[]): SdpHistory {
  const history = new SdpHistory()
  for (const description of descriptions) history.learn(description)
  return history
}

describe('the history of a session', () => {
  for (const [what, before, now] of [
    ['the same again', both, both],
    ['a codec under another number', both, both.replaceAll('111', '109')],
    ['a codec in other letters', both, both.replace('opus/48000/2', 'OPUS/48000/2')],
    ['one channel, said', both.replace('48000/2', '48000'), both.replace('48000/2', '48000/1')],
    ['fewer codecs', both, both.replace('a=rtpmap:96 VP8/90000\r\n', '')],
    ['one more section', sdp(...audio), both],
    ['a section that is closed', both, both.replace('m=video 9', 'm=video 0')],
    [
      'another kind in a section that was closed',
      both.replace('m=video 9', 'm=video 0'),
      sdp('a=group:BUNDLE 0 7', ...audio, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:7'),
    ],
    ['a section out of its group', both, both.replace('BUNDLE 0 1', 'BUNDLE 0')],
    [
      'a bundle-only section at port 0',
      both,
      both.replace('m=video 9', 'm=video 0').replace('a=mid:1', 'a=mid:1\r\na=bundle-only'),
    ],
    ['an extension that waits for a number', both, both.replace('extmap:2', 'extmap:4097')],
    ['lines without a carriage return', both, both.replaceAll('\r', '')],
  ] as const) {
    it(`takes ${what}`, () => assert.equal(after(before).faultOf(now), null))
  }

  for (const [what, now, fault] of [
    ['a number with another codec', both.replace('opus/48000/2', 'iLBC/8000'), /Payload type 111 is opus/],
    ['a number with another rate', both.replace('opus/48000/2', 'opus/16000/2'), /Payload type 111/],
    [
      'a number with two codecs',
      both.replace('a=mid:0', 'a=mid:0\r\na=rtpmap:5 a/1\r\na=rtpmap:5 b/1'),
      /Payload type 5/,
    ],
    [
      'a number that means two things in one group',
      both.replace('a=rtpmap:96', 'a=rtpmap:0 PCMU/8000\r\na=rtpmap:111'),
      /Payload type 111/,
    ],
    ['another extension under a number', both.replace('urn:x:level', 'urn:x:other'), /extension 1 is urn:x:level/],
    ['two extensions under a number of a group', both.replace('extmap:2', 'extmap:1'), /extension 1/],
    ['an extension under no number', both.replace('extmap:2', 'extmap:0'), /0 is no number/],
    ['another mid', both.replace('a=mid:1', 'a=mid:9').replace('BUNDLE 0 1', 'BUNDLE 0 9'), /mid 1 became 9/],
    [
      'mids that changed places',
      both.replace('a=mid:0', 'a=mid:x').replace('a=mid:1', 'a=mid:0').replace('a=mid:x', 'a=mid:1'),
      /mid 1 moved/,
    ],
    ['one mid twice', both.replace('a=mid:1', 'a=mid:0').replace('BUNDLE 0 1', 'BUNDLE 0'), /Two sections/],
    ['a group with somebody who is not there', both.replace('BUNDLE 0 1', 'BUNDLE 0 1 2'), /no section with the mid 2/],
    ['a group with somebody twice', both.replace('BUNDLE 0 1', 'BUNDLE 0 1 1'), /twice/],
    ['a missing section', sdp(...audio), /missing/],
    ['another kind', both.replace('m=video', 'm=application'), /video became application/],
  ] as const) {
    it(`refuses ${what}`, () => assert.match(after(both).faultOf(now) ?? '', fault))
  }

  it('refuses a move from one group to another', () => {
    const apart = sdp('a=group:BUNDLE 0', 'a=group:BUNDLE 1', ...audio, ...video)
    assert.match(after(apart).faultOf(both) ?? '', /changed its group/)
  })

  it('remembers what a later description left out', () => {
    const without = both.replace('a=rtpmap:111 opus/48000/2\r\n', '')
    assert.match(after(both, without).faultOf(both.replace('opus/48000/2', 'iLBC/8000')) ?? '', /Payload type 111/)
  })

  it('takes or refuses any text', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('m=audio 9 x 1', 'a=mid:', 'a=rtpmap:', 'a=extmap:1', 'a=group:BUNDLE'),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const history = after(both)
        history.learn(lines.join('\n'))
        const fault = history.faultOf(lines.join('\n'))
        assert.ok(fault === null || fault.length > 0)
      }),
    )
  })
})

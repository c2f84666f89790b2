import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  candidatesOf,
  holdOffer,
  isHold,
  laterAnswer,
  withoutExtensions,
  withPictureIds,
} from '../src/janus/session-description.ts'

const lines = (...texts: readonly string[]): string => texts.join('\r\n') + '\r\n'

const roomOffer = lines(
  'v=0',
  's=AudioBridge',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=sendrecv',
  'a=mid:0',
  'a=ice-ufrag:room',
  'a=setup:actpass',
  'a=rtpmap:111 opus/48000/2',
)

const offer = (direction: string, ...more: readonly string[]): string =>
  lines('v=0', 'a=ice-ufrag:mine', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', `a=${direction}`, 'a=mid:0', ...more)

describe('the answer to a later offer', () => {
  for (const [asked, answered] of [
    ['sendrecv', 'sendrecv'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
  ] as const) {
    it(`to ${asked} is ${answered}`, () => {
      assert.ok(laterAnswer(roomOffer, offer(asked), 'mine')?.includes(`\r\na=${answered}\r\n`))
    })
  }

  it('has the room on the passive side of DTLS', () => {
    assert.ok(laterAnswer(roomOffer, offer('sendrecv'), 'mine')?.includes('\r\na=setup:passive\r\n'))
  })

  it('refuses every further section', () => {
    const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=sendrecv', 'a=mid:1']
    const answer = laterAnswer(roomOffer, offer('sendrecv', ...video), 'mine')
    assert.ok(answer?.endsWith('m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:1\r\n'))
  })

  it('is none where the offer asks for another path', () => {
    assert.equal(laterAnswer(roomOffer, offer('sendrecv'), 'another'), null)
  })
})

describe('the offer that tells of a hold', () => {
  const answered = lines(
    'v=0',
    'o=- 17 4 IN IP4 127.0.0.1',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=sendrecv',
    'a=setup:active',
    'm=video 0 UDP/TLS/RTP/SAVPF 96',
    'a=inactive',
  )

  it('stops the sound both ways', () => assert.ok(isHold(holdOffer(answered, true, 0))))

  it('lets it flow again', () => {
    const held = holdOffer(answered, true, 0)
    assert.equal(isHold(holdOffer(held, false, 0)), false)
  })

  it('has a version of its own each time', () => {
    assert.ok(holdOffer(answered, true, 0).includes('o=- 17 5 IN'))
    assert.ok(holdOffer(answered, false, 1).includes('o=- 17 6 IN'))
  })

  it('leaves the part in DTLS to the other side, which has one', () => {
    assert.ok(holdOffer(answered, true, 0).includes('\r\na=setup:actpass\r\n'))
  })

  it('keeps the sections that nothing flows in', () => {
    assert.ok(holdOffer(answered, false, 0).endsWith('m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=inactive\r\n'))
  })
})

describe('isHold', () => {
  for (const [direction, hold] of [
    ['sendrecv', false],
    ['recvonly', false],
    ['sendonly', true],
    ['inactive', true],
  ] as const) {
    it(`is ${String(hold)} for ${direction}`, () => assert.equal(isHold(offer(direction)), hold))
  }

  it('is about sound alone', () => {
    assert.equal(isHold(offer('sendrecv', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=inactive')), false)
  })
})

describe('withoutExtensions', () => {
  it('takes the header extensions out, and nothing else', () => {
    const extended = roomOffer.replace('a=mid:0', 'a=extmap-allow-mixed\r\na=mid:0\r\na=extmap:1 urn:x')
    assert.equal(withoutExtensions(extended), roomOffer)
  })
})

describe('withPictureIds', () => {
  it('gives each track an id that no sound has, and leaves its stream', () => {
    const offer = lines('v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=msid:janus janus0', 'a=ssrc:7 msid:janus janus0')
    const named = lines(
      'v=0',
      'm=video 9 UDP/TLS/RTP/SAVPF 96',
      'a=msid:janus picture-janus0',
      'a=ssrc:7 msid:janus picture-janus0',
    )
    assert.equal(withPictureIds(offer), named)
  })
})

describe('candidatesOf', () => {
  it('gives each with the section it is for', () => {
    const sdpfrag = lines(
      'a=ice-ufrag:x',
      'm=audio 9 RTP/AVP 0',
      'a=mid:1',
      'a=candidate:1 1 udp 1 192.0.2.1 9 typ host',
    )
    assert.deepEqual(candidatesOf(sdpfrag), [{ candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '1' }])
  })

  it('gives nothing of what holds none', () => {
    assert.deepEqual(candidatesOf('a=end-of-candidates\r\n'), [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultConnectionSettings } from './connection-settings.ts'
import {
  codecsOf,
  directionOf,
  isAcceptable,
  isAllowedCandidate,
  isHold,
  mediaTypeOf,
  withDirections,
  withoutForbiddenCandidates,
} from './sdp.ts'

const session = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0']

function sdp(...lines: readonly string[]): string {
  return [...session, ...lines, ''].join('\r\n')
}

const audio = (...lines: readonly string[]) => [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
  'a=rtpmap:111 opus/48000/2',
  ...lines,
]
const video = (...lines: readonly string[]) => ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000', ...lines]

describe('the direction of a section', () => {
  for (const direction of ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const) {
    it(`is ${direction} where it says so`, () => {
      assert.equal(directionOf(sdp(...audio(`a=${direction}`)), 'audio'), direction)
    })
  }

  it('is sendrecv where nothing says otherwise', () => {
    assert.equal(directionOf(sdp(...audio()), 'audio'), 'sendrecv')
  })

  it('is the session’s where the section has none', () => {
    assert.equal(directionOf(sdp('a=inactive', ...audio()), 'audio'), 'inactive')
  })

  it('is its own where both have one', () => {
    assert.equal(directionOf(sdp('a=inactive', ...audio('a=sendonly')), 'audio'), 'sendonly')
  })

  it('does not come from another section', () => {
    assert.equal(directionOf(sdp(...audio('a=inactive'), ...video()), 'video'), 'sendrecv')
  })

  it('is none where there is no such section', () => {
    assert.equal(directionOf(sdp(...audio()), 'video'), null)
  })

  it('is none where the section is refused', () => {
    assert.equal(directionOf(sdp('m=video 0 UDP/TLS/RTP/SAVPF 96', 'a=sendrecv'), 'video'), null)
  })

  it('counts at port 0 where the section is bundle-only', () => {
    assert.equal(directionOf(sdp('m=video 0 UDP/TLS/RTP/SAVPF 96', 'a=bundle-only', 'a=sendonly'), 'video'), 'sendonly')
  })

  it('is inactive at the null address of an old hold', () => {
    assert.equal(directionOf(sdp(...audio('c=IN IP4 0.0.0.0', 'a=sendrecv')), 'audio'), 'inactive')
  })

  it('does not heed the null address where ICE finds the real one', () => {
    const text = sdp(...audio('c=IN IP4 0.0.0.0', 'a=ice-ufrag:abcd', 'a=sendrecv'))
    assert.equal(directionOf(text, 'audio'), 'sendrecv')
  })
})

describe('what a description sends', () => {
  it('is audio without a picture', () => {
    assert.equal(mediaTypeOf(sdp(...audio())), 'audio')
  })

  for (const direction of ['sendrecv', 'sendonly']) {
    it(`is video with a ${direction} picture`, () => {
      assert.equal(mediaTypeOf(sdp(...audio(), ...video(`a=${direction}`))), 'video')
    })
  }

  for (const direction of ['recvonly', 'inactive']) {
    it(`is audio with a ${direction} picture`, () => {
      assert.equal(mediaTypeOf(sdp(...audio(), ...video(`a=${direction}`))), 'audio')
    })
  }
})

describe('a hold', () => {
  for (const [direction, hold] of [
    ['sendonly', true],
    ['inactive', true],
    ['sendrecv', false],
    ['recvonly', false],
  ] as const) {
    it(`is ${hold ? '' : 'not '}meant by ${direction} sound`, () => {
      assert.equal(isHold(sdp(...audio(`a=${direction}`))), hold)
    })
  }

  it('is not meant by an inactive picture', () => {
    assert.equal(isHold(sdp(...audio('a=sendrecv'), ...video('a=inactive'))), false)
  })
})

describe('a candidate', () => {
  const host = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host'
  const relay = 'candidate:2 1 udp 41885439 198.51.100.7 6000 typ relay raddr 192.0.2.1 rport 5000'
  const ipv6 = 'candidate:3 1 udp 2122262783 2001:db8::1 5000 typ host'

  it('may be used by default', () => {
    assert.equal(isAllowedCandidate(host, defaultConnectionSettings), true)
  })

  it('may be written as an attribute', () => {
    assert.equal(isAllowedCandidate(`a=${relay}`, { ...defaultConnectionSettings, iceTransport: 'relay' }), true)
  })

  it('must be a relay’s where only relays are allowed', () => {
    assert.equal(isAllowedCandidate(host, { ...defaultConnectionSettings, iceTransport: 'relay' }), false)
  })

  it('is never used where none is allowed', () => {
    assert.equal(isAllowedCandidate(relay, { ...defaultConnectionSettings, iceTransport: 'none' }), false)
  })

  it('of IPv6 is used only where that is allowed', () => {
    assert.equal(isAllowedCandidate(ipv6, defaultConnectionSettings), false)
    assert.equal(isAllowedCandidate(ipv6, { ...defaultConnectionSettings, ipv6: true }), true)
  })

  it('that is forbidden is taken out of a description, and nothing else is', () => {
    const text = sdp(...audio(`a=${host}`, `a=${ipv6}`, 'a=sendrecv'))
    const left = withoutForbiddenCandidates(text, defaultConnectionSettings)
    assert.equal(left, sdp(...audio(`a=${host}`, 'a=sendrecv')))
  })
})

describe('the codecs of a description', () => {
  it('are the first of each section', () => {
    assert.deepEqual(codecsOf(sdp(...audio(), ...video())), ['opus', 'VP8'])
  })

  it('leave out a section that was refused', () => {
    const refused = ['m=video 0 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000']
    assert.deepEqual(codecsOf(sdp(...audio(), ...refused)), ['opus'])
  })

  it('leave out a codec that is not named', () => {
    assert.deepEqual(codecsOf(sdp('m=audio 9 RTP/AVP 0')), [])
  })
})

describe('an offer', () => {
  const codecs = { audio: new Set(['opus', 'pcmu', 'telephone-event']), video: new Set(['vp8', 'rtx']) }
  const section = (line: string, ...maps: readonly string[]) => [line, ...maps.map((map) => `a=rtpmap:${map}`)]

  for (const [what, lines, acceptable] of [
    ['a codec of ours', section('m=audio 9 RTP/SAVPF 111', '111 opus/48000/2'), true],
    ['a codec of ours in capitals', section('m=audio 9 RTP/SAVPF 111', '111 OPUS/48000/2'), true],
    ['a number that says its codec by itself', section('m=audio 9 RTP/SAVPF 0'), true],
    ['no codec of ours', section('m=audio 9 RTP/SAVPF 18 101', '101 telephone-event/8000'), false],
    ['no sound of ours beside a picture', [...section('m=audio 9 RTP/SAVPF 18'), ...video()], false],
    ['a picture alone', video(), true],
    ['nothing open', section('m=audio 0 RTP/SAVPF 18'), true],
  ] as const) {
    it(`with ${what} is ${acceptable ? 'taken' : 'refused'}`, () => {
      assert.equal(isAcceptable(sdp(...lines), codecs), acceptable)
    })
  }
})

describe('the directions of a description', () => {
  it('are said in each section', () => {
    assert.match(withDirections(sdp('a=sendonly', ...audio())), /m=audio[^]*a=sendonly\r\n$/)
  })

  for (const [offered, said, meant] of [
    ['sendonly', 'sendrecv', 'recvonly'],
    ['sendonly', 'inactive', 'inactive'],
    ['recvonly', 'sendrecv', 'sendonly'],
    ['inactive', 'sendrecv', 'inactive'],
    ['sendrecv', 'recvonly', 'recvonly'],
  ] as const) {
    it(`of an answer with ${said} to ${offered} is ${meant}`, () => {
      const answer = withDirections(sdp(...audio(`a=${said}`)), sdp(...audio(`a=${offered}`)))
      assert.equal(directionOf(answer, 'audio'), meant)
    })
  }
})

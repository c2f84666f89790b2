import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readFragment, writeFragment } from './sdp-fragment.ts'

const found = (sdpMid: string, port: number) =>
  ({
    candidate: `candidate:1 1 udp 2122260223 192.0.2.1 ${port} typ host`,
    sdpMid,
    usernameFragment: 'abcd',
  }) as RTCIceCandidate

describe('a fragment of candidates', () => {
  it('begins with the credentials, and names the section of each', () => {
    assert.equal(
      writeFragment([found('1', 5000)]),
      [
        'a=ice-ufrag:abcd',
        'm=audio 9 RTP/AVP 0',
        'a=mid:1',
        'a=candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host',
        '',
      ].join('\r\n'),
    )
  })

  it('is read as it was written', () => {
    const candidates = [found('0', 5000), found('0', 5001), found('1', 5002)]
    assert.deepEqual(readFragment(writeFragment(candidates)), candidates)
  })

  it('puts the candidates of one section together, in their order', () => {
    const read = readFragment(writeFragment([found('0', 1), found('1', 2), found('0', 3)]))
    assert.deepEqual(
      read.map(({ sdpMid, candidate }) => `${sdpMid} ${candidate?.split(' ')[5]}`),
      ['0 1', '0 3', '1 2'],
    )
  })

  it('may have bare line feeds', () => {
    assert.equal(readFragment(writeFragment([found('0', 1)]).replaceAll('\r\n', '\n')).length, 1)
  })

  it('that is none has no candidates', () => {
    assert.deepEqual(readFragment('<script>alert(1)</script>'), [])
    assert.deepEqual(readFragment(''), [])
  })
})

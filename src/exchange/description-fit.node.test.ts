import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fitOffer, pathlessOffer } from './description-fit.ts'

/** A description with a section for each of `sections`: `audio 0`, `video 1 refused`. */
function description(who: string, ...sections: readonly string[]): string {
  const mids = sections.filter((section) => !section.includes('refused')).map((section) => section.split(' ')[1])
  const lines = ['v=0', `o=${who} 1 1 IN IP4 127.0.0.1`, 's=-', 't=0 0', `a=group:BUNDLE ${mids.join(' ')}`]
  for (const section of sections) {
    const [kind = '', mid = ''] = section.split(' ')
    lines.push(`m=${kind} ${section.includes('refused') ? 0 : 9} UDP/TLS/RTP/SAVPF 111`, 'c=IN IP4 0.0.0.0')
    lines.push(
      'a=candidate:1 1 udp 1 127.0.0.1 4000 typ host',
      `a=ice-ufrag:${who}`,
      `a=ice-pwd:${who}-secret-secret-secret`,
    )
    lines.push(
      'a=setup:active',
      `a=mid:${mid}`,
      'a=extmap:3 urn:x',
      `a=${section.includes('held') ? 'recvonly' : 'sendrecv'}`,
    )
  }
  return `${lines.join('\r\n')}\r\n`
}

const outline = (sdp: string): readonly string[] =>
  [...sdp.matchAll(/^m=(\w+) (\d+)[^]*?^a=mid:(\S+)/gm)].map(([, kind, port, mid]) => `${kind} ${port} ${mid}`)

const bundle = (sdp: string): string | undefined => /^a=group:BUNDLE (.*)\r$/m.exec(sdp)?.[1]

for (const [what, offered, own, fitted] of [
  ['the same sections', ['audio 0'], ['audio 0'], ['audio 9 0']],
  ['names of its own', ['audio a', 'video v'], ['audio 0', 'video 1'], ['audio 9 0', 'video 9 1']],
  ['another order', ['video 0', 'audio 1'], ['audio 0', 'video 1'], ['audio 9 0', 'video 9 1']],
  ['no picture', ['audio 0'], ['audio 0', 'video 1'], ['audio 9 0', 'video 9 1']],
  ['no picture, which was refused before', ['audio 0'], ['audio 0', 'video 1 refused'], ['audio 9 0', 'video 0 1']],
  ['a picture more', ['audio 0', 'video 1'], ['audio 0'], ['audio 9 0', 'video 9 1']],
  ['a picture more whose name is taken', ['audio 1', 'video 0'], ['audio 0'], ['audio 9 0', 'video 9 new-0']],
  [
    'a section more that was refused',
    ['audio 0', 'video 1'],
    ['audio 0', 'video x refused'],
    ['audio 9 0', 'video 9 x'],
  ],
] as const) {
  describe(`an offer with ${what}`, () => {
    const offer = description('new', ...offered)
    const fit = fitOffer(offer, description('old', ...own))

    it('has the sections of the connection it is for, in its order, by its names', () => {
      assert.deepEqual(outline(fit.sdp), fitted)
      const live = fitted.filter((section) => !section.includes(' 0 ')).map((section) => section.split(' ')[2])
      assert.equal(bundle(fit.sdp), live.join(' '))
      assert.ok(!fit.sdp.includes('extmap'))
      assert.match(fit.sdp, /ice-ufrag:new/)
    })

    it('is answered for the sections of the connection that made it', () => {
      const answer = fit.answer(description('old', ...fitted.map((section) => section.replace(/ \d+ /, ' '))))
      assert.deepEqual(
        outline(answer).map((section) => section.replace(' 9 ', ' ')),
        offered,
      )
      assert.equal(bundle(answer), offered.map((section) => section.split(' ')[1]).join(' '))
      assert.match(answer, /ice-ufrag:old/)
    })
  })
}

describe('a section that the new far side has not', () => {
  it('is still, on the path of the others', () => {
    const { sdp } = fitOffer(description('new', 'audio 0'), description('old', 'audio 0', 'video 1'))
    const [, , video = ''] = sdp.split(/^(?=m=)/m)
    assert.match(video, /^a=inactive\r$/m)
    assert.match(video, /^a=ice-ufrag:new\r$/m)
    assert.ok(!/old|candidate|sendrecv/.test(video), video)
  })
})

describe('an answer that refuses a section', () => {
  it('refuses it to who offered', () => {
    const fit = fitOffer(description('new', 'audio a', 'video v'), description('old', 'audio 0', 'video 1'))
    assert.deepEqual(outline(fit.answer(description('old', 'audio 0', 'video 1 refused'))), ['audio 9 a', 'video 0 v'])
  })
})

describe('an offer without a path', () => {
  const offer = pathlessOffer(description('old', 'audio 0 held', 'video 1 held'))

  it('asks for what its side can, and leads nowhere', () => {
    assert.ok(!offer.includes('a=candidate'))
    assert.ok(!offer.includes('old-secret'))
    assert.deepEqual(offer.match(/^a=(sendrecv|recvonly|setup:\S+)/gm), [
      'a=setup:actpass',
      'a=sendrecv',
      'a=setup:actpass',
      'a=recvonly',
    ])
  })
})

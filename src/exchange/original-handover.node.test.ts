import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { connect, refusal, settled, Switchboard, wrongState, type Device } from './testing/switchboard.ts'

const cannot = refusal(501, '')

let board: Switchboard
let original: Device
let modern: Device

beforeEach(() => {
  board = new Switchboard()
  original = board.device('olga', { extensions: false })
  modern = board.device('mona')
})

/** The modification that an original client was asked for last. */
async function asked(device: Device): Promise<string> {
  await settled()
  const { state, modId = '', sdp = '' } = device.heard.at(-1) ?? {}
  assert.equal(state, 'mod-received')
  assert.notEqual(sdp, '')
  return modId
}

async function isUp(call: string, one: Device, otherCall: string, other: Device): Promise<void> {
  one.do(call, { op: 'modify', kind: 'hold', sdp: 'hold' })
  await settled()
  assert.ok(other.heard.some((event) => event.state === 'mod-received' && event.call === otherCall))
}

for (const extensions of [false, true]) {
  const who = extensions ? 'a client with extensions' : 'an original client'
  for (const originalFirst of [true, false]) {
    const order = originalFirst ? 'from the call of the original one' : 'from the call of the other one'
    describe(`transfer by ${who} of an original and another party, ${order}`, () => {
      let a: Device
      let toOriginal: string
      let toModern: string

      beforeEach(async () => {
        a = board.device('alice', { extensions })
        toOriginal = await connect(a, original)
        toModern = await connect(a, modern)
        const [call, target] = originalFirst ? [toOriginal, toModern] : [toModern, toOriginal]
        a.do(call, { op: 'transfer', target })
      })

      it('asks the one that can for an offer, and the original one to change its call', async () => {
        assert.deepEqual(await modern.news(), ['session-modified'])
        modern.do(toModern, { op: 'rejoin', sdp: 'new offer' })
        await asked(original)
        const { type, call, from } = original.heard.at(-1) ?? {}
        assert.deepEqual({ type, call, from }, { type: 'calls', call: toOriginal, from: a.user })
      })

      it('joins both, and lets the transferrer go', async () => {
        await modern.news()
        modern.do(toModern, { op: 'rejoin', sdp: 'new offer' })
        const modId = await asked(original)
        original.heard.length = 0
        original.do(toOriginal, { op: 'accept-modification', modId, sdp: 'new answer' })
        assert.deepEqual(await original.news(), ['mod-terminated | success'])
        assert.deepEqual(
          modern.heard.map(({ state, sdp }) => [state, sdp !== undefined]),
          [['session-modified', true]],
        )
        assert.deepEqual(await a.news(), [
          'transfer-initiated',
          'transfer-terminated | success',
          'session-terminated | transferred',
          'session-terminated | transferred',
        ])
        await isUp(toOriginal, original, toModern, modern)
      })

      it('that the original client refuses leaves both calls as they were', async () => {
        modern.do(toModern, { op: 'rejoin', sdp: 'new offer' })
        const modId = await asked(original)
        original.do(toOriginal, { op: 'reject-modification', modId, sdp: '' })
        assert.match((await a.news()).at(-1) ?? '', /^transfer-terminated \| The other party refused/)
        await isUp(toOriginal, a, toOriginal, original)
        await isUp(toModern, a, toModern, modern)
      })

      it('that nobody answers leaves both calls as they were, and tells the original client nothing', async () => {
        await original.news()
        board.pass(600_000)
        assert.match((await a.news()).at(-1) ?? '', /^transfer-terminated/)
        assert.deepEqual(await original.news(), [])
        await isUp(toModern, a, toModern, modern)
      })

      it('takes no other answer', async () => {
        assert.throws(() => original.do(toOriginal, { op: 'accept-modification', modId: 'x', sdp: 's' }), wrongState)
        modern.do(toModern, { op: 'rejoin', sdp: 'new offer' })
        await asked(original)
        assert.throws(() => original.do(toOriginal, { op: 'accept-modification', modId: 'x', sdp: 's' }), wrongState)
        assert.throws(() => original.do(toOriginal, { op: 'rejoin', sdp: 'answer' }), wrongState)
      })
    })
  }
}

describe('a call of an original client and a party that came to it', () => {
  const sound =
    'v=0\r\na=group:BUNDLE a\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:mona\r\na=sendrecv\r\na=mid:a\r\n'
  const both =
    'v=0\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:olga\r\na=sendrecv\r\na=mid:0\r\n' +
    'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ice-ufrag:olga\r\na=inactive\r\na=mid:1\r\n'
  const midsOf = (sdp: string | undefined): readonly string[] => sdp?.match(/^a=mid:\S+/gm) ?? []

  it('is changed by either, each in the sections of its own connection', async () => {
    const a = board.device('alice')
    const toOriginal = a.dial(original.user)
    original.do(toOriginal, { op: 'answer', sdp: both })
    const toModern = await connect(a, modern)
    a.do(toOriginal, { op: 'transfer', target: toModern })
    modern.do(toModern, { op: 'rejoin', sdp: sound })
    const joining = await asked(original)
    original.do(toOriginal, { op: 'accept-modification', modId: joining, sdp: both })

    modern.do(toModern, { op: 'modify', kind: 'hold', sdp: sound })
    const modId = await asked(original)
    assert.deepEqual(midsOf(original.heard.at(-1)?.sdp), ['a=mid:0', 'a=mid:1'])
    original.do(toOriginal, { op: 'accept-modification', modId, sdp: both })
    await settled()
    assert.deepEqual(midsOf(modern.heard.at(-1)?.sdp), ['a=mid:a'])

    original.do(toOriginal, { op: 'modify', kind: 'hold', sdp: both })
    const other = await asked(modern)
    assert.deepEqual(midsOf(modern.heard.at(-1)?.sdp), ['a=mid:a', 'a=mid:1'])
    modern.do(toModern, { op: 'accept-modification', modId: other, sdp: modern.heard.at(-1)?.sdp ?? '' })
    await settled()
    assert.deepEqual(midsOf(original.heard.at(-1)?.sdp), ['a=mid:0', 'a=mid:1'])
  })
})

describe('transfer of two original clients', () => {
  it('is refused, for neither makes an offer; both calls stay', async () => {
    const a = board.device('alice', { extensions: false })
    const other = board.device('oscar', { extensions: false })
    const [one, two] = [await connect(a, original), await connect(a, other)]
    assert.throws(() => a.do(one, { op: 'transfer', target: two }), cannot)
    await isUp(one, a, one, original)
  })
})

describe('a browser that keeps the far side of its connections', () => {
  it('is part of no transfer', async () => {
    const a = board.device('alice')
    const fixed = board.device('fred', { extensions: false, fixedFarSide: true })
    const [one, two] = [await connect(a, fixed), await connect(a, modern)]
    assert.throws(() => a.do(one, { op: 'transfer', target: two }), cannot)
  })
})

describe('move of a call with an original client', () => {
  let a: Device
  let a2: Device
  let call: string

  beforeEach(async () => {
    a = board.device('alice', { extensions: false })
    a2 = board.device('alice')
    call = a.dial(original.user)
    original.do(call, { op: 'answer', sdp: 'answer' })
    await Promise.all([a.news(), original.news()])
    a.do(call, { op: 'move' })
  })

  it('rings at the other device with an offer, and tells the far side nothing yet', async () => {
    await settled()
    assert.deepEqual(
      a2.heard.map(({ state, sdp, from }) => [state, sdp, from]),
      [['invitation-received', 'answer', original.user]],
    )
    assert.deepEqual(await original.news(), [])
  })

  it('asks who answers for the offer, and the far side to change its call', async () => {
    a2.do(call, { op: 'answer', sdp: 'answer to nothing' })
    assert.deepEqual(await a2.news(), ['invitation-received', 'session-open', 'session-modified'])
    a2.do(call, { op: 'rejoin', sdp: 'new offer' })
    const modId = await asked(original)
    original.do(call, { op: 'accept-modification', modId, sdp: 'new answer' })
    assert.deepEqual(await a2.news(), ['session-modified'])
    assert.deepEqual(await a.news(), ['move-terminated | success', 'session-terminated | moved'])
    assert.deepEqual(await original.news(), ['mod-received', 'mod-terminated | success'])
    await isUp(call, original, call, a2)
  })

  it('that the far side refuses stays where it was', async () => {
    a2.do(call, { op: 'answer', sdp: 'answer' })
    a2.do(call, { op: 'rejoin', sdp: 'new offer' })
    const modId = await asked(original)
    original.do(call, { op: 'reject-modification', modId, sdp: '' })
    assert.match((await a.news()).at(-1) ?? '', /^move-terminated \| The other side refused/)
    assert.match((await a2.news()).at(-1) ?? '', /^session-terminated/)
    await isUp(call, a, call, original)
  })

  it('that the other device declines, or takes and leaves, stays where it was', async () => {
    a2.do(call, { op: 'answer', sdp: 'answer' })
    a2.do(call, { op: 'end', how: 'terminate' })
    assert.match((await a.news()).at(-1) ?? '', /^move-terminated \| No other device/)
    await isUp(call, a, call, original)
  })

  it('that the far side ends meanwhile is over everywhere', async () => {
    a2.do(call, { op: 'answer', sdp: 'answer' })
    await a2.news()
    original.do(call, { op: 'end', how: 'terminate' })
    assert.match((await a.news()).at(-1) ?? '', /^session-terminated/)
    assert.match((await a2.news()).at(-1) ?? '', /^session-terminated/)
    assert.equal(board.timers, 0)
  })

  it('that nobody takes in time stays where it was', async () => {
    a2.do(call, { op: 'answer', sdp: 'answer' })
    board.pass(600_000)
    assert.match((await a.news()).at(-1) ?? '', /^move-terminated/)
    await isUp(call, a, call, original)
  })
})

describe('move by an original client', () => {
  it('to an original device of the user, of a call with a client with extensions', async () => {
    const a = board.device('alice', { extensions: false })
    const a2 = board.device('alice', { extensions: false })
    const call = await connect(a, modern)
    a.do(call, { op: 'move' })
    modern.do(call, { op: 'rejoin', sdp: 'offer' })
    a2.do(call, { op: 'answer', sdp: 'answer' })
    assert.deepEqual(await a2.news(), ['invitation-received', 'session-open'])
    assert.deepEqual(await a.news(), ['move-terminated | success', 'session-terminated | moved'])
    await isUp(call, modern, call, a2)
  })

  it('between original devices of a call with an original one is refused', async () => {
    const a = board.device('alice', { extensions: false })
    board.device('alice', { extensions: false })
    const call = await connect(a, original)
    assert.throws(() => a.do(call, { op: 'move' }), cannot)
  })

  it('that has no other device is refused without a word that means the end of its session', async () => {
    const a = board.device('alice', { extensions: false })
    const call = await connect(a, modern)
    assert.throws(() => a.do(call, { op: 'move' }), wrongState)
  })
})

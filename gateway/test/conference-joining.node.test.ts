import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { refusal } from '../../src/exchange/testing/switchboard.ts'
import { inactive, MixedConference, sendrecv } from './testing/mixed-conference.ts'

let mixed: MixedConference

beforeEach(async () => {
  mixed = await MixedConference.start()
})
afterEach(() => mixed.stop())

describe('a hold of somebody whom the mixer lets in at the moment', () => {
  it('is to come again, and is taken when they are in', async () => {
    const bob = mixed.board.device('bob')
    mixed.conference.invite(bob.user)
    const { call } = await mixed.tells(bob, 'invitation-received')
    bob.do(call, { op: 'answer', sdp: sendrecv })
    const hold = () => bob.do(call, { op: 'modify', kind: 'hold', sdp: inactive })
    assert.throws(hold, refusal(409, 'SVC8501'))
    await mixed.is(bob, 'joined')
    assert.doesNotThrow(hold)
  })
})

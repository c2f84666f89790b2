import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { CallStage } from './call-stage.ts'
import type { Leg } from './leg.ts'
import { refusal, Switchboard, type Device } from './testing/switchboard.ts'

/** A server that answers everything it is asked. */
class Server implements CallStage {
  readonly asked: string[] = []

  answer(leg: Leg, sdp: string): object {
    this.asked.push(`answer ${sdp}`)
    leg.tell('session-open')
    return {}
  }

  end(leg: Leg): object {
    leg.close()
    return {}
  }

  leave(leg: Leg, _reason: string, detail: string): void {
    this.asked.push(`leave ${detail}`)
    leg.close()
  }

  dissolve(): void {
    this.asked.push('dissolve')
  }
}

let board: Switchboard
let device: Device
let server: Server
let leg: Leg

beforeEach(() => {
  board = new Switchboard({ calls: 1 })
  device = board.device('alice')
  server = new Server()
  leg = board.exchange.openConferenceLeg(device.session, 'sip:host@example.com')
  leg.stage = server
})

describe('a leg to a server that mixes', () => {
  it('tells of a conference', async () => {
    leg.tell('invitation-received', { sdp: 'offer' })
    await device.news()
    leg.tell('ringing')
    await Promise.resolve()
    assert.deepEqual(device.heard, [
      { type: 'conferences', call: leg.id, state: 'ringing', from: 'sip:host@example.com' },
    ])
  })

  it('is asked what its session asks of it', () => {
    device.do(leg.id, { op: 'answer', sdp: 'sdp' })
    assert.deepEqual(server.asked, ['answer sdp'])
  })

  it('refuses what its server does not know', () => {
    assert.throws(() => device.do(leg.id, { op: 'ring' }), refusal(400, 'SVC0003'))
  })

  it('is left when its session is gone', () => {
    board.exchange.unregister(device.session)
    assert.deepEqual(server.asked, ['leave session-ended'])
  })

  it('is dissolved when all calls end', () => {
    board.exchange.endCalls('server-stopping')
    assert.deepEqual(server.asked, ['dissolve'])
  })

  it('counts as a call of its session', () => {
    const open = (): Leg => board.exchange.openConferenceLeg(device.session, 'sip:host@example.com')
    assert.throws(open, refusal(400, 'SVC0020'))
  })

  it('is refused to a session that is not there', () => {
    assert.throws(() => board.exchange.openConferenceLeg('none', 'sip:host@example.com'), refusal(404, ''))
  })
})

describe('the sessions of a user', () => {
  it('are those of all devices of the user, oldest first', () => {
    const second = board.device('alice')
    assert.deepEqual(board.exchange.sessionsOf(device.user), [device.session, second.session])
  })

  it('are none where the user is not registered', () => {
    assert.deepEqual(board.exchange.sessionsOf('sip:nobody@example.com'), [])
  })
})

import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { Switchboard, type Device } from '../../src/exchange/testing/switchboard.ts'
import { HoldNotice } from '../src/conferences/hold-notice.ts'

let device: Device
let notice: HoldNotice
let connected: boolean

beforeEach(() => {
  const board = new Switchboard()
  device = board.device('bob')
  connected = true
  const leg = board.exchange.openConferenceLeg(device.session, 'sip:alice@example.com')
  notice = new HoldNotice(leg, (held) => (connected ? (held ? 'hold' : 'resume') : null))
})

/** The offers that came since it was last asked, each answered. */
async function answered(): Promise<readonly (string | undefined)[]> {
  await Promise.resolve()
  const offers = device.heard.splice(0)
  for (const { modId = '' } of offers) notice.settle(modId, 'success')
  return offers.map(({ sdp }) => sdp)
}

describe('the notice of a hold', () => {
  it('is an offer, and another when it is over', async () => {
    notice.set(true)
    assert.deepEqual(await answered(), ['hold'])
    notice.set(false)
    assert.deepEqual(await answered(), ['resume'])
  })

  it('is given once', async () => {
    notice.set(true)
    await answered()
    notice.set(true)
    assert.deepEqual(await answered(), [])
  })

  it('waits for the answer to the one before', async () => {
    notice.set(true)
    notice.set(false)
    assert.deepEqual(await answered(), ['hold'])
    assert.deepEqual(await answered(), ['resume'])
  })

  it('is given again on another connection', async () => {
    notice.set(true)
    await answered()
    notice.renew()
    assert.deepEqual(await answered(), ['hold'])
  })

  it('is given when there is a connection', async () => {
    connected = false
    notice.set(true)
    assert.deepEqual(await answered(), [])
    connected = true
    notice.renew()
    assert.deepEqual(await answered(), ['hold'])
  })

  it('is taken for given where nobody answers', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    notice.set(true)
    notice.set(false)
    await Promise.resolve()
    device.heard.length = 0
    t.mock.timers.tick(30_000)
    assert.deepEqual(await answered(), ['resume'])
  })

  it('does not take the answer to something else', () => {
    notice.set(true)
    assert.equal(notice.settle('another', 'success'), false)
    assert.equal(notice.isOpen, true)
    notice.stop()
  })
})

import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { readFragment } from '../../media/sdp-fragment.ts'
import { CandidateSender } from './candidate-sender.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

const found = (port: number) =>
  ({ candidate: `candidate:1 1 udp 1 192.0.2.1 ${port} typ host`, sdpMid: '0' }) as RTCIceCandidate

describe('candidates on their way to the exchange', () => {
  let sent: string[] = []
  let arrived: { resolve: () => void; reject: (error: Error) => void }[] = []
  let sender: CandidateSender

  beforeEach(() => {
    sent = []
    arrived = []
    sender = new CandidateSender((fragment) => {
      sent.push(
        readFragment(fragment)
          .map(({ candidate }) => candidate?.split(' ')[5])
          .join(),
      )
      return new Promise<void>((resolve, reject) => arrived.push({ resolve, reject }))
    })
  })

  it('wait until the call has an id', () => {
    sender.send(found(1))
    assert.deepEqual(sent, [])
    sender.open()
    assert.deepEqual(sent, ['1'])
  })

  it('leave together when they were found before', () => {
    sender.send(found(1))
    sender.send(found(2))
    sender.open()
    assert.deepEqual(sent, ['1,2'])
  })

  it('leave at once when nothing is on its way', () => {
    sender.open()
    sender.send(found(1))
    assert.deepEqual(sent, ['1'])
  })

  it('that are found meanwhile leave together, in order, when the former have arrived', async () => {
    sender.open()
    for (const port of [1, 2, 3]) sender.send(found(port))
    assert.deepEqual(sent, ['1'])
    arrived[0]?.resolve()
    await turn()
    assert.deepEqual(sent, ['1', '2,3'])
  })

  it('leave though the former were lost', async () => {
    sender.open()
    sender.send(found(1))
    sender.send(found(2))
    arrived[0]?.reject(new Error('No network'))
    await turn()
    assert.deepEqual(sent, ['1', '2'])
  })

  it('leave no more when the call is over', async () => {
    sender.open()
    sender.send(found(1))
    sender.send(found(2))
    sender.close()
    arrived[0]?.resolve()
    await turn()
    sender.send(found(3))
    sender.open()
    assert.deepEqual(sent, ['1'])
  })
})

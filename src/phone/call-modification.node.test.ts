import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { CallModification } from './call-modification.ts'
import { newCall } from './new-call.ts'
import type { CallSnapshot } from './snapshot.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A call with Bob, who says nothing to what is asked until `answer`. */
function callWithBob() {
  const bob = { address: 'bob@example.com', uri: 'sip:bob@example.com' }
  const notices: string[] = []
  let answer: (accepted: boolean) => void = () => {}
  let takenBack = false
  const call = {
    snapshot: newCall({ index: 1, direction: 'outgoing', remote: bob, mediaType: 'audio' }),
    gone: new AbortController().signal,
    ended: false,
    local: { track: () => null },
    leg: {
      change: (mediaType: string, signal: AbortSignal) =>
        new Promise((resolve, reject) => {
          answer = (accepted) => resolve({ accepted, mediaType: accepted ? mediaType : 'audio' })
          signal.addEventListener('abort', () => {
            takenBack = true
            reject(signal.reason as Error)
          })
        }),
    },
    publish: () => {},
    releaseCamera: () => {},
    set(change: Partial<CallSnapshot>) {
      call.snapshot = { ...call.snapshot, ...change }
    },
  }
  const context = {
    devices: { open: async () => {} },
    publish: (_: string, { message }: { readonly message?: string }) => message && notices.push(message),
  }
  return {
    call,
    notices,
    answer: (accepted: boolean) => answer(accepted),
    isTakenBack: () => takenBack,
    modification: new CallModification(call as unknown as Call, context as unknown as CallContext),
  }
}

describe('a request for video', () => {
  it('that nobody answers ends after 30 s, and not before, and says so', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { call, notices, modification, isTakenBack } = callWithBob()
    const asking = modification.ask('video')
    await turn()
    t.mock.timers.tick(29_999)
    await turn()
    assert.equal(call.snapshot.pending, 'change')
    t.mock.timers.tick(1)
    await asking
    assert.ok(isTakenBack())
    assert.deepEqual(call.snapshot.refused, { mediaType: 'video', unanswered: true })
    assert.deepEqual([call.snapshot.pending, call.snapshot.newMediaType], [null, null])
    assert.deepEqual(notices, ['The other party did not answer the request'])
  })

  it('that is refused says that, and not that nobody answered', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { call, notices, modification, answer } = callWithBob()
    const asking = modification.ask('video')
    await turn()
    answer(false)
    await asking
    t.mock.timers.tick(60_000)
    assert.deepEqual(call.snapshot.refused, { mediaType: 'video' })
    assert.deepEqual(notices, ['The other party did not accept the change'])
  })

  it('that is taken back says that', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { call, notices, modification } = callWithBob()
    const asking = modification.ask('video')
    await turn()
    await modification.settle()
    await asking
    assert.equal(call.snapshot.refused, null)
    assert.deepEqual(notices, ['The change was taken back'])
  })
})

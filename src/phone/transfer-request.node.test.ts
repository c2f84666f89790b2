import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { newCall } from './new-call.ts'
import type { CallSnapshot } from './snapshot.ts'
import { TransferRequest } from './transfer-request.ts'

const carol = { address: 'carol@example.com', uri: 'sip:carol@example.com' }

/** A call with Bob, and what came of the question Bob asks. */
function callWithBob() {
  const bob = { address: 'bob@example.com', uri: 'sip:bob@example.com' }
  const gone = new AbortController()
  const told: string[] = []
  const call = {
    snapshot: newCall({ index: 1, direction: 'incoming', remote: bob, mediaType: 'audio' }),
    gone: gone.signal,
    leg: { answerTransfer: async (accept: boolean) => void told.push(accept ? 'accepted' : 'refused') },
    set(change: Partial<CallSnapshot>) {
      call.snapshot = { ...call.snapshot, ...change }
    },
  }
  const context = {
    publish: (name: string, { transferTo }: { readonly transferTo: string }) => told.push(`${name} ${transferTo}`),
  }
  const request = new TransferRequest(call as unknown as Call, context as unknown as CallContext)
  return { call, told, gone, request }
}

const asked = 'call:transfer-requested sip:carol@example.com'

describe('a request to call somebody else', () => {
  it('is shown and told until the person has answered', async () => {
    const { call, told, request } = callWithBob()
    request.asked(carol)
    assert.deepEqual(call.snapshot.transferTo, carol)
    await request.answer(true)
    assert.equal(call.snapshot.transferTo, null)
    assert.deepEqual(told, [asked, 'accepted'])
  })

  it('is refused after 30 s of silence, and not before', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { call, told, request } = callWithBob()
    request.asked(carol)
    t.mock.timers.tick(29_999)
    assert.deepEqual(told, [asked])
    t.mock.timers.tick(1)
    assert.deepEqual(told, [asked, 'refused'])
    assert.equal(call.snapshot.transferTo, null)
  })

  it('is refused without a word where the person has just said no, no matter whom it is about', async () => {
    const { call, told, request } = callWithBob()
    request.asked(carol)
    await request.answer(false)
    request.asked({ address: 'dave@example.com', uri: 'sip:dave@example.com' })
    assert.equal(call.snapshot.transferTo, null)
    assert.deepEqual(told, [asked, 'refused', 'refused'])
  })

  for (const [end, act] of [
    ['was withdrawn', ({ request }: ReturnType<typeof callWithBob>) => request.withdrawn()],
    ['went with its call', ({ gone }: ReturnType<typeof callWithBob>) => gone.abort()],
    ['was answered', ({ request }: ReturnType<typeof callWithBob>) => void request.answer(true)],
  ] as const)
    it(`is not refused later when it ${end}`, (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] })
      const whole = callWithBob()
      whole.request.asked(carol)
      act(whole)
      t.mock.timers.tick(60_000)
      assert(!whole.told.includes('refused'))
    })
})

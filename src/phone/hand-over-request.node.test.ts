import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { HandOverRequest } from './hand-over-request.ts'
import { newCall } from './new-call.ts'
import type { HandOverPolicy } from './phone-options.ts'
import type { CallSnapshot } from './snapshot.ts'

/** A call with Bob, who hosts a conference, and what came of the question Bob asks. */
function callWithBob(policy: HandOverPolicy = 'ask') {
  const bob = { address: 'bob@example.com', uri: 'sip:bob@example.com' }
  const gone = new AbortController()
  const told: string[] = []
  const call = {
    snapshot: newCall({ index: 1, direction: 'incoming', remote: bob, mediaType: 'audio' }),
    gone: gone.signal,
    set(change: Partial<CallSnapshot>) {
      call.snapshot = { ...call.snapshot, ...change }
    },
  }
  const context = {
    allowHandOver: () => policy,
    publish: (name: string, { from }: { readonly from: string }) => told.push(`${name} ${from}`),
  }
  const request = new HandOverRequest(call as unknown as Call, context as unknown as CallContext)
  const respond = async (accept: boolean) => void told.push(accept ? 'accepted' : 'refused')
  const ask = (load = async () => void told.push('loaded')) => request.asked(respond, load)
  return { call, told, gone, request, ask }
}

const asked = 'conference:hand-over-requested sip:bob@example.com'

describe('a request to host the conference', () => {
  it('is shown and told until the person has answered', async () => {
    const { call, told, request, ask } = callWithBob()
    ask()
    assert.equal(call.snapshot.handOverAsked, true)
    await request.answer(true)
    assert.equal(call.snapshot.handOverAsked, false)
    assert.deepEqual(told, [asked, 'loaded', 'accepted'])
  })

  for (const policy of ['ask', true] as const)
    it(`is refused where the page cannot load what hosts it, and its policy is ${policy}`, async () => {
      const { told, request, ask } = callWithBob(policy)
      ask(() => Promise.reject(new TypeError('Failed to fetch')))
      if (policy === 'ask') await assert.rejects(request.answer(true), /Failed to fetch/)
      else await turn()
      assert.deepEqual(told.slice(-1), ['refused'])
      assert(!told.includes('accepted'))
    })

  it('is refused after 30 s of silence, and not before', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { call, told, ask } = callWithBob()
    ask()
    t.mock.timers.tick(29_999)
    assert.deepEqual(told, [asked])
    t.mock.timers.tick(1)
    assert.deepEqual(told, [asked, 'refused'])
    assert.equal(call.snapshot.handOverAsked, false)
  })

  it('is refused without a word where the person has just said no', async () => {
    const { call, told, request, ask } = callWithBob()
    ask()
    await request.answer(false)
    ask()
    assert.equal(call.snapshot.handOverAsked, false)
    assert.deepEqual(told, [asked, 'refused', 'refused'])
  })

  for (const [policy, answer] of [
    [true, ['loaded', 'accepted']],
    [false, ['refused']],
  ] as const)
    it(`is ${answer.at(-1)} without a word where the page says ${policy}`, async () => {
      const { call, told, ask } = callWithBob(policy)
      ask()
      await turn()
      assert.deepEqual(told, answer)
      assert.equal(call.snapshot.handOverAsked, false)
    })

  for (const [end, act] of [
    ['was withdrawn', ({ request }: ReturnType<typeof callWithBob>) => request.withdrawn()],
    ['went with its call', ({ gone }: ReturnType<typeof callWithBob>) => gone.abort()],
    ['was answered', ({ request }: ReturnType<typeof callWithBob>) => void request.answer(true)],
  ] as const)
    it(`is not refused later when it ${end}`, (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] })
      const whole = callWithBob()
      whole.ask()
      act(whole)
      t.mock.timers.tick(60_000)
      assert(!whole.told.includes('refused'))
    })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OriginalClient } from './testing/original-client.ts'
import { RawClient, type EventObject } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

/** A description as clients of 2015 sent it: complete, gathered before it left. */
function description(audio: string, video?: string): string {
  const lines = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 40000 UDP/TLS/RTP/SAVPF 111 0']
  const candidate = 'a=candidate:1 1 udp 2122260223 127.0.0.1 40000 typ host'
  lines.push(candidate, `a=${audio}`)
  if (video) lines.push('m=video 40002 UDP/TLS/RTP/SAVPF 100', candidate, `a=${video}`)
  return `${lines.join('\r\n')}\r\n`
}

const told = ({ state, sdp, reason, provisionalSDP }: EventObject & { readonly provisionalSDP?: string }): object => ({
  state,
  ...(sdp !== undefined && { sdp }),
  ...(reason !== undefined && { reason }),
  ...(provisionalSDP !== undefined && { provisionalSDP }),
})

const callIdOf = ({ resourceURL }: EventObject): string => resourceURL.split('/')[6] ?? ''

describe('two clients of the original protocol', () => {
  const gateway = runningGateway({ pollWait: 0.5 })
  let pairs = 0

  async function signedIn(): Promise<readonly [OriginalClient, OriginalClient, string]> {
    pairs += 1
    const name = `bob${String(pairs)}`
    const [alice, bob] = await Promise.all([
      OriginalClient.login(gateway.origin, `alice${String(pairs)}`),
      OriginalClient.login(gateway.origin, name),
    ])
    return [alice, bob, `sip:${name}@example.com`]
  }

  async function signOut(...clients: readonly OriginalClient[]): Promise<void> {
    await Promise.all(clients.map((client) => client.logout()))
    assert.deepEqual(
      clients.flatMap(({ unread }) => unread),
      [],
    )
  }

  /** `asker` asks, `other` answers; each hears what the protocol says, and nothing else. */
  async function modify(
    [asker, ofAsker]: readonly [OriginalClient, string],
    [other, ofOther]: readonly [OriginalClient, string],
    [action, offer, settle, answer]: readonly [string, string, string, string],
  ): Promise<void> {
    await asker.modify(ofAsker, action, offer)
    const asked = await other.next()
    assert.deepEqual(told(asked), { state: 'mod-received', sdp: offer })
    await other.settle(ofOther, settle, answer, asked.modId)
    const done = await asker.next()
    const reason = settle === 'accept-call-mod' ? 'success' : 'Call rejected'
    assert.deepEqual(told(done), { state: 'mod-terminated', reason, sdp: answer })
    const answered = await other.next()
    assert.deepEqual(told(answered), { state: 'mod-terminated', reason })
    assert.deepEqual([done.modId, answered.modId], [asked.modId, asked.modId])
  }

  it('go through a whole call: dial, answer, hold, resume, upgrade, rejected upgrade, downgrade, hang up', async () => {
    const [alice, bob, address] = await signedIn()
    const [both, video] = [description('sendrecv'), description('sendrecv', 'sendrecv')]
    const ofAlice = await alice.dial(address, both)
    const invitation = await bob.next()
    assert.deepEqual(told(invitation), { state: 'invitation-received', sdp: both })
    const ofBob = callIdOf(invitation)
    await bob.answer(ofBob, both)
    assert.deepEqual(told(await alice.next()), { state: 'session-open', sdp: both })
    assert.deepEqual(told(await bob.next()), { state: 'session-open' })
    const [a, b] = [[alice, ofAlice] as const, [bob, ofBob] as const]

    await modify(a, b, ['initiate-call-hold', description('sendonly'), 'accept-call-mod', description('recvonly')])
    await modify(a, b, ['initiate-call-resume', both, 'accept-call-mod', both])
    await modify(b, a, ['initiate-call-hold', description('inactive'), 'accept-call-mod', description('inactive')])
    await modify(b, a, ['initiate-call-resume', both, 'accept-call-mod', both])
    await modify(a, b, ['initiate-call-mod', video, 'accept-call-mod', video])
    await modify(b, a, ['initiate-call-mod', both, 'accept-call-mod', both])
    const refused = description('sendrecv', 'recvonly')
    await modify(b, a, ['initiate-call-mod', video, 'rejectCancel-call-mod', refused])

    await alice.end(ofAlice, 'terminate')
    for (const client of [alice, bob]) assert.deepEqual(told(await client.next()), { state: 'session-terminated' })
    await signOut(alice, bob)
  })

  it('hear `Call rejected`, both, when the callee declines', async () => {
    const [alice, bob, address] = await signedIn()
    await alice.dial(address, description('sendrecv'))
    await bob.end(callIdOf(await bob.next()), 'reject')
    for (const client of [alice, bob])
      assert.deepEqual(told(await client.next()), { state: 'session-terminated', reason: 'Call rejected' })
    await signOut(alice, bob)
  })

  it('hear `Call canceled`, both, when the caller gives up', async () => {
    const [alice, bob, address] = await signedIn()
    const call = await alice.dial(address, description('sendrecv'))
    await bob.next()
    await alice.end(call, 'cancel')
    for (const client of [alice, bob])
      assert.deepEqual(told(await client.next()), { state: 'session-terminated', reason: 'Call canceled' })
    await signOut(alice, bob)
  })

  it('hear a plain end, both, when one of them hangs up', async () => {
    const [alice, bob, address] = await signedIn()
    const call = await alice.dial(address, description('sendrecv'))
    const ofBob = callIdOf(await bob.next())
    await bob.answer(ofBob, description('sendrecv'))
    await Promise.all([alice.next(), bob.next()])
    await bob.end(ofBob, 'terminate')
    for (const client of [alice, bob]) {
      const ended = await client.next()
      assert.deepEqual([told(ended), callIdOf(ended)], [{ state: 'session-terminated' }, call])
    }
    await signOut(alice, bob)
  })

  it('hang up at once, and neither is told that there is no call', async () => {
    const [alice, bob, address] = await signedIn()
    const call = await alice.dial(address, description('sendrecv'))
    await bob.next()
    await bob.answer(call, description('sendrecv'))
    await Promise.all([alice.next(), bob.next()])
    await Promise.all([alice.end(call, 'terminate'), bob.end(call, 'terminate')])
    for (const client of [alice, bob]) assert.deepEqual(told(await client.next()), { state: 'session-terminated' })
    await signOut(alice, bob)
  })

  it('call each other again and again, and no event overtakes the reply that it follows', async () => {
    const [alice, bob, address] = await signedIn()
    for (let calls = 0; calls < 20; calls += 1) {
      const call = await alice.dial(address, description('sendrecv'))
      await bob.next()
      await bob.answer(call, description('sendrecv'))
      await Promise.all([alice.next(), bob.next()])
      await modify(
        [alice, call],
        [bob, call],
        ['initiate-call-hold', description('sendonly'), 'accept-call-mod', description('recvonly')],
      )
      await (calls % 2 ? alice : bob).end(call, 'terminate')
      await Promise.all([alice.next(), bob.next()])
    }
    assert.deepEqual([...alice.hasty, ...bob.hasty], [])
    await signOut(alice, bob)
  })

  it('have two calls at a time, one of them held', async () => {
    const [alice, bob, address] = await signedIn()
    const carol = await OriginalClient.login(gateway.origin, 'carol')
    const both = description('sendrecv')
    const first = await alice.dial(address, both)
    const ofBob = callIdOf(await bob.next())
    await bob.answer(ofBob, both)
    await Promise.all([alice.next(), bob.next()])
    const held = ['initiate-call-hold', description('sendonly'), 'accept-call-mod', description('recvonly')] as const
    await modify([alice, first], [bob, ofBob], held)

    const second = await alice.dial('sip:carol@example.com', both)
    const ofCarol = callIdOf(await carol.next())
    await carol.answer(ofCarol, both)
    const opened = await alice.next()
    assert.deepEqual([callIdOf(opened), opened.state], [second, 'session-open'])
    await carol.next()
    await carol.end(ofCarol, 'terminate')
    for (const client of [alice, carol]) assert.equal(callIdOf(await client.next()), second)
    await modify([alice, first], [bob, ofBob], ['initiate-call-resume', both, 'accept-call-mod', both])
    await alice.end(first, 'terminate')
    await Promise.all([alice.next(), bob.next()])
    await signOut(alice, bob, carol)
  })
})

describe('an event that follows from a request of a client', () => {
  const gateway = runningGateway()

  /** A poll that the gateway holds, for sure: of two it lets the first go. */
  async function waitingPoll(client: RawClient): Promise<{ readonly poll: ReturnType<RawClient['poll']> }> {
    const polls = [client.poll(), client.poll()] as const
    const first = await Promise.race(polls.map((poll, place) => poll.then(() => place)))
    return { poll: first === 0 ? polls[1] : polls[0] }
  }

  for (const extensions of [false, true]) {
    const comes = extensions ? 'comes by the poll that waits' : 'waits until the client asks again, which has the reply'
    it(`${comes}, ${extensions ? 'with' : 'without'} extensions`, async () => {
      const name = extensions ? 'new' : 'old'
      const alice = await RawClient.login(gateway.origin, `alice-${name}`)
      const bob = await RawClient.login(gateway.origin, `bob-${name}`, { extensions })
      await alice.dial(`bob-${name}`)
      const invitation = await bob.poll()
      const waiting = await waitingPoll(bob)
      await bob.act(invitation.events[0]?.resourceURL ?? '', 'call-answer', 'answer')
      const { status } = await waiting.poll
      assert.equal(status, extensions ? 200 : 204)
      if (!extensions) assert.deepEqual(await bob.heard(), ['session-open'])
    })
  }
})

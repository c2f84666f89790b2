import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient, type LoginOptions } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const gateway = runningGateway()
const offer = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:old\r\na=mid:0\r\n'
let users = 0

async function signedIn(
  name: string,
  options: LoginOptions & { readonly userAgent?: string } = {},
): Promise<RawClient> {
  const { userAgent, ...rest } = options
  const client = await RawClient.withToken(gateway.origin, `${name}${String(users)}`)
  const { status, headers } = await client.logIn(rest, userAgent ? { 'user-agent': userAgent } : {})
  assert.equal(status, 201)
  client.session = headers.get('location') ?? ''
  return client
}

/** A call that is up; the caller's path of it and the callee's. */
async function call(caller: RawClient, callee: RawClient, name: string): Promise<readonly [string, string]> {
  const { headers } = await caller.dial(`${name}${String(users)}`, offer)
  const { events } = await callee.poll()
  const path = events[0]?.resourceURL ?? ''
  await callee.act(path, 'call-answer', offer)
  await Promise.all([caller.poll(), callee.poll()])
  return [headers.get('location') ?? '', path]
}

const idOf = (path: string): string => path.split('/')[6] ?? ''

describe('a client of the original protocol that transfers a call of another one', () => {
  async function threeOfThem(userAgent?: string) {
    users += 1
    const alice = await signedIn('alice')
    const bob = await signedIn('bob', userAgent ? { userAgent } : {})
    const carol = await signedIn('carol', { extensions: true })
    const [toBob, ofBob] = await call(alice, bob, 'bob')
    const [toCarol, ofCarol] = await call(alice, carol, 'carol')
    const target = { 'x-transferTargetCallId': idOf(toCarol) }
    const { status } = await alice.act(toBob, 'initiate-call-transfer', offer, target)
    return { alice, bob, carol, ofBob, ofCarol, status }
  }

  it('to somebody with extensions: the other one is asked to change its call', async () => {
    const { alice, bob, carol, ofBob, ofCarol, status } = await threeOfThem()
    assert.equal(status, 204)
    // Who has extensions and names no event hears all of them again.
    assert.equal((await carol.heard()).at(-1), 'session-modified')
    await carol.act(ofCarol, 'rejoin', offer.replace('old', 'new'))
    const [asked] = (await bob.poll()).events
    assert.deepEqual([asked?.state, asked?.resourceURL], ['mod-received', ofBob])
    assert.match(asked?.sdp ?? '', /ice-ufrag:new/)
    await bob.act(ofBob, 'accept-call-mod', offer.replace('old', 'answer'), { 'x-modId': asked?.modId ?? '' })
    const answered = (await carol.poll()).events.at(-1)
    assert.equal(answered?.state, 'session-modified')
    assert.match(answered?.sdp ?? '', /ice-ufrag:answer/)
    assert.deepEqual(await bob.heard(), ['mod-terminated: success'])
    assert.deepEqual(await alice.heard(), [
      'transfer-initiated',
      'transfer-terminated: success',
      'session-terminated',
      'session-terminated',
    ])
  })

  it('is refused where the browser of the other one keeps the far side it has, and both calls stay', async () => {
    const { bob, ofBob, status } = await threeOfThem('Mozilla/5.0 (X11; rv:153.0) Gecko/20100101 Firefox/153.0')
    assert.equal(status, 501)
    assert.equal((await bob.act(ofBob, 'initiate-call-hold', offer)).status, 204)
  })
})

describe('a client of the original protocol that moves a call', () => {
  it('without another device is refused, not told that its session is over', async () => {
    users += 1
    const [alice, bob] = [await signedIn('alice'), await signedIn('bob')]
    const [path] = await call(alice, bob, 'bob')
    const { status, messageId } = await alice.act(path, 'initiate-call-move', offer)
    assert.deepEqual([status, messageId], [400, 'SVC0003'])
  })
})

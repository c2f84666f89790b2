import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { heldClock } from './testing/held-clock.ts'
import { RawClient } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const callOf = async (caller: RawClient, to: string): Promise<string> =>
  (await caller.dial(to)).headers.get('location') ?? ''

describe('long poll of the original protocol', () => {
  const gateway = runningGateway({ pollWait: 0.2 })

  it('answers 204 when nothing came', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { status, text } = await client.send('GET', `${client.session}/events`)
    assert.deepEqual([status, text], [204, ''])
  })

  it('gives what had come before it, together and in order', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob')
    await alice.end(await callOf(alice, 'bob'), 'cancel')
    assert.deepEqual(await bob.heard(), ['invitation-received', 'session-terminated: Call canceled'])
  })

  it('gives an event once', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob2')
    await alice.dial('bob2')
    await bob.poll()
    assert.equal((await bob.poll()).status, 204)
  })

  it('tells nothing that the original protocol does not know', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob3', { extensions: true })
    const call = await callOf(alice, 'bob3')
    const { events } = await bob.poll()
    const theirs = events[0]?.resourceURL ?? ''
    await bob.act(theirs, 'ringing')
    await bob.act(theirs, 'call-answer', 'answer')
    await bob.send('PATCH', theirs, { raw: 'x', headers: { 'content-type': 'application/trickle-ice-sdpfrag' } })
    assert.deepEqual(await alice.heard(), ['session-open'])
    assert.ok(call)
  })
})

describe('long poll', () => {
  const gateway = runningGateway()

  it('answers as soon as an event comes', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob')
    const waiting = bob.poll()
    await alice.dial('bob')
    assert.equal((await waiting).events[0]?.state, 'invitation-received')
  })

  it('is answered empty when another takes its place', async () => {
    const bob = await RawClient.login(gateway.origin, 'carol')
    const cut = new AbortController()
    const first = bob.poll()
    const second = bob.poll('', cut.signal)
    const refused = assert.rejects(second)
    assert.equal((await first).status, 204)
    cut.abort()
    await refused
  })

  it('that was cut takes no events with it', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'dave')
    const cut = new AbortController()
    const refused = assert.rejects(bob.poll('', cut.signal))
    // The second request is served after the first was: the gateway has the poll by then.
    await bob.send('PUT', bob.session)
    cut.abort()
    await refused
    await alice.dial('dave')
    assert.deepEqual(await bob.heard(), ['invitation-received'])
  })

  it('resumes after the id a client has, and gives again what followed', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'erin', { extensions: true })
    await alice.dial('erin')
    const first = await bob.poll('?after=0')
    await alice.dial('erin')
    const second = await bob.poll(`?after=${String(first.id)}`)
    const again = await bob.poll(`?after=${String(first.id)}`)
    assert.deepEqual(again, second)
    assert.notDeepEqual(again.events, first.events)
  })

  for (const [after, status] of [
    ['x', 400],
    ['-1', 400],
    ['7', 404],
  ] as const) {
    it(`refuses an id nobody was given: after=${after}`, async () => {
      const client = await RawClient.login(gateway.origin, `frank${after}`, { extensions: true })
      assert.equal((await client.poll(`?after=${after}`)).status, status)
    })
  }
})

describe('server-sent events', () => {
  const gateway = runningGateway()

  it('come as they happen, each with its id', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob', { extensions: true, eventChannel: 'sse' })
    const cut = new AbortController()
    const inbox = await bob.stream(cut.signal)
    const call = await callOf(alice, 'bob')
    const first = await inbox.next()
    await alice.end(call, 'cancel')
    const second = await inbox.next()
    cut.abort()
    assert.deepEqual(
      [first, second].map((message) => [message?.id, message?.events.map(({ state }) => state)]),
      [
        [1, ['invitation-received']],
        [2, ['session-terminated']],
      ],
    )
  })

  it('resume after Last-Event-ID: what happened during the cut is not lost, nothing comes twice', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'carol', { extensions: true, eventChannel: 'sse' })
    const cut = new AbortController()
    const inbox = await bob.stream(cut.signal)
    const call = await callOf(alice, 'carol')
    const first = await inbox.next()
    cut.abort()
    await inbox.next()
    await alice.end(call, 'cancel')
    const again = new AbortController()
    const resumed = await bob.stream(again.signal, { 'last-event-id': String(first?.id) })
    const second = await resumed.next()
    again.abort()
    assert.deepEqual(
      second?.events.map(({ state }) => state),
      ['session-terminated'],
    )
  })

  it('end when the session does', async () => {
    const bob = await RawClient.login(gateway.origin, 'dave', { extensions: true, eventChannel: 'sse' })
    const inbox = await bob.stream(new AbortController().signal)
    await bob.send('DELETE', bob.session)
    assert.equal(await inbox.next(), null)
  })

  it('may be read by pages of other origins', async () => {
    const bob = await RawClient.login(gateway.origin, 'erin', { extensions: true, eventChannel: 'sse' })
    const cut = new AbortController()
    const { headers } = await fetch(`${gateway.origin}${bob.session.slice(1)}/events`, {
      headers: { authorization: `Bearer ${bob.token}`, origin: 'https://page.example' },
      signal: cut.signal,
    })
    cut.abort()
    assert.equal(headers.get('access-control-allow-origin'), '*')
  })
})

describe('WebSocket', () => {
  const gateway = runningGateway()

  it('carries the JSON of a poll', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob')
    const { socket, inbox } = await bob.socket()
    await alice.dial('bob')
    const message = await inbox.next()
    socket.close()
    assert.deepEqual([message?.id, message?.events[0]?.state], [1, 'invitation-received'])
  })

  it('has an URL with a ticket in place of the token', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const url = await client.socketUrl()
    assert.match(url, /^ws:\/\/127\.0\.0\.1:\d+\/RTC\/v1\/sessions\//)
    assert.ok(!url.includes(client.token))
  })

  it('opens once with a ticket', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const url = await client.socketUrl()
    const first = new WebSocket(url)
    await once(first, 'open')
    const second = new WebSocket(url)
    const [error] = (await once(second, 'error')) as [Error]
    first.close()
    assert.match(error.message, /401/)
  })

  it('does not open with the ticket of another session', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const mallory = await RawClient.login(gateway.origin, 'mallory')
    const ticket = new URL(await mallory.socketUrl()).search
    const socket = new WebSocket(`${gateway.origin.replace('http', 'ws')}${alice.session.slice(1)}/websocket${ticket}`)
    const [error] = (await once(socket, 'error')) as [Error]
    assert.match(error.message, /401/)
  })

  it('resumes after the id a client has', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'carol', { extensions: true, eventChannel: 'websocket' })
    const { socket, inbox } = await bob.socket()
    const call = await callOf(alice, 'carol')
    const first = await inbox.next()
    socket.terminate()
    await inbox.next()
    await alice.end(call, 'cancel')
    const resumed = await bob.socket(`&after=${String(first?.id)}`)
    const second = await resumed.inbox.next()
    resumed.socket.close()
    assert.deepEqual(
      second?.events.map(({ state }) => state),
      ['session-terminated'],
    )
  })

  it('is closed when another channel takes its place', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { inbox } = await client.socket()
    const { socket } = await client.socket()
    assert.equal(await inbox.next(), null)
    socket.close()
  })
})

describe('a channel that nobody answers on', () => {
  const ping = 61
  const grace = 67
  const clock = heldClock(ping, grace)
  const gateway = runningGateway({ pingInterval: ping, channelGrace: grace })

  const listening = (name: string, eventChannel: 'websocket' | 'sse'): Promise<RawClient> =>
    RawClient.login(gateway.origin, name, { extensions: true, eventChannel })

  it('is pinged, and stays while it answers', async () => {
    const client = await listening('alice', 'websocket')
    const { socket, inbox } = await client.socket()
    for (let pings = 0; pings < 3; pings += 1) {
      clock.fire(ping)
      await inbox.next()
      // The gateway has its pong before it answers this.
      socket.ping()
      await once(socket, 'pong')
    }
    assert.equal(socket.readyState, WebSocket.OPEN)
    socket.close()
  })

  it('tells a page that it is there by a message without events', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice2', { extensions: true })
    const bob = await listening('bob2', 'websocket')
    const { socket, inbox } = await bob.socket()
    await alice.dial('bob2')
    await inbox.next()
    clock.fire(ping)
    const heartbeat = await inbox.next()
    socket.close()
    assert.deepEqual(heartbeat, { id: 1, events: [] })
  })

  it('is given up, and its session with it', async () => {
    const client = await listening('bob', 'websocket')
    const socket = new WebSocket(await client.socketUrl(), { autoPong: false })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    const left = clock.next(grace)
    clock.fire(ping)
    clock.fire(ping)
    await Promise.all([closed, left])
    clock.fire(grace)
    assert.equal((await client.send('PUT', client.session)).status, 404)
  })

  it('as a stream ends after a while; who does not come back for the next is given up', async () => {
    const client = await listening('carol', 'sse')
    const inbox = await client.stream(new AbortController().signal)
    const left = clock.next(grace)
    for (let pings = 0; pings < 3; pings += 1) clock.fire(ping)
    assert.equal(await inbox.next(), null)
    await left
    clock.fire(grace)
    assert.equal((await client.send('PUT', client.session)).status, 404)
  })

  it('as a stream goes on with the next, and nothing is lost between', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice3', { extensions: true })
    const client = await listening('dave', 'sse')
    const inbox = await client.stream(new AbortController().signal)
    await alice.dial('dave')
    const first = await inbox.next()
    for (let pings = 0; pings < 3; pings += 1) clock.fire(ping)
    assert.equal(await inbox.next(), null)
    await alice.dial('dave')
    const cut = new AbortController()
    const next = await client.stream(cut.signal, { 'last-event-id': String(first?.id) })
    clock.fire(grace)
    assert.deepEqual([(await next.next())?.id, first?.id], [2, 1])
    assert.equal((await client.send('PUT', client.session)).status, 204)
    cut.abort()
  })

  it('as a stream is given up where the client is there, and frozen', async () => {
    const client = await listening('erin', 'sse')
    const { hostname, port } = new URL(gateway.origin)
    const socket = connect(Number(port), hostname)
    socket.write(`GET ${client.session}/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${client.token}\r\n\r\n`)
    await once(socket, 'data')
    socket.pause()
    const left = clock.next(grace)
    for (let pings = 0; pings < 3; pings += 1) clock.fire(ping)
    await left
    clock.fire(grace)
    socket.destroy()
    assert.equal((await client.send('PUT', client.session)).status, 404)
  })

  it('is not asked of a client of the original protocol', async () => {
    const original = await RawClient.login(gateway.origin, 'carol2')
    const modern = await RawClient.login(gateway.origin, 'dave2', { extensions: true })
    clock.fire(grace)
    assert.equal((await modern.send('PUT', modern.session)).status, 404)
    assert.equal((await original.send('PUT', original.session)).status, 204)
  })
})

describe('a WebSocket that is closed', () => {
  const grace = 67
  const clock = heldClock(2, grace)
  const gateway = runningGateway({ channelGrace: grace })

  for (const code of [1000, 1001, 3000, 4001]) {
    it(`with ${String(code)} is waited for as after any other end`, async () => {
      const client = await RawClient.login(gateway.origin, `a${String(code)}`, { extensions: true })
      const { socket } = await client.socket()
      const waited = clock.next(grace)
      socket.close(code)
      assert.equal(await waited, grace)
      // The moment after which a page that crashed counts as away ends no session.
      if (code === 1001) clock.fire(2)
      assert.equal((await client.send('PUT', client.session)).status, 204)
      clock.fire(grace)
      assert.equal((await client.send('PUT', client.session)).status, 404)
    })
  }
})

describe('a WebSocket of a page that goes for good', () => {
  const gateway = runningGateway()

  it('ends its session at once: the other side of its call hears of it', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice', { extensions: true })
    const bob = await RawClient.login(gateway.origin, 'bob')
    const { socket } = await alice.socket()
    await alice.dial('bob')
    const { events } = await bob.poll()
    await bob.act(events[0]?.resourceURL ?? '', 'call-answer', 'answer')
    assert.deepEqual(await bob.heard(), ['session-open'])
    socket.close(4100)
    assert.deepEqual(await bob.heard(), ['session-terminated: The other side signed out or was lost'])
    assert.equal((await alice.send('PUT', alice.session)).status, 404)
  })
})

describe('the address of a WebSocket', () => {
  const gateway = runningGateway({ publicUrl: 'https://phone.example.com' })

  it('is a path, which any proxy passes on, for a client with extensions', async () => {
    const client = await RawClient.login(gateway.origin, 'alice', { extensions: true, eventChannel: 'websocket' })
    const { headers } = await client.send('POST', `${client.session}/websockets`)
    assert.match(headers.get('location') ?? '', /^\/RTC\/v1\/sessions\/[^/]+\/websocket\?ticket=/)
  })

  it('is whole for a client of the original protocol', async () => {
    const client = await RawClient.login(gateway.origin, 'bob', { eventChannel: 'websocket' })
    const { headers } = await client.send('POST', `${client.session}/websockets`)
    assert.match(headers.get('location') ?? '', /^wss:\/\/phone\.example\.com\/RTC\/v1\//)
  })
})

describe('events that nobody fetches', () => {
  const gateway = runningGateway({ eventLimit: 4 })

  it('do not cost the session: calls that came and went are forgotten, the oldest first', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'bob')
    for (let calls = 0; calls < 4; calls += 1) await alice.end(await callOf(alice, 'bob'), 'cancel')
    await alice.dial('bob')
    assert.equal((await bob.send('PUT', bob.session)).status, 204)
    const { events } = await bob.poll()
    assert.deepEqual(
      events.map(({ state }) => state),
      ['invitation-received', 'session-terminated', 'invitation-received'],
    )
  })

  it('of one call end that call, for who sends them: the others go on', async () => {
    const [alice, carol, bob] = await Promise.all(
      ['alice2', 'carol2', 'bob2'].map((name) => RawClient.login(gateway.origin, name, { extensions: true })),
    )
    assert.ok(alice && bob && carol)
    const call = await callOf(alice, 'bob2')
    const other = await callOf(carol, 'bob2')
    const theirs = (await bob.poll()).events.map(({ resourceURL }) => resourceURL)
    for (const each of theirs) await bob.act(each, 'call-answer', 'answer')
    const acknowledged = (await bob.poll('?after=2')).id
    await alice.poll()
    for (let holds = 0; holds < 3; holds += 1) {
      const { headers } = await alice.act(call, 'initiate-call-mod', 'offer')
      await alice.act(call, 'rejectCancel-call-mod', '', { 'x-modId': headers.get('x-modid') ?? '' })
    }
    const { events } = await bob.poll(`?after=${String(acknowledged)}`)
    assert.deepEqual(
      events.map(({ state, detail }) => [state, detail]),
      [['session-terminated', 'too-much']],
    )
    assert.equal((await carol.act(other, 'initiate-call-mod', 'offer')).status, 204)
    assert.equal((await alice.act(call, 'initiate-call-mod', 'offer')).status, 404)
  })
})

describe('a flood of candidates', () => {
  const gateway = runningGateway()
  const headers = { 'content-type': 'application/trickle-ice-sdpfrag' }

  /** A call of Alice that Bob, who is away, has not heard of. */
  async function ringing(name: string): Promise<readonly [alice: RawClient, bob: RawClient, call: string]> {
    const alice = await RawClient.login(gateway.origin, `alice-${name}`, { extensions: true })
    const bob = await RawClient.login(gateway.origin, `bob-${name}`, { extensions: true })
    return [alice, bob, await callOf(alice, `bob-${name}`)]
  }

  for (const [what, raw] of [
    ['small ones', 'a=candidate:1'],
    ['long ones', 'x'.repeat(4096)],
  ] as const) {
    it(`while the callee is away, of ${what}, is the latest 64 of them, and no matter to the session`, async () => {
      const [alice, bob, call] = await ringing(what.slice(0, 4))
      for (let patches = 0; patches < 300; patches += 1) {
        assert.equal(
          (await alice.send('PATCH', call, { raw: `${raw.slice(8)}${String(patches)}`, headers })).status,
          204,
        )
      }
      const { events } = await bob.poll()
      assert.equal(events[0]?.state, 'invitation-received')
      assert.equal(events.length, 65)
      assert.ok(events.at(-1)?.sdpfrag?.endsWith('299'))
      assert.equal((await bob.send('PUT', bob.session)).status, 204)
    })
  }

  it('that the callee was handed, and never got, is no matter to the session either', async () => {
    const [alice, bob, call] = await ringing('dead')
    const { id } = await bob.poll()
    for (let patches = 0; patches < 300; patches += 1) {
      const polled = bob.poll(`?after=${String(id)}`)
      await alice.send('PATCH', call, { raw: String(patches), headers })
      await polled
    }
    assert.equal((await bob.poll(`?after=${String(id)}`)).events.length, 64)
  })

  it('in a fragment of more than 4 kB is refused: SVC0002', async () => {
    const [alice, , call] = await ringing('big')
    const { status, messageId } = await alice.send('PATCH', call, { raw: 'x'.repeat(4097), headers })
    assert.deepEqual([status, messageId], [400, 'SVC0002'])
  })
})

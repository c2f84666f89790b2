import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient, send, type EventObject } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'
import { clientOf } from './testing/sample-server.ts'

const gateway = runningGateway()
let users = 0

/** A call that is up between two clients without extensions, each with its own path of it. */
async function connected(): Promise<readonly [RawClient, string, RawClient, string]> {
  users += 1
  const name = `bob${String(users)}`
  const alice = await RawClient.login(gateway.origin, `alice${String(users)}`)
  const bob = await RawClient.login(gateway.origin, name)
  const { headers } = await alice.dial(name)
  const { events } = await bob.poll()
  const ofBob = events[0]?.resourceURL ?? ''
  await bob.act(ofBob, 'call-answer', 'answer')
  await Promise.all([alice.poll(), bob.poll()])
  return [alice, headers.get('location') ?? '', bob, ofBob]
}

describe('a request of the original client', () => {
  it('logs in with its headers and a body that says what it can', async () => {
    const client = await RawClient.withToken(gateway.origin, 'alice')
    const headers = { accept: 'application/json', 'x-e911Id': '', 'x-Arg': 'ClientSdk=ewebrtc-sdk 1.0.2' }
    const { status, headers: answered } = await client.logIn({}, headers)
    assert.equal(status, 201)
    assert.ok(Number(answered.get('x-expires')) > 0)
    assert.equal(answered.get('location')?.split('/').length, 5)
    assert.match(answered.get('location')?.split('/')[4] ?? '', /^[\da-f-]{36}$/)
  })

  it('refreshes its session without a body: 2xx, x-expires', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { status, headers } = await client.send('PUT', client.session)
    assert.deepEqual([status, headers.get('x-expires')], [204, '3600'])
  })

  it('logs out with the E911 id beside', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    assert.equal((await client.send('DELETE', client.session, { headers: { 'x-e911Id': 'id-1' } })).status, 204)
  })

  it('asks for a WebSocket: 2xx, location', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { status, headers } = await client.send('POST', `${client.session}/websockets`)
    assert.equal(status, 201)
    assert.match(headers.get('location') ?? '', /^ws:/)
  })

  it('dials and answers: ids at the fifth and seventh part of each path, the same call on both sides', async () => {
    const [alice, ofAlice, bob, ofBob] = await connected()
    for (const [client, path] of [
      [alice, ofAlice],
      [bob, ofBob],
    ] as const) {
      const [root, rtc, version, sessions, session, calls, call, ...more] = path.split('/')
      assert.deepEqual([root, rtc, version, sessions, calls, more], ['', 'RTC', 'v1', 'sessions', 'calls', []])
      assert.equal(session, client.session.split('/')[4])
      assert.equal(call, ofAlice.split('/')[6])
    }
  })

  for (const action of ['initiate-call-hold', 'initiate-call-resume']) {
    it(`${action}, with the type of its description: 204`, async () => {
      const [alice, ofAlice] = await connected()
      const body = { callsMediaModifications: { sdp: 'offer', type: 'offer' } }
      const { status } = await alice.send('PUT', ofAlice, { headers: { 'x-calls-action': action }, body })
      assert.equal(status, 204)
    })
  }

  for (const [method, path, body] of [
    ['POST', 'conferences', { conference: { sdp: 'offer' } }],
    ['PUT', 'conferences/x/participants/tel:+15551234567', undefined],
    ['DELETE', 'conferences/x/participants/sip:bob@example.com', undefined],
  ] as const) {
    it(`to host a conference without a media server is answered with 501: ${method} ${path}`, async () => {
      const client = await RawClient.login(gateway.origin, 'host')
      const { status, messageId } = await client.send(method, `${client.session}/${path}`, { body })
      await client.send('DELETE', client.session)
      assert.deepEqual([status, messageId], [501, ''])
    })
  }

  for (const [what, action] of [
    ['move', 'initiate-call-move'],
    ['transfer', 'initiate-call-transfer'],
  ] as const) {
    it(`to ${what} a call whose far side knows no extension is answered with 501, and the call stays`, async () => {
      const [alice, ofAlice, bob] = await connected()
      await RawClient.login(gateway.origin, `alice${String(users)}`)
      const carol = await RawClient.login(gateway.origin, `carol${String(users)}`)
      const { headers } = await alice.dial(`carol${String(users)}`)
      const { events } = await carol.poll()
      await carol.act(events[0]?.resourceURL ?? '', 'call-answer', 'answer')
      await alice.poll()
      const other = { 'x-transferTargetCallId': headers.get('location')?.split('/')[6] ?? '' }
      const { status } = await alice.act(ofAlice, action, 'sdp', other)
      assert.equal(status, 501)
      assert.equal((await alice.act(ofAlice, 'initiate-call-hold', 'offer')).status, 204)
      assert.deepEqual(await bob.heard(), ['mod-received'])
    })
  }

  for (const [method, path] of [
    ['POST', '/RTC/v1/sessions'],
    ['PUT', '/RTC/v1/sessions/s'],
    ['DELETE', '/RTC/v1/sessions/s'],
    ['PUT', '/RTC/v1/userIds/alice'],
    ['GET', '/RTC/v1/sessions/s/events'],
    ['POST', '/RTC/v1/sessions/s/websockets'],
    ['POST', '/RTC/v1/sessions/s/calls'],
    ['PUT', '/RTC/v1/sessions/s/calls/c'],
    ['DELETE', '/RTC/v1/sessions/s/calls/c'],
    ['POST', '/RTC/v1/sessions/s/conferences'],
  ] as const) {
    it(`needs a token: ${method} ${path}`, async () => {
      const { status, messageId } = await send(gateway.origin + path.slice(1), method)
      assert.deepEqual([status, messageId], [401, 'POL0001'])
    })
  }

  for (const [method, path] of [
    ['PUT', ''],
    ['DELETE', ''],
    ['GET', '/events'],
    ['POST', '/websockets'],
    ['PUT', '/calls/c'],
    ['DELETE', '/calls/c'],
  ] as const) {
    it(`of a session that is over is answered in the words that mean so: ${method} ${path || '/'}`, async () => {
      const client = await RawClient.login(gateway.origin, 'gone')
      await client.send('DELETE', client.session)
      const headers = { 'x-calls-action': 'call-answer', 'x-delete-reason': 'terminate' }
      const { status, text } = await client.send(method, client.session + path, { headers })
      assert.equal(status, 404)
      assert.match(text, /The requested session resource was not found/)
    })
  }
})

describe('an address of the original client', () => {
  for (const [dialled, user] of [
    ['tel:+5552345678', '15552345678'],
    ['tel:+15552345679', '5552345679'],
    ['sip:number@example.com', 'number'],
    ['sip:visitor@Other.org', 'visitor@other.org'],
  ] as const) {
    it(`${dialled} rings at ${user}`, async () => {
      const caller = await RawClient.login(gateway.origin, 'caller')
      const callee = await RawClient.login(gateway.origin, user)
      assert.equal((await caller.dial(dialled)).status, 201)
      assert.deepEqual(await callee.heard(), ['invitation-received'])
    })
  }

  for (const number of ['911', '411', '611', '*69', '#89']) {
    it(`tel:${number} is nobody's`, async () => {
      const { status, messageId } = await send(`${gateway.origin}tokens`, 'POST', { body: { userId: number } })
      assert.deepEqual([status, messageId], [404, 'SVC8514'])
      const virtual = await clientOf(gateway.origin, 'VIRTUAL_NUMBER')
      const path = `/RTC/v1/userIds/${encodeURIComponent(`vtn:${number}`)}`
      assert.equal((await virtual.send('PUT', path)).messageId, 'SVC8514')
      const caller = await RawClient.login(gateway.origin, 'caller')
      assert.equal((await caller.dial(`tel:${number}`)).status, 404)
    })
  }

  for (const [user, from] of [
    ['5553456789', 'tel:+15553456789'],
    ['15553456790', 'tel:+15553456790'],
    ['dave', 'sip:dave@example.com'],
    ['dave@other.org', 'sip:dave@other.org'],
  ] as const) {
    it(`of ${user} is shown to the callee as ${from}`, async () => {
      users += 1
      const caller = await RawClient.login(gateway.origin, user)
      const callee = await RawClient.login(gateway.origin, `callee${String(users)}`)
      await caller.dial(`callee${String(users)}`)
      assert.equal((await callee.poll()).events[0]?.from, from)
    })
  }
})

describe('an event of the original client', () => {
  const fields = new Set(['type', 'resourceURL', 'state', 'from', 'sdp', 'modId', 'reason', 'detail'])

  /** Everything that two clients hear in a call with a hold that is refused. */
  async function heardOfACall(): Promise<readonly EventObject[]> {
    const [alice, ofAlice, bob, ofBob] = await connected()
    await alice.act(ofAlice, 'initiate-call-hold', 'offer')
    const asked = await bob.poll()
    await bob.act(ofBob, 'rejectCancel-call-mod', 'sdp', { 'x-modId': asked.events[0]?.modId ?? '' })
    const settled = [await alice.poll(), await bob.poll()]
    await alice.end(ofAlice, 'terminate')
    const ended = [await alice.poll(), await bob.poll()]
    return [asked, ...settled, ...ended].flatMap(({ events }) => events)
  }

  it('holds its type, its call, its state, and no field that client never heard of but `detail`', async () => {
    const events = await heardOfACall()
    assert.deepEqual(
      events.map(({ type, state, reason }) => [type, state, reason]),
      [
        ['calls', 'mod-received', undefined],
        ['calls', 'mod-terminated', 'Call rejected'],
        ['calls', 'mod-terminated', 'Call rejected'],
        ['calls', 'session-terminated', undefined],
        ['calls', 'session-terminated', undefined],
      ],
    )
    for (const event of events) {
      assert.match(event.resourceURL, /^\/RTC\/v1\/sessions\/[^/]+\/calls\/[^/]+$/)
      for (const name of Object.keys(event)) assert.ok(fields.has(name), name)
    }
  })
})

describe('a session of the original client', () => {
  const short = runningGateway({ sessionTtl: 2, pollWait: 0.5 })

  it('lives on while it is refreshed, through polls that are answered with 204', async () => {
    const client = await RawClient.login(short.origin, 'alice')
    for (let polls = 0; polls < 5; polls += 1) {
      assert.equal((await client.poll()).status, 204)
      assert.equal((await client.send('PUT', client.session)).status, 204)
    }
  })

  it('expires while it only polls: its last poll is answered, the next one hears 404', async () => {
    const client = await RawClient.login(short.origin, 'bob')
    let { status } = await client.poll()
    while (status === 204) ({ status } = await client.poll())
    assert.equal(status, 404)
  })
})

describe('a page of another origin', () => {
  it('may send every header of the protocol', async () => {
    const wanted =
      'accept,authorization,content-type,x-arg,x-calls-action,x-conference-action,x-delete-reason,x-e911id,x-mod-id,' +
      'x-modid,x-transfertargetcallid'
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const { status, headers } = await send(`${gateway.origin}RTC/v1/sessions/s/calls/c`, 'OPTIONS', {
        headers: {
          origin: 'https://page.example',
          'access-control-request-method': method,
          'access-control-request-headers': wanted,
        },
      })
      assert.equal(status, 204)
      assert.equal(headers.get('access-control-allow-headers'), wanted)
      assert.ok(headers.get('access-control-allow-methods')?.includes(method))
    }
  })

  it('may read Location, x-expires, x-state and x-modId', async () => {
    const { headers } = await send(`${gateway.origin}healthz`, 'GET', { headers: { origin: 'https://page.example' } })
    const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(/, */) ?? []
    for (const name of ['location', 'x-expires', 'x-state', 'x-modid']) assert.ok(exposed.includes(name), name)
  })
})

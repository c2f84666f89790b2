import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient, type EventObject } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const gateway = runningGateway()
let users = 0

interface Parties {
  readonly alice: RawClient
  readonly bob: RawClient
  /** The call as each of them names it. */
  readonly ofAlice: string
  readonly ofBob: string
}

/** A call that rings between two users of their own. */
async function ringing(): Promise<Parties> {
  users += 1
  const name = `bob${String(users)}`
  const alice = await RawClient.login(gateway.origin, `alice${String(users)}`, { extensions: true })
  const bob = await RawClient.login(gateway.origin, name)
  const { headers } = await alice.dial(name)
  const { events } = await bob.poll()
  return { alice, bob, ofAlice: headers.get('location') ?? '', ofBob: events[0]?.resourceURL ?? '' }
}

/** A call that is up, what was heard of it read. */
async function connected(): Promise<Parties> {
  const parties = await ringing()
  await parties.bob.act(parties.ofBob, 'call-answer', 'answer')
  const { id } = await parties.alice.poll()
  await parties.alice.poll(`?after=${String(id)}`, AbortSignal.timeout(1)).catch(() => {})
  await parties.bob.poll()
  return parties
}

describe('dial', () => {
  it('answers 201 with the path and state of the call', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    await RawClient.login(gateway.origin, 'bob')
    const { status, headers } = await alice.dial('sip:bob@example.com')
    assert.equal(status, 201)
    assert.match(headers.get('location') ?? '', new RegExp(`^${alice.session}/calls/[^/]+$`))
    assert.equal(headers.get('x-state'), 'invitation-sent')
  })

  it('reaches the callee as an invitation with path, caller and offer', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const bob = await RawClient.login(gateway.origin, 'carol')
    const { headers } = await alice.dial('carol', 'v=0')
    const { events } = await bob.poll()
    const call = headers.get('location')?.split('/')[6] ?? ''
    assert.deepEqual(events, [
      {
        type: 'calls',
        resourceURL: `${bob.session}/calls/${call}`,
        state: 'invitation-received',
        from: 'sip:alice@example.com',
        sdp: 'v=0',
      },
    ])
  })

  for (const written of ['5551234567', 'tel:+15551234567', 'tel:+5551234567', '1 (555) 123-4567']) {
    it(`finds a number written as ${written}`, async () => {
      const alice = await RawClient.login(gateway.origin, 'alice')
      await RawClient.login(gateway.origin, '15551234567')
      assert.equal((await alice.dial(written)).status, 201)
    })
  }

  for (const [what, body, expected] of [
    ['nobody of that name', { call: { calledParty: 'sip:nobody@example.com', sdp: 'offer' } }, [404, '']],
    ['an address that is none', { call: { calledParty: 'no body', sdp: 'offer' } }, [400, 'SVC0004']],
    ['no offer', { call: { calledParty: 'bob' } }, [400, 'SVC0002']],
    ['an empty offer', { call: { calledParty: 'bob', sdp: '' } }, [400, 'SVC0002']],
    ['an offer that is no text', { call: { calledParty: 'bob', sdp: 5 } }, [400, 'SVC0002']],
    ['no call', {}, [400, 'SVC0002']],
    ['more than 64 kB', { call: { calledParty: 'bob', sdp: 'x'.repeat(66_000) } }, [413, 'SVC0002']],
  ] as const) {
    it(`is refused with ${expected.join(' ')} for ${what}, and rings nowhere`, async () => {
      const alice = await RawClient.login(gateway.origin, 'alice')
      const { status, messageId } = await alice.send('POST', `${alice.session}/calls`, { body })
      assert.deepEqual([status, messageId], expected)
    })
  }
})

describe('a ringing call', () => {
  it('is open after call-answer; the caller gets the answer', async () => {
    const { alice, bob, ofAlice, ofBob } = await ringing()
    const { status, headers } = await bob.act(ofBob, 'call-answer', 'v=0 answer')
    assert.deepEqual([status, headers.get('x-state')], [204, 'session-open'])
    const { events } = await alice.poll()
    assert.deepEqual(
      [events[0]?.state, events[0]?.resourceURL, events[0]?.sdp],
      ['session-open', ofAlice, 'v=0 answer'],
    )
    assert.deepEqual(await bob.heard(), ['session-open'])
  })

  it('tells the caller that it alerts', async () => {
    const { alice, bob, ofBob } = await ringing()
    assert.equal((await bob.act(ofBob, 'ringing')).status, 204)
    assert.deepEqual(await alice.heard(), ['ringing'])
  })

  it('is rejected', async () => {
    const { alice, bob, ofBob } = await ringing()
    assert.equal((await bob.end(ofBob, 'reject')).status, 204)
    assert.deepEqual(await alice.heard(), ['session-terminated: Call rejected'])
  })

  it('is rejected as busy', async () => {
    const { alice, bob, ofBob } = await ringing()
    await bob.end(ofBob, 'reject', { 'x-delete-detail': 'busy' })
    const { events } = await alice.poll()
    assert.deepEqual([events[0]?.reason, events[0]?.detail], ['Call rejected', 'busy'])
  })

  it('is canceled', async () => {
    const { alice, bob, ofAlice } = await ringing()
    await alice.end(ofAlice, 'cancel')
    assert.deepEqual(await bob.heard(), ['session-terminated: Call canceled'])
  })

  it('rings every device of the callee; the first to answer gets it', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const first = await RawClient.login(gateway.origin, 'twice')
    const second = await RawClient.login(gateway.origin, 'twice')
    await alice.dial('twice')
    const [{ events }] = await Promise.all([first.poll(), second.poll()])
    await first.act(events[0]?.resourceURL ?? '', 'call-answer', 'answer')
    const lost = await second.poll()
    assert.deepEqual(
      lost.events.map(({ state, reason, detail }) => [state, reason, detail]),
      [['session-terminated', 'Call canceled', 'answered-elsewhere']],
    )
  })

  it('passes candidates on to a client with extensions', async () => {
    const { alice, bob, ofBob } = await ringing()
    await bob.act(ofBob, 'call-answer', 'answer')
    const { id } = await alice.poll()
    const fragment = 'a=ice-ufrag:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n'
    const headers = { 'content-type': 'application/trickle-ice-sdpfrag' }
    assert.equal((await bob.send('PATCH', ofBob, { raw: fragment, headers })).status, 204)
    const { events } = await alice.poll(`?after=${String(id)}`)
    assert.deepEqual(
      events.map(({ state, sdpfrag }) => [state, sdpfrag]),
      [['ice-candidates', fragment]],
    )
  })
})

describe('a call that is up', () => {
  for (const action of ['initiate-call-hold', 'initiate-call-resume', 'initiate-call-mod']) {
    it(`passes ${action} on, and its answer back`, async () => {
      const { alice, bob, ofAlice, ofBob } = await connected()
      const { status, headers } = await bob.act(ofBob, action, 'new offer')
      assert.equal(status, 204)
      const modId = headers.get('x-modId') ?? ''
      const { events, id } = await alice.poll()
      const asked = events.at(-1)
      assert.deepEqual([asked?.state, asked?.modId, asked?.sdp], ['mod-received', modId, 'new offer'])
      assert.equal((await alice.act(ofAlice, 'accept-call-mod', 'new answer', { 'x-modId': modId })).status, 204)
      const { events: settled } = await bob.poll()
      assert.deepEqual(
        settled.map(({ state, reason, sdp }) => [state, reason, sdp]),
        [['mod-terminated', 'success', 'new answer']],
      )
      assert.ok(id > 0)
    })
  }

  it('tells the asker that its modification was rejected', async () => {
    const { alice, bob, ofAlice, ofBob } = await connected()
    const { headers } = await bob.act(ofBob, 'initiate-call-mod', 'new offer')
    const modId = headers.get('x-modId') ?? ''
    await alice.act(ofAlice, 'rejectCancel-call-mod', 'sdp', { 'x-modId': modId })
    assert.deepEqual(await bob.heard(), ['mod-terminated: Call rejected'])
  })

  it('refuses a second modification with SVC8501', async () => {
    const { alice, bob, ofAlice, ofBob } = await connected()
    await bob.act(ofBob, 'initiate-call-mod', 'new offer')
    const { status, messageId } = await alice.act(ofAlice, 'initiate-call-hold', 'new offer')
    assert.deepEqual([status, messageId], [409, 'SVC8501'])
  })

  it('is hung up', async () => {
    const { alice, bob, ofAlice } = await connected()
    const { status, headers } = await alice.end(ofAlice, 'terminate')
    assert.deepEqual([status, headers.get('x-state')], [204, 'session-terminated'])
    assert.deepEqual(await bob.heard(), ['session-terminated'])
  })

  it('ends when the other side logs out', async () => {
    const { alice, bob } = await connected()
    await alice.send('DELETE', alice.session)
    const { events } = await bob.poll()
    assert.equal(events[0]?.detail, 'session-ended')
  })
})

describe('a request that a call does not allow', () => {
  type Ask = (parties: Parties) => ReturnType<RawClient['act']>
  const asks: readonly (readonly [string, Ask, readonly [number, string]])[] = [
    ['another answer', ({ bob, ofBob }) => bob.act(ofBob, 'call-answer', 'again'), [400, 'SVC0003']],
    ['a modification nobody asked for', ({ bob, ofBob }) => bob.act(ofBob, 'accept-call-mod', 'x'), [400, 'SVC0003']],
    ['an answer without a description', ({ bob, ofBob }) => bob.act(ofBob, 'call-answer'), [400, 'SVC0002']],
    ['an unknown action', ({ bob, ofBob }) => bob.act(ofBob, 'dance', 'x'), [400, 'SVC0002']],
    ['no action', ({ bob, ofBob }) => bob.send('PUT', ofBob), [400, 'SVC0002']],
    ['an unknown reason to end', ({ bob, ofBob }) => bob.end(ofBob, 'boredom'), [400, 'SVC0002']],
    ['no reason to end', ({ bob, ofBob }) => bob.send('DELETE', ofBob), [400, 'SVC0002']],
    ['candidates as JSON', ({ bob, ofBob }) => bob.send('PATCH', ofBob, { body: {} }), [400, 'SVC0002']],
    ['a rejection of a call that is up', ({ bob, ofBob }) => bob.end(ofBob, 'reject'), [400, 'SVC0003']],
    ['an unknown call', ({ bob }) => bob.end(`${bob.session}/calls/none`, 'terminate'), [404, '']],
    ['a call by its other side’s path', ({ bob, ofAlice }) => bob.end(ofAlice, 'terminate'), [403, 'POL0001']],
    [
      'a call of another session',
      async ({ ofBob }) => {
        const mallory = await RawClient.login(gateway.origin, 'mallory')
        return mallory.end(`${mallory.session}/calls/${ofBob.split('/')[6] ?? ''}`, 'terminate')
      },
      [404, ''],
    ],
  ]
  for (const [what, ask, expected] of asks) {
    it(`is refused with ${expected.join(' ')} and changes nothing: ${what}`, async () => {
      const parties = await connected()
      const { status, messageId } = await ask(parties)
      assert.deepEqual([status, messageId], expected)
      // The first thing the other side hears is what comes now.
      await parties.bob.act(parties.ofBob, 'initiate-call-hold', 'offer')
      assert.deepEqual((await parties.alice.heard()).at(-1), 'mod-received')
    })
  }
})

describe('a call that changes hands', () => {
  const withExtensions = (name: string): Promise<RawClient> =>
    RawClient.login(gateway.origin, name, { extensions: true })

  /** Id up to which each client has its events. */
  const acknowledged = new Map<RawClient, number>()

  /** The next event of `state`; those of other states that come with it are passed over. */
  async function nextOf(client: RawClient, state: string): Promise<EventObject> {
    for (;;) {
      const { status, events, id } = await client.poll(`?after=${String(acknowledged.get(client) ?? 0)}`)
      assert.equal(status, 200)
      acknowledged.set(client, id)
      const found = events.find((event) => event.state === state)
      if (found) return found
    }
  }

  async function callBetween(caller: RawClient, callee: RawClient, name: string): Promise<readonly [string, string]> {
    const ofCaller = (await caller.dial(name)).headers.get('location') ?? ''
    const { resourceURL } = await nextOf(callee, 'invitation-received')
    await callee.act(resourceURL, 'call-answer', 'answer')
    await nextOf(callee, 'session-open')
    return [ofCaller, resourceURL]
  }

  it('is transferred: the two other parties exchange descriptions and stay, the transferrer leaves', async () => {
    const [alice, bob, carol] = await Promise.all(['t-alice', 't-bob', 't-carol'].map(withExtensions))
    assert.ok(alice && bob && carol)
    const [toBob, ofBob] = await callBetween(alice, bob, 't-bob')
    const [toCarol, ofCarol] = await callBetween(alice, carol, 't-carol')
    const headers = { 'x-transferTargetCallId': toCarol.split('/')[6] ?? '' }
    assert.equal((await alice.act(toBob, 'initiate-call-transfer', 'sdp', headers)).status, 204)
    await nextOf(bob, 'session-modified')
    assert.equal((await bob.act(ofBob, 'rejoin', 'offer of bob')).status, 204)
    const offered = await nextOf(carol, 'session-modified')
    await carol.act(ofCarol, 'rejoin', 'answer of carol')
    const ended = await nextOf(alice, 'transfer-terminated')
    assert.deepEqual([offered.sdp, offered.from, ended.reason], ['offer of bob', 'sip:t-bob@example.com', 'success'])
  })

  it('is moved to another device of the user', async () => {
    const [alice, bob] = await Promise.all(['m-alice', 'm-bob'].map(withExtensions))
    assert.ok(alice && bob)
    const [ofAlice, ofBob] = await callBetween(alice, bob, 'm-bob')
    const bob2 = await withExtensions('m-bob')
    assert.equal((await bob.act(ofBob, 'initiate-call-move', 'sdp')).status, 204)
    await nextOf(alice, 'session-modified')
    await alice.act(ofAlice, 'rejoin', 'offer of alice')
    const invitation = await nextOf(bob2, 'invitation-received')
    await bob2.act(invitation.resourceURL, 'call-answer', 'answer of bob2')
    const moved = await nextOf(bob, 'move-terminated')
    assert.deepEqual([invitation.sdp, moved.reason], ['offer of alice', 'success'])
  })

  it('is refused without the other call', async () => {
    const { bob, ofBob } = await connected()
    const { status, messageId } = await bob.act(ofBob, 'initiate-call-transfer', 'sdp')
    assert.deepEqual([status, messageId], [400, 'SVC0002'])
  })
})

describe('resources', () => {
  it('of conferences that are not there answer 404', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    for (const [method, headers] of [
      ['PUT', { 'x-conference-action': 'call-answer' }],
      ['DELETE', { 'x-delete-reason': 'terminate' }],
    ] as const) {
      const body = method === 'PUT' ? { conferenceModifications: { sdp: 'answer' } } : undefined
      const { status, messageId } = await client.send(method, `${client.session}/conferences/x`, { headers, body })
      assert.deepEqual([status, messageId], [404, ''])
    }
  })

  it('that do not exist answer 404 in the error body', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    for (const path of ['/', '/RTC/v1', '/RTC/v1/nothing', `${client.session}/nothing`]) {
      const { status, messageId } = await client.send('GET', path)
      assert.deepEqual([status, messageId], [404, ''])
    }
  })
})

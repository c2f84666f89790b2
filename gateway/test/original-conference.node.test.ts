import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OriginalClient } from './testing/original-client.ts'
import { RawClient, type EventObject } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const told = ({ type, state, sdp, reason }: EventObject): object => ({
  type,
  state,
  ...(sdp !== undefined && { sdp }),
  ...(reason !== undefined && { reason }),
})

/** A client takes ids from paths by their position. */
const idOf = ({ resourceURL }: EventObject): string => resourceURL.split('/')[6] ?? ''

describe('a client of the original protocol that is invited to a conference', () => {
  const gateway = runningGateway({ pollWait: 0.5 })
  let users = 0

  /** A host whose page mixes, and a guest who knows no extension, invited; the path of the host's call. */
  async function invited(): Promise<readonly [RawClient, OriginalClient, string, EventObject]> {
    users += 1
    const [host, guest] = await Promise.all([
      RawClient.login(gateway.origin, `host${String(users)}`),
      OriginalClient.login(gateway.origin, `guest${String(users)}`),
    ])
    const call = { calledParty: `sip:guest${String(users)}@example.com`, sdp: 'offer', focus: true }
    const { status, headers } = await host.send('POST', `${host.session}/calls`, { body: { call } })
    assert.equal(status, 201)
    return [host, guest, headers.get('location') ?? '', await guest.next()]
  }

  async function joined(): Promise<readonly [RawClient, OriginalClient, string, string]> {
    const [host, guest, path, invitation] = await invited()
    const id = idOf(invitation)
    await guest.conference(id, 'call-answer', { sdp: 'answer' })
    await Promise.all([host.poll(), guest.next()])
    return [host, guest, path, id]
  }

  it('hears of it as one, at an address below the conferences', async () => {
    const [, guest, , invitation] = await invited()
    assert.deepEqual(told(invitation), { type: 'conferences', state: 'invitation-received', sdp: 'offer' })
    assert.equal(invitation.resourceURL.split('/')[5], 'conferences')
    await guest.logout()
  })

  it('hears of a call as one still', async () => {
    const guest = await OriginalClient.login(gateway.origin, 'callee')
    const host = await RawClient.login(gateway.origin, 'caller')
    await host.dial('callee')
    const { type, resourceURL } = await guest.next()
    assert.deepEqual([type, resourceURL.split('/')[5]], ['calls', 'calls'])
    await guest.logout()
  })

  it('joins it, and the host has the answer', async () => {
    const [host, guest, path, invitation] = await invited()
    const { status, headers } = await guest.conference(idOf(invitation), 'call-answer', { sdp: 'answer' })
    assert.deepEqual([status, headers.get('x-state')], [204, 'session-open'])
    const { events } = await host.poll()
    const open = events.find(({ state }) => state === 'session-open')
    assert.deepEqual([open?.type, open?.resourceURL, open?.sdp], ['calls', path, 'answer'])
    assert.deepEqual(told(await guest.next()), { type: 'conferences', state: 'session-open' })
    await guest.logout()
  })

  it('declines it', async () => {
    const [host, guest, , invitation] = await invited()
    await guest.leaveConference(idOf(invitation), 'reject')
    const { events } = await host.poll()
    assert.deepEqual(events.map(told), [{ type: 'calls', state: 'session-terminated', reason: 'Call rejected' }])
    await guest.logout()
  })

  it('hears when the invitation is taken back', async () => {
    const [host, guest, path] = await invited()
    await host.send('DELETE', path, { headers: { 'x-delete-reason': 'cancel' } })
    const end = { type: 'conferences', state: 'session-terminated', reason: 'Call canceled' }
    assert.deepEqual(told(await guest.next()), end)
    await guest.logout()
  })

  for (const action of ['initiate-hold', 'initiate-resume']) {
    it(`asks for ${action}, and has the host’s answer`, async () => {
      const [host, guest, path, id] = await joined()
      const { status, headers } = await guest.conference(id, action, { sdp: 'new offer', type: 'offer' })
      assert.equal(status, 204)
      const { events } = await host.poll()
      assert.deepEqual(events.map(told), [{ type: 'calls', state: 'mod-received', sdp: 'new offer' }])
      const modId = headers.get('x-modId') ?? ''
      assert.equal(events[0]?.modId, modId)
      await host.act(path, 'accept-call-mod', 'new answer', { 'x-modId': modId })
      const done = { type: 'conferences', state: 'mod-terminated', sdp: 'new answer', reason: 'success' }
      assert.deepEqual(told(await guest.next()), done)
      await guest.logout()
    })
  }

  it('accepts what the host changes', async () => {
    const [host, guest, path, id] = await joined()
    await host.act(path, 'initiate-call-hold', 'new offer')
    const asked = await guest.next()
    assert.deepEqual(told(asked), { type: 'conferences', state: 'mod-received', sdp: 'new offer' })
    await guest.conference(id, 'accept-media-mod', { sdp: 'new answer' }, { 'x-mod-Id': asked.modId ?? '' })
    const { events } = await host.poll()
    const done = { type: 'calls', state: 'mod-terminated', sdp: 'new answer', reason: 'success' }
    assert.deepEqual(events.map(told), [done])
    await guest.logout()
  })

  it('leaves it, and the host hears a plain end', async () => {
    const [host, guest, , id] = await joined()
    await guest.leaveConference(id, 'terminate')
    const { events } = await host.poll()
    assert.deepEqual(events.map(told), [{ type: 'calls', state: 'session-terminated' }])
    await guest.logout()
  })

  it('hears a plain end when the host removes it', async () => {
    const [host, guest, path] = await joined()
    await host.send('DELETE', path, { headers: { 'x-delete-reason': 'terminate' } })
    assert.deepEqual(told(await guest.next()), { type: 'conferences', state: 'session-terminated' })
    await guest.logout()
  })

  it('hears of its end when the host signs out', async () => {
    const [host, guest] = await joined()
    await host.send('DELETE', host.session)
    const end = await guest.next()
    assert.deepEqual([end.type, end.state], ['conferences', 'session-terminated'])
    await guest.logout()
  })

  it('is refused an action that the protocol has not', async () => {
    const [, guest, , id] = await joined()
    const { status, messageId } = await guest.conference(id, 'mix', { sdp: 'sdp' })
    assert.deepEqual([status, messageId], [400, 'SVC0002'])
    await guest.logout()
  })
})

describe('the focus of a conference', () => {
  const gateway = runningGateway()

  it('is not declared by a word that is none of ours', async () => {
    const host = await RawClient.login(gateway.origin, 'host')
    const call = { calledParty: 'sip:guest@example.com', sdp: 'offer', focus: 'yes' }
    const { status, messageId } = await host.send('POST', `${host.session}/calls`, { body: { call } })
    assert.deepEqual([status, messageId], [400, 'SVC0002'])
  })

  it('hands nothing over to a client of the original protocol, which would ring', async () => {
    const host = await RawClient.login(gateway.origin, 'host')
    await RawClient.login(gateway.origin, 'guest')
    const call = { calledParty: 'sip:guest@example.com', sdp: 'offer', focus: 'hand-over' }
    const { status } = await host.send('POST', `${host.session}/calls`, { body: { call } })
    assert.equal(status, 501)
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createGateway, type Gateway } from '../src/index.ts'
import { JanusDouble } from './testing/janus-double.ts'
import { inactive, sendrecv } from './testing/mixed-conference.ts'
import { OriginalClient } from './testing/original-client.ts'
import type { Answer, EventObject } from './testing/raw-client.ts'

const idOf = ({ resourceURL }: EventObject): string => resourceURL.split('/')[6] ?? ''

describe('a client of the original protocol that hosts a conference on a media server', () => {
  let janus: JanusDouble
  let gateway: Gateway
  let origin: string
  let hosts = 0

  before(async () => {
    janus = await JanusDouble.start()
    for (const kind of ['detach', 'trickle']) janus.answer(kind, { janus: 'success' })
    const jsep = { type: 'answer', sdp: sendrecv }
    janus.answer('message', { janus: 'event', plugindata: { data: { room: 1, id: 7 } }, jsep })
    gateway = createGateway({ port: 0, domain: 'example.com', devTokens: true, pollWait: 0.5, janusUrls: [janus.url] })
    origin = await gateway.listen()
  })
  after(async () => {
    await gateway.close()
    await janus.stop()
  })

  /** Begins one, as soon as the media server is reached; the host and the path of the conference. */
  async function hosting(): Promise<readonly [OriginalClient, string]> {
    hosts += 1
    const host = await OriginalClient.login(origin, `host${String(hosts)}`)
    const begin = (): Promise<Answer> =>
      host.send('POST', `${host.path}/conferences`, { body: { conference: { sdp: sendrecv } } })
    let reply = await begin()
    while (reply.status === 503) reply = await begin()
    assert.equal(reply.status, 201)
    const location = reply.headers.get('location') ?? ''
    assert.match(location, /^\/RTC\/v1\/sessions\/[^/]+\/conferences\/[^/]+$/)
    assert.ok(reply.headers.get('x-state'))
    const open = await host.next()
    assert.deepEqual([open.type, open.state, open.resourceURL], ['conferences', 'session-open', location])
    assert.ok(open.sdp)
    return [host, location]
  }

  /** Invites a guest, who hears of it. */
  async function invited(
    host: OriginalClient,
    path: string,
    name: string,
  ): Promise<{ readonly guest: OriginalClient; readonly id: string; readonly modId: string; readonly uri: string }> {
    const guest = await OriginalClient.login(origin, name)
    // That client puts a plus before the ten digits of a number, without its country code.
    const uri = /^\d+$/.test(name) ? `tel:+${name}` : `sip:${name}@example.com`
    const { status, headers } = await host.send('PUT', `${path}/participants/${uri}`)
    assert.ok(status >= 200 && status < 300)
    assert.equal(headers.get('x-state'), 'add-pending')
    const invitation = await guest.next()
    assert.deepEqual([invitation.type, invitation.state], ['conferences', 'invitation-received'])
    return { guest, id: idOf(invitation), modId: headers.get('x-modId') ?? '', uri }
  }

  for (const name of ['guest', '12065550142', '2065550143'])
    it(`invites ${name}, who joins; removes them; ends it`, async () => {
      const [host, path] = await hosting()
      const { guest, id, modId, uri } = await invited(host, path, name)
      await guest.conference(id, 'call-answer', { sdp: sendrecv })
      assert.equal((await guest.next()).state, 'session-open')
      const accepted = await host.next()
      assert.deepEqual(
        [accepted.type, accepted.state, accepted.modId, accepted.reason, accepted.from],
        ['conferences', 'mod-terminated', modId, 'success', uri.replace(/^tel:\+(\d{10})$/, 'tel:+1$1')],
      )
      const { status, headers } = await host.send('DELETE', `${path}/participants/${uri}`)
      assert.ok(status >= 200 && status < 300)
      assert.equal(headers.get('x-state'), 'remove-pending')
      assert.equal((await guest.next()).state, 'session-terminated')
      await host.leaveConference(path.split('/')[6] ?? '', 'terminate')
      const ended = await host.next()
      assert.deepEqual([ended.type, ended.state, ended.resourceURL], ['conferences', 'session-terminated', path])
      await Promise.all([host.logout(), guest.logout()])
      assert.deepEqual([...host.unread, ...guest.unread, ...host.hasty, ...guest.hasty], [])
    })

  it('hears that somebody declined, who hears it too', async () => {
    const [host, path] = await hosting()
    const { guest, id, modId } = await invited(host, path, 'decliner')
    await guest.leaveConference(id, 'reject')
    const declined = await host.next()
    assert.deepEqual([declined.state, declined.modId, declined.reason], ['mod-terminated', modId, 'Call rejected'])
    const own = await guest.next()
    assert.deepEqual([own.type, own.state, own.reason], ['conferences', 'session-terminated', 'Call rejected'])
    await Promise.all([host.logout(), guest.logout()])
  })

  it('holds it and resumes it', async () => {
    const [host, path] = await hosting()
    for (const [action, sdp] of [
      ['initiate-hold', inactive],
      ['initiate-resume', sendrecv],
    ] as const) {
      const { status } = await host.conference(path.split('/')[6] ?? '', action, { sdp, type: 'offer' })
      assert.equal(status, 204)
      const done = await host.next()
      assert.deepEqual([done.type, done.state, done.reason], ['conferences', 'mod-terminated', 'success'])
      assert.ok(done.sdp)
    }
    await host.logout()
  })
})

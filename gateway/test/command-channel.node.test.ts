import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { RawClient, tokenFor } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

interface Reply {
  readonly reply: number
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

interface Frame {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly after?: number
}

type Message = Partial<Reply> & {
  readonly id?: number
  readonly events?: { readonly eventList: readonly { readonly eventObject: { readonly state: string } }[] }
}

const opened = new Set<WebSocket>()

/** A client that speaks the channel by hand. */
class ChannelClient {
  readonly messages: Message[] = []
  token = ''
  session = ''
  closedBy: number | undefined
  readonly #watchers = new Set<() => void>()
  #sent = 0

  private constructor(readonly socket: WebSocket) {
    opened.add(socket)
    socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()) as Message)
      this.#look()
    })
    socket.on('close', (code) => {
      this.closedBy = code
      this.#look()
    })
    socket.on('error', () => {})
  }

  static async open(origin: string, headers: Readonly<Record<string, string>> = {}): Promise<ChannelClient> {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}RTC/v1/channel`, { headers })
    await once(socket, 'open')
    return new ChannelClient(socket)
  }

  static async signIn(origin: string, userId: string): Promise<ChannelClient> {
    const client = await ChannelClient.open(origin)
    client.token = await tokenFor(origin, userId)
    const body = { session: { extensions: true, eventChannel: 'websocket' } }
    const { status, headers } = await client.ask({ method: 'POST', path: '/RTC/v1/sessions', body, after: 0 })
    assert.equal(status, 201)
    client.session = headers['location'] ?? ''
    return client
  }

  send({ headers, ...frame }: Frame): number {
    const request = ++this.#sent
    const text = typeof frame.body === 'string' ? 'application/trickle-ice-sdpfrag' : 'application/json'
    const fields = {
      authorization: `Bearer ${this.token}`,
      ...(frame.body !== undefined && { 'content-type': text }),
      ...headers,
    }
    this.socket.send(JSON.stringify({ request, headers: fields, ...frame }))
    return request
  }

  async ask(frame: Frame): Promise<Reply> {
    return this.replyTo(this.send(frame))
  }

  async replyTo(request: number): Promise<Reply> {
    return this.#until(() => this.messages.find(({ reply }) => reply === request) as Reply | undefined)
  }

  dial(to: string, headers = {}): Promise<Reply> {
    const body = { call: { calledParty: to, sdp: 'offer' } }
    return this.ask({ method: 'POST', path: `${this.session}/calls`, body, headers })
  }

  /** States of all events so far. */
  get heard(): readonly string[] {
    return this.messages.flatMap(({ events }) => events?.eventList ?? []).map(({ eventObject }) => eventObject.state)
  }

  async hears(state: string): Promise<void> {
    await this.#until(() => this.heard.includes(state) || undefined)
  }

  async closed(): Promise<number> {
    return this.#until(() => this.closedBy)
  }

  #look(): void {
    for (const look of [...this.#watchers]) look()
  }

  #until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find()
        if (found === undefined) return
        this.#watchers.delete(look)
        resolve(found)
      }
      this.#watchers.add(look)
      look()
    })
  }
}

const messageId = ({ body = '{}' }: Reply): string | undefined => {
  const { RequestError } = JSON.parse(body) as { RequestError: Readonly<Record<string, { MessageId: string }>> }
  return Object.values(RequestError)[0]?.MessageId
}

describe('the channel of commands', () => {
  const gateway = runningGateway()
  after(() => {
    for (const socket of opened) socket.terminate()
  })

  it('signs in by one message, and brings the events of the session', async () => {
    const bob = await ChannelClient.signIn(gateway.origin, 'bob')
    const alice = await RawClient.login(gateway.origin, 'alice')
    await alice.dial('bob')
    await bob.hears('invitation-received')
    const [reply] = bob.messages
    assert.match(reply?.headers?.['location'] ?? '', /^\/RTC\/v1\/sessions\//)
    assert.equal(reply?.headers?.['x-userid'], 'sip:bob@example.com')
    assert.equal((JSON.parse(reply?.body ?? '') as { session: { pingInterval: number } }).session.pingInterval, 15)
  })

  it('takes messages that follow each other without a reply, in their order', async () => {
    const client = await ChannelClient.open(gateway.origin)
    client.token = await tokenFor(gateway.origin, 'carol')
    const first = client.send({ method: 'PUT', path: '/RTC/v1/userIds/carol' })
    const body = { session: { extensions: true, eventChannel: 'websocket' } }
    const second = client.send({ method: 'POST', path: '/RTC/v1/sessions', body, after: 0 })
    assert.deepEqual([(await client.replyTo(first)).status, (await client.replyTo(second)).status], [204, 201])
    assert.deepEqual(client.messages.map(({ reply }) => reply).filter(Boolean), [first, second])
  })

  it('carries a call from the first word to the last', async () => {
    const [alice, bob] = await Promise.all(['anna', 'ben'].map((name) => ChannelClient.signIn(gateway.origin, name)))
    assert.ok(alice && bob)
    const { status, headers } = await alice.dial('ben')
    assert.equal(status, 201)
    await bob.hears('invitation-received')
    const event = bob.messages.flatMap(({ events }) => events?.eventList ?? [])[0]?.eventObject as unknown as {
      resourceURL: string
    }
    const theirs = event.resourceURL
    const body = { callsMediaModifications: { sdp: 'answer' } }
    const answer = await bob.ask({
      method: 'PUT',
      path: theirs,
      headers: { 'x-calls-action': 'call-answer' },
      body,
    })
    assert.equal(answer.status, 204)
    await alice.hears('session-open')
    const candidates = await alice.ask({ method: 'PATCH', path: headers['location'] ?? '', body: 'a=candidate' })
    assert.equal(candidates.status, 204)
    await bob.hears('ice-candidates')
    await alice.ask({
      method: 'DELETE',
      path: headers['location'] ?? '',
      headers: { 'x-delete-reason': 'terminate' },
    })
    await bob.hears('session-terminated')
  })

  it('refuses as over HTTP: without a token, with another’s, what is no request of the schema', async () => {
    const alice = await ChannelClient.signIn(gateway.origin, 'dora')
    const mallory = await ChannelClient.signIn(gateway.origin, 'mallory')
    const none = await alice.ask({ method: 'PUT', path: alice.session, headers: { authorization: '' } })
    assert.deepEqual([none.status, messageId(none)], [401, 'POL0001'])
    const others = await mallory.ask({ method: 'PUT', path: alice.session, after: 0 })
    assert.deepEqual([others.status, messageId(others)], [403, 'POL0001'])
    const wrong = await alice.ask({ method: 'POST', path: `${alice.session}/calls`, body: { call: {} } })
    assert.deepEqual([wrong.status, messageId(wrong)], [400, 'SVC0002'])
    // Nothing of this turned the events of another to Mallory.
    const caller = await RawClient.login(gateway.origin, 'emil')
    await caller.dial('dora')
    await alice.hears('invitation-received')
    assert.deepEqual(mallory.heard, [])
  })

  it('is closed by what is no request, and by what is none of its resources', async () => {
    const bad = ['', 'x', '[]', '{}', '{"request":1,"method":"GET","path":"/RTC/v1/sessions/1/events"}']
    const metrics = '{"request":1,"method":"POST","path":"/tokens"}'
    for (const text of [...bad, metrics]) {
      const client = await ChannelClient.open(gateway.origin)
      client.socket.send(text)
      assert.equal(await client.closed(), 1008, text)
    }
  })

  it('goes on where it was cut: what came meanwhile comes, once', async () => {
    const bob = await ChannelClient.signIn(gateway.origin, 'fred')
    const alice = await RawClient.login(gateway.origin, 'gina')
    await alice.dial('fred')
    await bob.hears('invitation-received')
    const last = bob.messages.at(-1)?.id ?? 0
    bob.socket.terminate()
    const call = (await alice.dial('fred')).headers.get('location') ?? ''
    const again = await ChannelClient.open(gateway.origin)
    again.token = bob.token
    const { status } = await again.ask({ method: 'PUT', path: bob.session, after: last })
    assert.equal(status, 204)
    await alice.end(call, 'cancel')
    await again.hears('session-terminated')
    assert.deepEqual(again.heard.slice(0, 2), ['invitation-received', 'session-terminated'])
  })

  it('gives the session of a page before to the next, from the event on that it has not had', async () => {
    const bob = await ChannelClient.signIn(gateway.origin, 'olga')
    const alice = await RawClient.login(gateway.origin, 'paul')
    const call = (await alice.dial('olga')).headers.get('location') ?? ''
    await bob.hears('invitation-received')
    bob.socket.close(4101)
    await bob.closed()
    await alice.end(call, 'cancel')
    const again = await ChannelClient.open(gateway.origin)
    again.token = bob.token
    const resume = bob.session.split('/').at(-1)
    const body = { session: { extensions: true, eventChannel: 'websocket', resume } }
    const reply = await again.ask({ method: 'POST', path: '/RTC/v1/sessions', body, after: 0 })
    assert.deepEqual([reply.status, reply.headers['location']], [201, bob.session])
    await again.hears('session-terminated')
    assert.deepEqual(again.heard, ['session-terminated'])
  })

  it('says that a session is gone whose events are', async () => {
    const bob = await ChannelClient.signIn(gateway.origin, 'hans')
    const again = await ChannelClient.open(gateway.origin)
    again.token = bob.token
    const reply = await again.ask({ method: 'PUT', path: bob.session, after: 99 })
    assert.equal(reply.status, 404)
    assert.match(reply.body ?? '', /session/i)
  })

  it('does once what comes twice with one key, by whichever way', async () => {
    const alice = await ChannelClient.signIn(gateway.origin, 'iris')
    const bob = await ChannelClient.signIn(gateway.origin, 'jan')
    const key = { 'x-request-key': 'a-key-of-this-request' }
    const first = await alice.dial('jan', key)
    const second = await alice.dial('jan', key)
    const raw = RawClient.bearing(gateway.origin, alice.token)
    const body = { call: { calledParty: 'jan', sdp: 'offer' } }
    const third = await raw.send('POST', `${alice.session}/calls`, { headers: key, body })
    assert.deepEqual([second.status, second.headers['location']], [201, first.headers['location']])
    assert.deepEqual([third.status, third.headers.get('location')], [201, first.headers['location']])
    await alice.dial('jan', { 'x-request-key': 'another-key' })
    await bob.hears('invitation-received')
    // The exchange tells in order: had the first been done more than once, its calls came before this one.
    await alice.ask({ method: 'PUT', path: alice.session })
    assert.equal(bob.heard.filter((state) => state === 'invitation-received').length, 2)
  })

  it('keeps a key to the user who chose it', async () => {
    const alice = await ChannelClient.signIn(gateway.origin, 'kim')
    const mallory = await ChannelClient.signIn(gateway.origin, 'mallory2')
    const key = { 'x-request-key': 'a-key-of-this-request' }
    await alice.dial('nobody-here', key)
    const body = { call: { calledParty: 'nobody-here', sdp: 'offer' } }
    const reply = await mallory.ask({ method: 'POST', path: `${alice.session}/calls`, headers: key, body })
    assert.equal(reply.status, 403)
  })

  it('answers what HTTP would not let through, and goes on', async () => {
    const client = await ChannelClient.signIn(gateway.origin, 'nora')
    for (const frame of [
      { path: `${client.session}/\u0000` },
      { path: client.session, headers: { 'x-arg': 'a\r\nhost: b' } },
      { path: client.session, headers: { authorization: '\ud800' } },
    ]) {
      const { status } = await client.ask({ method: 'PUT', ...frame })
      assert.ok(status < 500, `${status}`)
    }
    assert.equal((await client.ask({ method: 'PUT', path: client.session })).status, 204)
  })

  it('tells that the page is left', async () => {
    const bob = await ChannelClient.signIn(gateway.origin, 'lena')
    const alice = await ChannelClient.signIn(gateway.origin, 'max')
    assert.equal((await alice.dial('lena')).status, 201)
    bob.socket.close(4100)
    await alice.hears('session-terminated')
  })
})

describe('the channel of commands of a gateway for some origins', () => {
  const gateway = runningGateway({ allowedOrigins: ['https://shop.example'] })

  it('is for their pages alone, and for what is no page', async () => {
    const url = `${gateway.origin.replace(/^http/, 'ws')}RTC/v1/channel`
    for (const [origin, allowed] of [
      ['https://shop.example', true],
      ['https://other.example', false],
      [undefined, true],
    ] as const) {
      const socket = new WebSocket(url, origin === undefined ? {} : { headers: { origin } })
      const outcome = await new Promise((resolve) => {
        socket.on('open', () => resolve(true))
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode !== 403))
        socket.on('error', () => {})
      })
      assert.equal(outcome, allowed, origin)
      socket.terminate()
    }
  })
})

describe('the channel of commands behind a proxy', () => {
  const gateway = runningGateway({ trustedProxies: ['127.0.0.1'], rateLimit: 3 })

  it('does not let a client say by which address it comes', async () => {
    const client = await ChannelClient.open(gateway.origin, { 'x-forwarded-for': '198.51.100.7' })
    client.token = 'none'
    const statuses: number[] = []
    for (let n = 1; n <= 5; n++) {
      const headers = { 'x-forwarded-for': `192.0.2.${n}`, 'X-Real-IP': `192.0.2.${n}` }
      const { status } = await client.ask({ method: 'PUT', path: '/RTC/v1/userIds/x', headers })
      statuses.push(status)
    }
    assert.deepEqual(statuses, [401, 401, 401, 429, 429])
  })
})

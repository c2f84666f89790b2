import assert from 'node:assert/strict'
import { send, tokenFor, type Answer, type EventObject } from './raw-client.ts'

interface PollBody {
  readonly events: { readonly eventList: readonly { readonly eventObject: EventObject }[] }
}

/**
 * A client that does on the wire what the original SDK 1.0.2 did: it polls without a pause, takes ids from paths by
 * their position, and knows no extension.
 */
export class OriginalClient {
  readonly #events: EventObject[] = []
  /** Requests under way. */
  #asking = 0
  /** Events that came while a request was under way. */
  readonly hasty: string[] = []
  #wake: (() => void) | null = null
  #polling: Promise<void> | null = null
  #sessionId = ''

  private constructor(
    readonly origin: string,
    readonly token: string,
  ) {}

  /** Logs in and begins to poll. */
  static async login(origin: string, userId: string): Promise<OriginalClient> {
    const client = new OriginalClient(origin, await tokenFor(origin, userId))
    const { status, headers } = await client.send('POST', '/RTC/v1/sessions', {
      headers: { 'x-e911Id': '', 'x-Arg': 'ClientSdk=ewebrtc-sdk 1.0.2' },
      body: {
        session: { mediaType: 'dtls-srtp', ice: 'true', services: ['ip_voice_call', 'ip_video_call'] },
      },
    })
    assert.equal(status, 201)
    client.#sessionId = headers.get('location')?.split('/')[4] ?? ''
    client.#polling = client.#poll()
    return client
  }

  get path(): string {
    return `/RTC/v1/sessions/${this.#sessionId}`
  }

  async send(
    method: string,
    path: string,
    options: { readonly headers?: object; readonly body?: unknown } = {},
  ): Promise<Answer> {
    this.#asking += 1
    try {
      return await this.#request(method, path, options)
    } finally {
      this.#asking -= 1
    }
  }

  #request(
    method: string,
    path: string,
    options: { readonly headers?: object; readonly body?: unknown } = {},
  ): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, accept: 'application/json', ...options.headers }
    return send(this.origin + path.slice(1), method, { ...options, headers })
  }

  /** Gives the id of the call. */
  async dial(calledParty: string, sdp: string): Promise<string> {
    const { status, headers } = await this.send('POST', `${this.path}/calls`, { body: { call: { calledParty, sdp } } })
    assert.deepEqual([status, headers.get('x-state')], [201, 'invitation-sent'])
    return headers.get('location')?.split('/')[6] ?? ''
  }

  async answer(call: string, sdp: string): Promise<void> {
    const { status, headers } = await this.#put(call, 'call-answer', { sdp })
    assert.ok(status >= 200 && status < 300)
    assert.equal(headers.get('x-state'), 'session-open')
  }

  /** Asks for a modification. */
  async modify(call: string, action: string, sdp: string): Promise<void> {
    // A hold and a resume say what the description is; an upgrade and a downgrade leave it to the action.
    const body = action === 'initiate-call-mod' ? { sdp } : { sdp, type: 'offer' }
    assert.equal((await this.#put(call, action, body)).status, 204)
  }

  /** Answers one. */
  async settle(call: string, action: string, sdp: string, modId = ''): Promise<void> {
    const { status } = await this.#put(call, action, { sdp }, { 'x-modId': modId })
    assert.ok(status >= 200 && status < 300)
  }

  async end(call: string, reason: string): Promise<void> {
    const { status } = await this.send('DELETE', `${this.path}/calls/${call}`, {
      headers: { 'x-delete-reason': reason },
    })
    assert.ok(status >= 200 && status < 300)
  }

  /** Joins a conference, or acts on one that it takes part in. */
  conference(id: string, action: string, media: object, headers: object = {}): Promise<Answer> {
    return this.send('PUT', `${this.path}/conferences/${id}`, {
      headers: { 'x-conference-action': action, ...headers },
      body: { conferenceModifications: media },
    })
  }

  async leaveConference(id: string, reason: string): Promise<void> {
    const { status } = await this.send('DELETE', `${this.path}/conferences/${id}`, {
      headers: { 'x-delete-reason': reason },
    })
    assert.ok(status >= 200 && status < 300)
  }

  /** The next event. */
  async next(): Promise<EventObject> {
    while (this.#events.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#events.shift()!
  }

  /** Events that nobody has taken yet. */
  get unread(): readonly EventObject[] {
    return this.#events
  }

  /** Logs out; resolves when it polls no more. */
  async logout(): Promise<void> {
    const { status } = await this.send('DELETE', this.path, { headers: { 'x-e911Id': '' } })
    assert.ok(status >= 200 && status < 300)
    await this.#polling
  }

  #put(call: string, action: string, media: object, headers: object = {}): Promise<Answer> {
    return this.send('PUT', `${this.path}/calls/${call}`, {
      headers: { 'x-calls-action': action, ...headers },
      body: { callsMediaModifications: media },
    })
  }

  async #poll(): Promise<void> {
    for (;;) {
      const { status, body } = await this.#request('GET', `${this.path}/events`)
      if (status !== 200 && status !== 204) return
      const events = status === 200 ? (body as PollBody).events.eventList.map(({ eventObject }) => eventObject) : []
      if (this.#asking > 0) this.hasty.push(...events.map(({ state }) => state))
      this.#events.push(...events)
      this.#wake?.()
    }
  }
}

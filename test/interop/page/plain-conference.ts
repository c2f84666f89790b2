import { ToneEar, tokenFor, toneTrack } from './tone-ear.ts'

interface EventObject {
  readonly resourceURL: string
  readonly state: string
  readonly sdp?: string
  readonly modId?: string
}

interface Poll {
  readonly events: { readonly eventList: readonly { readonly eventObject: EventObject }[] }
}

/**
 * A client of the original protocol, which knows nothing of what the gateway adds: it polls, sends its descriptions
 * whole, and keeps its connection for the life of a conference.
 */
class PlainClient {
  readonly heard: string[] = []
  readonly #context = new AudioContext()
  readonly #ear = new ToneEar(this.#context)
  readonly #connection = new RTCPeerConnection()
  #server = ''
  #token = ''
  #session = ''
  #conference = ''
  #invitation = ''
  #signedOut = false
  #inVain = new Promise<void>(() => {})

  /** Signs in and takes what comes; joins every conference it is invited to. */
  async signIn(server: string, userId: string, tone: number): Promise<void> {
    await this.#context.resume()
    this.#server = server
    this.#token = await tokenFor(server, userId)
    this.#connection.addTrack(toneTrack(this.#context, tone))
    this.#connection.addEventListener('track', ({ track }) => this.#ear.listen(new MediaStream([track])))
    const session = { mediaType: 'dtls-srtp', ice: 'true', services: ['ip_voice_call'] }
    const { headers } = await this.#send('POST', '/RTC/v1/sessions', {}, { session })
    this.#session = headers.get('location') ?? ''
    void this.#poll()
  }

  /** Accepts the invitation that came. */
  async join(): Promise<void> {
    await this.#act('call-answer', await this.#answer(this.#invitation))
  }

  /** Hosts a conference. */
  async host(): Promise<void> {
    await this.#connection.setLocalDescription()
    const body = { conference: { sdp: await this.#whole() } }
    const { headers } = await this.#send('POST', `${this.#session}/conferences`, {}, body)
    this.#conference = headers.get('location') ?? ''
  }

  /** Hosts one by a connection that is gone before anything came by it. */
  async hostInVain(): Promise<void> {
    const connection = this.#connection
    // What is asked of a connection that is closed is never answered.
    this.#inVain = new Promise((resolve) => {
      connection.addEventListener('iceconnectionstatechange', () => {
        if (connection.iceConnectionState !== 'connected') return
        connection.close()
        resolve()
      })
    })
    await this.host()
  }

  /** Signs out, which ends what it is in. */
  async signOut(): Promise<void> {
    this.#signedOut = true
    await this.#send('DELETE', this.#session)
    this.#connection.close()
    await this.#context.close()
  }

  /** Holds the conference it is in, or resumes it. */
  async hold(held: boolean): Promise<void> {
    for (const transceiver of this.#connection.getTransceivers()) transceiver.direction = held ? 'inactive' : 'sendrecv'
    await this.#connection.setLocalDescription()
    await this.#act(held ? 'initiate-hold' : 'initiate-resume', await this.#whole())
  }

  async invite(address: string): Promise<string | null> {
    const path = `${this.#conference}/participants/${encodeURIComponent(address)}`
    const { headers } = await this.#send('PUT', path)
    return headers.get('x-state')
  }

  /** Which of these tones arrive now. */
  hears(tones: readonly number[]): readonly number[] {
    return this.#ear.hears(tones)
  }

  async #poll(): Promise<void> {
    while (!this.#signedOut) {
      const response = await this.#send('GET', `${this.#session}/events`)
      if (response.status !== 200) continue
      const { events } = (await response.json()) as Poll
      for (const { eventObject } of events.eventList) await this.#take(eventObject)
    }
  }

  async #take({ state, sdp = '', modId = '', resourceURL }: EventObject): Promise<void> {
    this.heard.push(state)
    if (state === 'invitation-received') {
      this.#conference = resourceURL
      this.#invitation = sdp
    }
    if (this.#connection.signalingState === 'closed') return
    if ((state === 'session-open' || state === 'mod-terminated') && sdp) {
      const described = this.#connection.setRemoteDescription({ type: 'answer', sdp })
      await Promise.race([described, this.#inVain])
    }
    if (state !== 'mod-received') return
    if (resourceURL.split('/')[5] === 'calls')
      await this.#act('accept-call-mod', await this.#answer(sdp), { 'x-modId': modId })
    else await this.#act('accept-media-mod', await this.#answer(sdp), { 'x-mod-Id': modId })
  }

  async #answer(sdp: string): Promise<string> {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp })
    await this.#connection.setLocalDescription()
    return this.#whole()
  }

  /** The description with all its candidates. */
  async #whole(): Promise<string> {
    while (this.#connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => {
        this.#connection.addEventListener('icegatheringstatechange', resolve, { once: true })
      })
    return this.#connection.localDescription?.sdp ?? ''
  }

  async #act(action: string, sdp: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    // A call is what it is called, though it may have become a part of a conference.
    const isCall = this.#conference.split('/')[5] === 'calls'
    const body = { [isCall ? 'callsMediaModifications' : 'conferenceModifications']: { sdp } }
    const name = isCall ? 'x-calls-action' : 'x-conference-action'
    await this.#send('PUT', this.#conference, { [name]: action, ...headers }, body)
  }

  async #send(method: string, path: string, headers = {}, body?: object): Promise<Response> {
    return fetch(new URL(path, this.#server), {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }
}

export type { PlainClient }

declare global {
  var plainClient: PlainClient
}

globalThis.plainClient = new PlainClient()

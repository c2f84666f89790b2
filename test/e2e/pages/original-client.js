/*
 * A page that speaks the REST protocol as clients of the original SDK 1.0.2 did: one description a step, sent when
 * gathering has ended; events by long poll; no extension. It answers every modification.
 */

/** @typedef {{ resourceURL: string, state: string, sdp?: string, modId?: string, reason?: string }} EventObject */

export class OriginalClient {
  /** What became of the call: ringing, connected, held, disconnected, or the reason it ended for. */
  state = 'signed out'
  #token = ''
  #session = ''
  #call = ''
  #offer = ''
  #connection = new RTCPeerConnection()

  /** @param {string} userId */
  async signIn(userId) {
    const response = await fetch('/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId }),
    })
    this.#token = (await response.json()).access_token
    const session = { mediaType: 'dtls-srtp', ice: 'true', services: ['ip_voice_call', 'ip_video_call'] }
    const { headers } = await this.#send('POST', '/RTC/v1/sessions', { 'x-Arg': 'original' }, { session })
    this.#session = `/RTC/v1/sessions/${headers.get('Location')?.split('/')[4]}`
    this.state = 'ready'
    void this.#poll()
  }

  /** @param {string} calledParty */
  async dial(calledParty) {
    await this.#speak()
    const sdp = await this.#describe(await this.#connection.createOffer())
    const { headers } = await this.#send('POST', `${this.#session}/calls`, {}, { call: { calledParty, sdp } })
    this.#call = `${this.#session}/calls/${headers.get('Location')?.split('/')[6]}`
  }

  async answer() {
    await this.#speak()
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: this.#offer })
    await this.#put('call-answer', { sdp: await this.#describe(await this.#connection.createAnswer()) })
  }

  async hold() {
    await this.#ask('initiate-call-hold', 'sendonly')
  }

  async resume() {
    await this.#ask('initiate-call-resume', 'sendrecv')
  }

  /** @param {'cancel' | 'reject' | 'terminate'} reason */
  async end(reason) {
    await this.#send('DELETE', this.#call, { 'x-delete-reason': reason })
    this.state = 'disconnected'
  }

  /** Packets of sound that have arrived. */
  async packets() {
    let packets = 0
    const report = await this.#connection.getStats()
    report.forEach((entry) => {
      if (entry.type === 'inbound-rtp') packets += entry.packetsReceived
    })
    return packets
  }

  async #speak() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) this.#connection.addTrack(track, stream)
  }

  /**
   * @param {string} action
   * @param {RTCRtpTransceiverDirection} direction
   */
  async #ask(action, direction) {
    for (const transceiver of this.#connection.getTransceivers()) transceiver.direction = direction
    const sdp = await this.#describe(await this.#connection.createOffer())
    await this.#put(action, { sdp, type: 'offer' })
  }

  /** @param {RTCSessionDescriptionInit} description */
  async #describe(description) {
    const connection = this.#connection
    await connection.setLocalDescription(description)
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        connection.addEventListener('icegatheringstatechange', resolve, { once: true })
      })
    }
    return connection.localDescription?.sdp ?? ''
  }

  /** @param {EventObject} event */
  async #hear({ state, sdp = '', modId = '', reason, resourceURL }) {
    if (state === 'invitation-received') {
      this.#call = resourceURL
      this.#offer = sdp
      this.state = 'ringing'
    } else if (state === 'session-open') {
      if (sdp) await this.#connection.setRemoteDescription({ type: 'answer', sdp })
      this.state = 'connected'
    } else if (state === 'mod-received') {
      await this.#connection.setRemoteDescription({ type: 'offer', sdp })
      const answer = await this.#describe(await this.#connection.createAnswer())
      await this.#put('accept-call-mod', { sdp: answer }, { 'x-modId': modId })
      this.state = /a=(sendonly|inactive)/.test(sdp) ? 'held' : 'connected'
    } else if (state === 'mod-terminated') {
      await this.#connection.setRemoteDescription({ type: 'answer', sdp })
    } else if (state === 'session-terminated') {
      this.state = reason ?? 'disconnected'
      this.#connection.close()
    } else {
      this.state = `an event it does not know: ${state}`
    }
  }

  async #poll() {
    for (;;) {
      const response = await this.#send('GET', `${this.#session}/events`)
      if (response.status !== 200 && response.status !== 204) return
      if (response.status === 204) continue
      const { events } = await response.json()
      for (const { eventObject } of events.eventList) await this.#hear(eventObject)
    }
  }

  /**
   * @param {string} action
   * @param {{ sdp: string, type?: string }} media
   * @param {Record<string, string>} [headers]
   */
  #put(action, media, headers = {}) {
    return this.#send('PUT', this.#call, { 'x-calls-action': action, ...headers }, { callsMediaModifications: media })
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} [headers]
   * @param {unknown} [body]
   */
  #send(method, path, headers = {}, body = undefined) {
    return fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
  }
}

const page = /** @type {{ client?: OriginalClient }} */ (globalThis)
page.client = new OriginalClient()

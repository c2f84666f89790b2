/*
 * A page that speaks the REST protocol as clients of the original SDK 1.0.2 did, and is as strict: one description a
 * step, sent when gathering has ended; events by long poll; no extension. A call changes its state when the reply to a
 * request and the event that follows have both come, in this order. An event of a call it does not know is lost, as it
 * was there; `strays` tells of those, and of events that came before the reply they follow.
 */

/**
 * @typedef {{ type: string, resourceURL: string, state: string, from: string, sdp?: string, modId?: string, reason?: string }} EventObject
 * @typedef {'created' | 'connecting' | 'connected' | 'held' | 'modification-initiated' | 'modification-accepted' | 'disconnecting'} CallState
 */

/**
 * @param {string} sdp
 * @param {'audio' | 'video'} kind
 */
function directionOf(sdp, kind) {
  const section = sdp.split(/^(?=m=)/m).find((text) => text.startsWith(`m=${kind} `)) ?? 'm=none 0 '
  if (/^m=\w+ 0 /.test(section)) return 'inactive'
  return /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(section)?.[1] ?? 'sendrecv'
}

class OriginalCall {
  /** @type {CallState} */
  state = 'created'
  id = ''
  connection = new RTCPeerConnection()
  /** The operation that this side asked for. */
  operation = ''
  /** A modification of the other side that waits for the user. */
  modId = ''
  /** What the state returns to when an accepted modification has ended. */
  before = /** @type {CallState} */ ('connected')
  heldByOther = false

  /**
   * @param {'calls' | 'conferences'} type
   * @param {boolean} video
   */
  constructor(type, video) {
    this.type = type
    this.video = video
  }

  /** Whether the far side's picture is wanted and comes. */
  get seesVideo() {
    return this.connection.getTransceivers().some(({ receiver, currentDirection }) => {
      return receiver.track.kind === 'video' && /^(sendrecv|recvonly)$/.test(currentDirection ?? '')
    })
  }
}

export class OriginalClient {
  /** Calls that are up or on their way, the front one last. @type {OriginalCall[]} */
  calls = []
  /** Events that this client could make nothing of, or that overtook a reply. @type {string[]} */
  strays = []
  /** `state` of every event heard, with its reason. @type {string[]} */
  heard = []
  /** Statuses of refusals. @type {number[]} */
  refusals = []
  /** How the last call ended: disconnected, canceled, rejected. */
  outcome = ''
  #token = ''
  #session = ''
  /** @type {{ call: OriginalCall, sdp: string } | null} */
  #incoming = null
  /** Calls that ended, by id: what is said of them later is nothing new. */
  #ended = new Set()

  /** The front call's state; of none the invitation, or the outcome of the last. */
  get state() {
    if (this.#incoming) return 'ringing'
    return this.calls.at(-1)?.state ?? (this.outcome || (this.#session ? 'ready' : 'signed out'))
  }

  get #front() {
    const call = this.calls.at(-1)
    if (!call) throw new Error('There is no call')
    return call
  }

  /** @param {string} userId */
  async signIn(userId) {
    const response = await fetch('/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId }),
    })
    this.#token = (await response.json()).access_token
    const session = { mediaType: 'dtls-srtp', ice: 'true', services: ['ip_voice_call', 'ip_video_call'] }
    const headers = { 'x-e911Id': '', 'x-Arg': 'ClientSdk=ewebrtc-sdk 1.0.2' }
    const reply = await this.#send('POST', '/RTC/v1/sessions', headers, { session })
    this.#session = `/RTC/v1/sessions/${reply.headers.get('Location')?.split('/')[4]}`
    void this.#poll()
  }

  /**
   * Dials; a second call while the first is held.
   *
   * @param {string} calledParty
   * @param {'audio' | 'video'} [mediaType]
   */
  async dial(calledParty, mediaType = 'audio') {
    if (this.calls.some(({ state }) => state !== 'held')) throw new Error(`Dialled while a call is ${this.state}`)
    const call = new OriginalCall('calls', mediaType === 'video')
    this.calls.push(call)
    await this.#speak(call)
    const sdp = await this.#describe(call, await call.connection.createOffer())
    const { status, headers } = await this.#send('POST', `${this.#session}/calls`, {}, { call: { calledParty, sdp } })
    if (status !== 201) return this.#forget(call, `refused with ${status}`)
    call.id = headers.get('Location')?.split('/')[6] ?? ''
    call.state = 'connecting'
  }

  /** Answers a call, or joins a conference. */
  async answer() {
    const incoming = this.#incoming
    if (!incoming) throw new Error('Nothing rings')
    if (this.calls.some(({ state }) => state !== 'held')) throw new Error(`Answered while a call is ${this.state}`)
    this.#incoming = null
    const { call, sdp } = incoming
    this.calls.push(call)
    await this.#speak(call)
    await call.connection.setRemoteDescription({ type: 'offer', sdp })
    await this.#put(call, 'call-answer', { sdp: await this.#describe(call, await call.connection.createAnswer()) })
    if (call.state === 'created') call.state = 'connecting'
  }

  hold() {
    return this.#ask('hold')
  }

  resume() {
    return this.#ask('resume')
  }

  upgrade() {
    return this.#ask('upgrade')
  }

  downgrade() {
    return this.#ask('downgrade')
  }

  acceptModification() {
    return this.#settle(this.#front, true)
  }

  rejectModification() {
    return this.#settle(this.#front, false)
  }

  /** Cancels, or hangs up, or leaves a conference. @param {'cancel' | 'terminate'} reason */
  async end(reason) {
    const call = this.#front
    call.state = 'disconnecting'
    await this.#delete(call, reason)
  }

  async reject() {
    if (!this.#incoming) throw new Error('Nothing rings')
    await this.#delete(this.#incoming.call, 'reject')
  }

  /** The call in the background comes to the front. Both have to be held. */
  switchCall() {
    const call = this.calls.shift()
    if (call) this.calls.push(call)
  }

  /** Joins the far sides of both calls. */
  async transfer() {
    const [held, front] = this.calls
    if (!held || !front) throw new Error('A transfer needs two calls')
    const headers = { 'x-transferTargetCallId': front.id }
    await this.#put(held, 'initiate-call-transfer', { sdp: held.connection.localDescription?.sdp ?? '' }, headers)
  }

  /** Offers the call to the user's other devices. */
  async move() {
    const { connection } = this.#front
    const sdp = (connection.localDescription?.sdp ?? '').replaceAll('a=sendrecv', 'a=sendonly')
    await this.#put(this.#front, 'initiate-call-move', { sdp, type: 'offer' })
  }

  async logout() {
    await this.#send('DELETE', this.#session, { 'x-e911Id': '' })
  }

  /** Packets of `kind` that have arrived in the front call. @param {'audio' | 'video'} [kind] */
  async packets(kind = 'audio') {
    let packets = 0
    const report = await this.calls.at(-1)?.connection.getStats()
    report?.forEach((entry) => {
      if (entry.type === 'inbound-rtp' && entry.kind === kind) packets += entry.packetsReceived
    })
    return packets
  }

  /** @param {OriginalCall} call */
  async #speak({ connection, video }) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video })
    for (const track of stream.getTracks()) connection.addTrack(track, stream)
  }

  /** @param {'hold' | 'resume' | 'upgrade' | 'downgrade'} operation */
  async #ask(operation) {
    const call = this.#front
    const wanted = operation === 'resume' ? 'held' : 'connected'
    if (call.state !== wanted) throw new Error(`Asked to ${operation} while the call is ${call.state}`)
    const { connection } = call
    call.state = 'modification-initiated'
    call.operation = operation
    if (operation === 'upgrade') await this.#turnVideoOn(call)
    for (const transceiver of connection.getTransceivers()) {
      const { kind } = transceiver.receiver.track
      if (operation === 'hold') transceiver.direction = 'sendonly'
      if (operation === 'resume' && (kind === 'audio' || call.video)) transceiver.direction = 'sendrecv'
      if (operation === 'downgrade' && kind === 'video') transceiver.direction = 'recvonly'
    }
    const sdp = await this.#describe(call, await connection.createOffer())
    const isMod = operation === 'upgrade' || operation === 'downgrade'
    // A hold and a resume say what the description is; an upgrade and a downgrade leave it to the action.
    const media = isMod ? { sdp } : { sdp, type: 'offer' }
    const action = call.type === 'calls' ? `initiate-call-${isMod ? 'mod' : operation}` : `initiate-${operation}`
    const { status } = await this.#put(call, action, media)
    if (status === 204) return
    await connection.setLocalDescription({ type: 'rollback' })
    call.state = wanted
  }

  /** @param {OriginalCall} call */
  async #turnVideoOn(call) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true })
    const [track] = stream.getTracks()
    const transceiver = call.connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video')
    if (!track) throw new Error('The camera has no track')
    if (!transceiver) call.connection.addTrack(track, stream)
    else {
      await transceiver.sender.replaceTrack(track)
      transceiver.direction = 'sendrecv'
    }
  }

  /**
   * Answers what the other side asked for.
   *
   * @param {OriginalCall} call
   * @param {boolean} accept
   */
  async #settle(call, accept) {
    const { connection, modId } = call
    const wanted = directionOf(connection.pendingRemoteDescription?.sdp ?? '', 'video')
    call.modId = ''
    call.before = call.state
    if (accept && wanted === 'sendrecv' && !call.video) await this.#turnVideoOn(call)
    const held = /sendonly|inactive/.test(directionOf(connection.pendingRemoteDescription?.sdp ?? '', 'audio'))
    const sdp = await this.#describe(call, await connection.createAnswer())
    if (call.type === 'conferences') {
      const action = accept ? 'accept-media-mod' : 'reject-media-mod'
      await this.#put(call, action, { sdp }, { 'x-mod-Id': modId })
    } else {
      const action = accept ? 'accept-call-mod' : 'rejectCancel-call-mod'
      await this.#put(call, action, { sdp }, { 'x-modId': modId })
    }
    call.heldByOther = held
    if (!held) call.video = wanted === 'sendrecv' && accept
    call.state = 'modification-accepted'
  }

  /**
   * @param {OriginalCall} call
   * @param {RTCSessionDescriptionInit} description
   */
  async #describe({ connection }, description) {
    await connection.setLocalDescription(description)
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        connection.addEventListener('icegatheringstatechange', resolve, { once: true })
      })
    }
    return connection.localDescription?.sdp ?? ''
  }

  /** @param {EventObject} event */
  async #hear(event) {
    const { type, resourceURL, state, from, sdp, reason } = event
    const id = resourceURL.split('/')[6] ?? ''
    this.heard.push(reason ? `${state}: ${reason}` : state)
    // What the original does with every event before it looks at its kind.
    if (resourceURL.split('/')[4] !== this.#session.split('/')[4]) throw new Error(`Of another session: ${resourceURL}`)
    if (!from.split('@')[0]?.split(':')[1]) throw new Error(`Nobody is told of: ${from}`)
    if (state === 'invitation-received') {
      const call = new OriginalCall(type === 'conferences' ? 'conferences' : 'calls', false)
      call.id = id
      call.video = directionOf(sdp ?? '', 'video') === 'sendrecv'
      this.#incoming = { call, sdp: sdp ?? '' }
      return
    }
    if (this.#incoming?.call.id === id && state === 'session-terminated') return this.#end(this.#incoming.call, reason)
    const call = this.calls.find((known) => known.id === id)
    if (!call) {
      if (!this.#ended.has(id)) this.strays.push(`${state} of a call it does not know`)
      return
    }
    if (state === 'session-open') await this.#open(call, sdp)
    else if (state === 'mod-received') await this.#asked(call, event)
    else if (state === 'mod-terminated') await this.#settled(call, event)
    else if (state === 'session-terminated') this.#end(call, reason)
    else if (!/^(transfer-(initiated|terminated)|move-terminated)$/.test(state)) this.strays.push(state)
  }

  /**
   * @param {OriginalCall} call
   * @param {string | undefined} sdp
   */
  async #open(call, sdp) {
    if (call.state !== 'connecting') this.strays.push(`session-open of a call that is ${call.state}`)
    if (sdp) await call.connection.setRemoteDescription({ type: 'answer', sdp })
    call.state = 'connected'
  }

  /**
   * @param {OriginalCall} call
   * @param {EventObject} event
   */
  async #asked(call, { sdp = '', modId = '' }) {
    call.modId = modId
    await call.connection.setRemoteDescription({ type: 'offer', sdp })
    const hold = /sendonly|inactive/.test(directionOf(sdp, 'audio'))
    const video = directionOf(sdp, 'video') === 'sendrecv'
    if (hold || call.heldByOther || video === call.video || call.type === 'conferences') await this.#settle(call, true)
  }

  /**
   * @param {OriginalCall} call
   * @param {EventObject} event
   */
  async #settled(call, { sdp, reason }) {
    if (call.state === 'modification-accepted') {
      if (sdp !== undefined) this.strays.push('a description for the one who answered')
      call.state = call.before
      return
    }
    if (call.state !== 'modification-initiated') {
      this.strays.push(`mod-terminated of a call that is ${call.state}`)
      return
    }
    if (sdp) await call.connection.setRemoteDescription({ type: 'answer', sdp })
    else await call.connection.setLocalDescription({ type: 'rollback' })
    const held = reason === 'success' ? call.operation === 'hold' : call.operation === 'resume'
    if (reason === 'success' && call.operation === 'upgrade') call.video = true
    if (reason === 'success' && call.operation === 'downgrade') call.video = false
    call.state = held ? 'held' : 'connected'
  }

  /**
   * @param {OriginalCall} call
   * @param {string | undefined} reason
   */
  #end(call, reason) {
    if (reason === 'Call rejected') this.#forget(call, 'rejected')
    else if (reason === 'Call canceled') this.#forget(call, 'canceled')
    else this.#forget(call, call.state === 'created' ? 'canceled' : 'disconnected')
  }

  /**
   * @param {OriginalCall} call
   * @param {string} outcome
   */
  #forget(call, outcome) {
    this.#ended.add(call.id)
    if (this.#incoming?.call === call) this.#incoming = null
    this.calls = this.calls.filter((other) => other !== call)
    for (const { sender } of call.connection.getTransceivers()) sender.track?.stop()
    call.connection.close()
    this.outcome = outcome
  }

  async #poll() {
    for (;;) {
      const response = await this.#send('GET', `${this.#session}/events`)
      if (response.status !== 200 && response.status !== 204) return
      if (response.status === 204) continue
      const { events } = await response.json()
      for (const { eventObject } of events.eventList) {
        // As the original does, it takes the next event while it is busy with this one.
        this.#hear(eventObject).catch((error) => this.strays.push(String(error)))
      }
    }
  }

  /**
   * @param {OriginalCall} call
   * @param {string} action
   * @param {{ sdp: string, type?: string }} media
   * @param {Record<string, string>} [headers]
   */
  #put({ type, id }, action, media, headers = {}) {
    const [name, body] =
      type === 'calls'
        ? ['x-calls-action', { callsMediaModifications: media }]
        : ['x-conference-action', { conferenceModifications: media }]
    return this.#send('PUT', `${this.#session}/${type}/${id}`, { [name]: action, ...headers }, body)
  }

  /**
   * @param {OriginalCall} call
   * @param {string} reason
   */
  #delete({ type, id }, reason) {
    return this.#send('DELETE', `${this.#session}/${type}/${id}`, { 'x-delete-reason': reason })
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} [headers]
   * @param {unknown} [body]
   */
  async #send(method, path, headers = {}, body = undefined) {
    const response = await fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (response.status >= 400) this.refusals.push(response.status)
    return response
  }
}

const page = /** @type {{ client?: OriginalClient }} */ (globalThis)
page.client = new OriginalClient()

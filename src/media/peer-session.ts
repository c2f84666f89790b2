import { abortable } from '../base/abortable.ts'
import { Emitter } from '../base/emitter.ts'
import { logger } from '../base/log.ts'
import type { ConnectionSettings } from './connection-settings.ts'
import type { LocalMedia } from './local-media.ts'
import type { MediaType, TrackKind } from './media-type.ts'
import { codecsOf, isAllowedCandidate, withoutForbiddenCandidates } from './sdp.ts'

const log = logger('media')

/** How long an offer or answer waits for its first candidate before all follow by trickle, in ms. */
const hostBudget = 20

/** How long it waits for another one after each, in ms: those of the own addresses come in one go. */
const hostGap = 3

/** How many candidates wait for a description at most. */
const earlyLimit = 64

export interface PeerSessionEvents {
  /** A candidate that was found after its description had left. */
  candidate: RTCIceCandidate
  track: MediaStreamTrack
  link: 'ok' | 'recovering' | 'lost'
}

/**
 * The peer connection of one leg, for networks whose legs the engine drives itself.
 *
 * Offers and answers MUST be asked for one after the other (the leg's queue sees to it); candidates may come at any
 * time. Descriptions leave without waiting for more than the host candidates.
 */
export class PeerSession {
  readonly connection: RTCPeerConnection
  #remoteStream: MediaStream
  readonly events = new Emitter<PeerSessionEvents>()
  readonly #settings: ConnectionSettings
  readonly #local: LocalMedia
  readonly #closed = new AbortController()
  readonly #transceivers = new Map<TrackKind, RTCRtpTransceiver>()
  /** Candidates that wait for the description they belong to. */
  #early: RTCIceCandidateInit[] = []
  /** An offer that becomes the local description with its answer: Chromium stays silent after it took back a hold. */
  #proposed: RTCSessionDescriptionInit | null = null
  #described = false
  #sendsVideo = false
  #receivesVideo = false
  #held = false

  /** `remoteStream` is filled with what the other side sends, and emptied at the end. */
  constructor(local: LocalMedia, settings: ConnectionSettings, remoteStream: MediaStream) {
    this.#remoteStream = remoteStream
    this.#local = local
    this.#settings = settings
    this.connection = new RTCPeerConnection({
      iceServers: [...settings.iceServers],
      iceTransportPolicy: settings.iceTransport === 'relay' ? 'relay' : 'all',
      // With max-bundle Firefox offers a picture at port 0, which older clients read as none.
      bundlePolicy: 'balanced',
    })
    this.#listen()
  }

  /** The codecs in use; empty before an answer. */
  get codecs(): readonly string[] {
    const { currentLocalDescription: local, currentRemoteDescription: remote } = this.connection
    const answer = local?.type === 'answer' ? local : remote
    return answer ? codecsOf(answer.sdp) : []
  }

  /** What flows or may flow, by the description both sides settled on: video when either side sends a picture. */
  get mediaType(): MediaType {
    const direction = this.#transceivers.get('video')?.currentDirection
    return direction && direction !== 'inactive' && direction !== 'stopped' ? 'video' : 'audio'
  }

  /** Whether our side wants to send or receive a picture, for the next description. */
  setVideo({ send, receive }: { send: boolean; receive: boolean }): void {
    this.#sendsVideo = send
    this.#receivesVideo = receive
  }

  get video(): { readonly send: boolean; readonly receive: boolean } {
    return { send: this.#sendsVideo, receive: this.#receivesVideo }
  }

  /** While held the next description stops all media in both directions. */
  setHeld(held: boolean): void {
    this.#held = held
  }

  get held(): boolean {
    return this.#held
  }

  /** Whether the other side's picture comes, by what both sides settled on. */
  get receivesVideo(): boolean {
    const direction = this.#transceivers.get('video')?.currentDirection
    return direction === 'sendrecv' || direction === 'recvonly'
  }

  /** Whether the other side's offer waits for an answer. */
  get hasOffer(): boolean {
    return this.connection.signalingState === 'have-remote-offer'
  }

  /** Whether every section is on a path already, so that an offer brings no candidates of its own. */
  get #settled(): boolean {
    return [...this.#transceivers.values()].every(({ mid }) => mid !== null)
  }

  /** Makes an offer for what is wanted now. `restart` asks for a new media path (RFC 8445, 9). */
  async offer({ restart = false } = {}): Promise<string> {
    this.#want('audio')
    if (this.#sendsVideo || this.#receivesVideo) this.#want('video')
    await this.#direct()
    if (restart) this.connection.restartIce()
    const offer = await this.#unlessClosed(this.connection.createOffer())
    if (!restart && this.#settled) {
      this.#proposed = offer
      return withoutForbiddenCandidates(offer.sdp ?? '', this.#settings)
    }
    await this.#unlessClosed(this.connection.setLocalDescription(offer))
    return this.#description()
  }

  /** Takes the other side's offer; `answer` or `refuse` follows. */
  async acceptOffer(sdp: string): Promise<void> {
    await this.#unlessClosed(this.connection.setRemoteDescription({ type: 'offer', sdp }))
    this.#adopt()
    await this.#addEarly()
  }

  /** Answers the offer taken last with what is wanted now. */
  async answer(): Promise<string> {
    await this.#direct()
    await this.#unlessClosed(
      this.connection.setLocalDescription(await this.#unlessClosed(this.connection.createAnswer())),
    )
    this.#syncRemote()
    return this.#description()
  }

  async acceptAnswer(sdp: string): Promise<void> {
    const offer = this.#proposed
    this.#proposed = null
    if (offer) await this.#unlessClosed(this.connection.setLocalDescription(offer))
    await this.#unlessClosed(this.connection.setRemoteDescription({ type: 'answer', sdp }))
    await this.#addEarly()
    this.#syncRemote()
  }

  /** Forgets an offer that was not accepted, ours or theirs. */
  async rollback(): Promise<void> {
    const { connection } = this
    const { signalingState } = connection
    this.#proposed = null
    const rollback = { type: 'rollback' } as const
    if (signalingState === 'have-local-offer') await this.#unlessClosed(connection.setLocalDescription(rollback))
    else if (signalingState === 'have-remote-offer') await this.#unlessClosed(connection.setRemoteDescription(rollback))
    const present = connection.getTransceivers()
    for (const [kind, transceiver] of this.#transceivers) {
      // What their offer brought went with it. Ours stays for the next one: Chromium would take a stopped one into it.
      if (!present.includes(transceiver)) this.#transceivers.delete(kind)
    }
    await this.#direct()
  }

  /** Adds the other side's candidates, once there is a description they belong to. */
  async addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    // Relaying is about our own way out; to whom it leads is the other side's business.
    const settings: ConnectionSettings = { ...this.#settings, iceTransport: 'all' }
    this.#early.push(...candidates.filter(({ candidate }) => isAllowedCandidate(candidate ?? '', settings)))
    await this.#addEarly()
  }

  /** What the other side sends goes into another stream from now on, in place of what is there. */
  moveTo(stream: MediaStream): void {
    for (const track of stream.getTracks()) stream.removeTrack(track)
    for (const track of this.#remoteStream.getTracks()) stream.addTrack(track)
    this.#remoteStream = stream
  }

  close(): void {
    this.#closed.abort(new DOMException('The connection is closed', 'InvalidStateError'))
    this.connection.close()
    for (const track of this.#remoteStream.getTracks()) this.#remoteStream.removeTrack(track)
    this.events.clear()
  }

  /** A step under way when a connection is closed would never settle (W3C webrtc, 4.4.1.2). */
  #unlessClosed<T>(step: Promise<T>): Promise<T> {
    return abortable(step, this.#closed.signal)
  }

  #listen(): void {
    const { signal } = this.#closed
    const { connection } = this
    connection.addEventListener('track', ({ track }) => this.#receive(track), { signal })
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        if (!candidate?.candidate || !this.#described) return
        if (isAllowedCandidate(candidate.candidate, this.#settings)) this.events.emit('candidate', candidate)
      },
      { signal },
    )
    const links = { connected: 'ok', disconnected: 'recovering', failed: 'lost' } as const
    connection.addEventListener(
      'connectionstatechange',
      () => {
        log.info(`the connection is ${connection.connectionState}`)
        const link = links[connection.connectionState as keyof typeof links] as
          (typeof links)[keyof typeof links] | undefined
        if (link) this.events.emit('link', link)
      },
      { signal },
    )
  }

  #want(kind: TrackKind): void {
    if (this.#transceivers.has(kind)) return
    const transceiver = this.connection.addTransceiver(kind, { streams: [this.#local.stream] })
    this.#transceivers.set(kind, transceiver)
  }

  /** Takes over the sections that the other side's offer brought. */
  #adopt(): void {
    for (const transceiver of this.connection.getTransceivers()) {
      const kind = transceiver.receiver.track.kind as TrackKind
      const ours = this.#transceivers.get(kind)
      if (ours === transceiver || ours?.mid != null || transceiver.mid === null) continue
      transceiver.sender.setStreams(this.#local.stream)
      ours?.stop()
      this.#transceivers.set(kind, transceiver)
    }
  }

  /** Puts what is wanted into the transceivers' directions and binds the tracks of what is sent. */
  async #direct(): Promise<void> {
    const { codecs } = this.#settings
    if (codecs.length > 0) {
      const { preferCodecs } = await import('./codec-preferences.ts')
      for (const transceiver of this.#transceivers.values()) preferCodecs(transceiver, codecs)
    }
    for (const [kind, transceiver] of this.#transceivers) {
      const send = !this.#held && (kind === 'audio' || this.#sendsVideo)
      const receive = !this.#held && (kind === 'audio' || this.#receivesVideo)
      transceiver.direction = send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive'
      await this.#local.bind(transceiver.sender, kind, this.#closed.signal)
    }
  }

  /** The local description as it may leave, after the host candidates had their moment. */
  async #description(): Promise<string> {
    await this.#gather()
    this.#described = true
    return withoutForbiddenCandidates(this.connection.localDescription?.sdp ?? '', this.#settings)
  }

  #gather(): Promise<void> {
    const { connection } = this
    const waiting = new AbortController()
    const signal = AbortSignal.any([waiting.signal, this.#closed.signal])
    return new Promise<void>((resolve) => {
      if (connection.iceGatheringState === 'complete' || signal.aborted) return resolve()
      let timer = setTimeout(resolve, hostBudget)
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
      connection.addEventListener(
        'icecandidate',
        () => {
          clearTimeout(timer)
          timer = setTimeout(resolve, hostGap)
        },
        { signal },
      )
      this.#closed.signal.addEventListener('abort', () => resolve(), { once: true, signal: waiting.signal })
      connection.addEventListener(
        'icegatheringstatechange',
        () => {
          if (connection.iceGatheringState === 'complete') resolve()
        },
        { signal },
      )
    }).finally(() => waiting.abort())
  }

  /** Adds the candidates that belong to the present description: those of a new path may be faster than its offer. */
  async #addEarly(): Promise<void> {
    const { sdp } = this.connection.remoteDescription ?? {}
    if (!sdp) return
    const fits = ({ usernameFragment }: RTCIceCandidateInit) =>
      !usernameFragment || sdp.includes(`a=ice-ufrag:${usernameFragment}`)
    const candidates = this.#early.filter(fits)
    this.#early = this.#early.filter((candidate) => !fits(candidate)).slice(-earlyLimit)
    // A candidate of a section that is gone is refused; the others still count.
    await Promise.all(
      candidates.map((candidate) => this.#unlessClosed(this.connection.addIceCandidate(candidate)).catch(() => {})),
    )
  }

  #receive(track: MediaStreamTrack): void {
    if (this.#remoteStream.getTracks().includes(track)) return
    this.#remoteStream.addTrack(track)
    this.events.emit('track', track)
  }

  /** A picture that is not sent any more must leave the stream, or its last frame would stay on the screen. */
  #syncRemote(): void {
    const video = this.#transceivers.get('video')
    if (!video) return
    const { track } = video.receiver
    if (this.receivesVideo) this.#receive(track)
    else this.#remoteStream.removeTrack(track)
  }
}

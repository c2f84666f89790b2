import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import type { MediaType } from '../../media/media-type.ts'
import type { ConferencePicture, Leg, LegEvents, LegMedia, Party } from '../signaling.ts'
import { ConferencePictures, type PictureSession } from './conference-pictures.ts'
import { worse, type Link } from './picture-connection.ts'

/** What the sound's leg tells, and stands for both. */
const forwarded = [
  'progress',
  'held',
  'resumed',
  'change-requested',
  'change-withdrawn',
  'track',
  'replaced',
  'hand-over-requested',
  'hand-over-withdrawn',
  'hosting',
] as const satisfies readonly (keyof LegEvents)[]

/**
 * A leg of a conference with pictures that a media server mixes: a leg for the sound, and beside it the connections of
 * the pictures. `remoteStream` has the sound of all and the picture of who speaks.
 */
export class PicturedLeg implements Leg {
  readonly direction: Leg['direction']
  readonly remoteStream: MediaStream
  readonly conference: Leg['conference']
  readonly #sound: Leg
  readonly #session: PictureSession
  readonly #events = new Emitter<LegEvents>()
  #media: LegMedia | null
  #mediaType: MediaType = 'video'
  #pictures: ConferencePictures | null = null
  #shown: readonly ConferencePicture[] = []
  /** Of the sound alone. */
  #link: Link = 'ok'
  #told: Link | null = null
  #speaker: string | null = null
  #listened = false

  /** `media` is what an outgoing leg sends; an incoming one is answered with it. */
  constructor(sound: Leg, session: PictureSession, media: LegMedia | null = null) {
    this.#sound = sound
    this.#session = session
    this.#media = media
    this.direction = sound.direction
    this.conference = sound.conference
    this.remoteStream = sound.remoteStream
    for (const name of forwarded) sound.on(name, (payload) => this.#events.emit(name, payload))
    sound.on('established', () => this.#established())
    sound.on('changed', () => {
      this.#show(this.#shown)
      this.#events.emit('changed', { mediaType: this.#mediaType })
    })
    sound.on('link', (link) => {
      this.#link = link
      this.#linked()
    })
  }

  get id(): string {
    return this.#sound.id
  }

  get remote(): Party {
    return this.#sound.remote
  }

  get mediaType(): MediaType {
    return this.#mediaType
  }

  get connection(): RTCPeerConnection | null {
    return this.#sound.connection
  }

  get pictures(): readonly ConferencePicture[] {
    return this.#shown
  }

  get pictureConnections(): readonly RTCPeerConnection[] {
    return this.#pictures?.connections ?? []
  }

  /** VP8 is what the pictures of a conference have in common. */
  get codecs(): readonly string[] {
    const { codecs } = this.#sound
    return this.#mediaType === 'video' && codecs.length > 0 ? [...codecs, 'VP8'] : codecs
  }

  on<Name extends keyof LegEvents>(
    name: Name,
    listener: (payload: LegEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
    if (name !== 'ended' || this.#listened) return
    this.#listened = true
    // Last, because it lets the events of the sound come.
    this.#sound.on('ended', (end) => {
      this.#pictures?.close()
      this.#events.emit('ended', end)
      this.#events.clear()
    })
  }

  ring(): Promise<void> {
    return this.#sound.ring()
  }

  async accept(media: LegMedia, signal: AbortSignal): Promise<void> {
    this.#media = media
    await this.#sound.accept({ ...media, mediaType: 'audio' }, signal)
  }

  reject(reason: 'rejected' | 'busy'): Promise<void> {
    return this.#sound.reject(reason)
  }

  cancel(reason: 'canceled' | 'no-answer'): Promise<void> {
    this.#pictures?.close()
    return this.#sound.cancel(reason)
  }

  end(): Promise<void> {
    // Nothing is seen from this moment, however long the network takes to agree.
    this.#pictures?.close()
    return this.#sound.end()
  }

  hold(): Promise<void> {
    return this.#sound.hold()
  }

  resume(): Promise<void> {
    return this.#sound.resume()
  }

  change(mediaType: MediaType, signal: AbortSignal): ReturnType<Leg['change']> {
    return this.#sound.change(mediaType, signal)
  }

  answerChange(accept: boolean, keeps?: boolean): Promise<void> {
    return this.#sound.answerChange(accept, keeps)
  }

  async answerHandOver(accept: boolean): Promise<void> {
    await this.#sound.answerHandOver?.(accept)
  }

  /** A new path for what is broken; where nothing is, for the sound. */
  async restartMedia(): Promise<void> {
    const broken = this.#pictures !== null && this.#pictures.link !== 'ok'
    if (broken) this.#pictures?.open()
    if (!broken || this.#link !== 'ok') await this.#sound.restartMedia()
  }

  #established(): void {
    const media = this.#media
    if (media?.mediaType === 'video') this.#open(media)
    else this.#mediaType = 'audio'
    this.#events.emit('established', { mediaType: this.#mediaType })
  }

  #open(media: LegMedia): void {
    const pictures = (this.#pictures = new ConferencePictures(this.#session, this.id, media))
    pictures.events.on('changed', (shown) => this.#show(shown))
    pictures.events.on('link', () => this.#linked())
    pictures.events.on('refused', () => {
      this.#mediaType = 'audio'
      this.#events.emit('changed', { mediaType: 'audio' })
    })
    pictures.open()
  }

  #show(shown: readonly ConferencePicture[]): void {
    const speaking = shown.filter((each) => each.speaking)
    if (speaking.every(({ party }) => party.uri !== this.#speaker))
      this.#speaker = speaking[0]?.party.uri ?? this.#speaker
    const largest = shown.find(({ party }) => party.uri === this.#speaker) ?? shown[0]
    this.#setPicture(largest?.stream.getVideoTracks()[0])
    this.#shown = shown
    this.#events.emit('pictures', undefined)
  }

  /** A page that shows the stream alone shows this. */
  #setPicture(track: MediaStreamTrack | undefined): void {
    const { remoteStream } = this
    for (const former of remoteStream.getVideoTracks()) if (former !== track) remoteStream.removeTrack(former)
    if (!track || remoteStream.getTracks().includes(track)) return
    remoteStream.addTrack(track)
    this.#events.emit('track', track)
  }

  #linked(): void {
    const link = worse(this.#link, this.#pictures?.link ?? 'ok')
    if (link === this.#told) return
    this.#told = link
    this.#events.emit('link', link)
  }
}

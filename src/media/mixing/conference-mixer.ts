import { Emitter } from '../../base/emitter.ts'
import type { LocalMedia } from '../local-media.ts'
import type { MediaType } from '../media-type.ts'
import { conferenceLimit, type ConferenceLimit } from './conference-limit.ts'
import { AudioClock } from './audio-clock.ts'
import { keepRunning } from './keep-running.ts'
import type { PartyLevel } from './level-meter.ts'
import { LevelReader } from './level-reader.ts'
import { isOverload, LoadGauge } from './load-gauge.ts'
import { MixMedia } from './mix-media.ts'
import { OverloadLatch } from './overload-latch.ts'
import type { ConferenceLayout } from './picture-layout.ts'
import { PictureMix } from './picture-mix.ts'
import { PicturePace } from './picture-pace.ts'
import { SoundMix } from './sound-mix.ts'
import { SpeakerOrder } from './speaker-order.ts'

export type { ConferenceLayout, ConferenceLimit, PartyLevel }

export interface ConferenceMixerEvents {
  /** How loud each party is, by id; `host` is the host. At most five times a second, only when something changed. */
  levels: ReadonlyMap<string, PartyLevel>
  /** The machine is at its limit, or is no longer. Pictures were made smaller and fewer before that. */
  overload: boolean
  /** The browser keeps the mix from sounding until the person touches the page, or does no longer. */
  blocked: boolean
  /** The mix came to its end by itself and nobody hears anything more; it is still to be closed. */
  failed: Error
}

export interface ConferenceMixerOptions {
  /** Whether pictures are mixed, too. */
  readonly mediaType: MediaType
  /** Ends the mix, as `close` does. */
  readonly signal: AbortSignal
}

/** The id of the host among the levels. */
export const hostId = 'host'

/** How often levels are read, in ms. */
const levelInterval = 200

interface Participant {
  readonly remote: MediaStream
  readonly mix: LocalMedia
}

/**
 * Mixes a conference in the page of its host: each party gets the sound of all others, and with video one
 * picture made of the pictures of all others.
 *
 * It knows nothing of calls: what a party sends comes in as a stream, what they get goes out as `LocalMedia`, both of
 * the peer connection with them. It goes on while the page is hidden.
 */
export class ConferenceMixer {
  readonly events = new Emitter<ConferenceMixerEvents>()
  /** What the host hears and sees: all others. The same object for life. */
  readonly stream = new MediaStream()
  readonly #sound = new SoundMix()
  readonly #pictures: PictureMix | null
  readonly #pace: PicturePace | null
  readonly #levels = new LevelReader(this.#sound)
  readonly #speakers = new SpeakerOrder()
  readonly #participants = new Map<string, Participant>()
  readonly #clock: AudioClock
  readonly #gauge = new LoadGauge()
  readonly #overloads = new Set<'sound' | 'pictures'>()
  readonly #soundLatch = new OverloadLatch((overload) => this.#overload('sound', overload))
  readonly #closed = new AbortController()

  /**
   * Opens what the mix needs.
   *
   * @throws The signal's reason; an Error when the browser lacks WebAudio, or a canvas where pictures are mixed.
   */
  static async create({ mediaType, signal }: ConferenceMixerOptions): Promise<ConferenceMixer> {
    signal.throwIfAborted()
    const mixer = new ConferenceMixer(mediaType)
    signal.addEventListener('abort', () => mixer.close(), { once: true, signal: mixer.#closed.signal })
    return mixer
  }

  private constructor(mediaType: MediaType) {
    const { context } = this.#sound
    this.#pictures = mediaType === 'video' ? new PictureMix() : null
    for (const track of this.#open(hostId, mediaType)) this.stream.addTrack(track)
    this.#pace =
      this.#pictures && new PicturePace(context, this.#pictures, (overload) => this.#overload('pictures', overload))
    this.#clock = new AudioClock(context, levelInterval, (late) => this.#tick(late))
    const { signal } = this.#closed
    const blocked = (now: boolean): void => {
      // The time the context stood still says nothing of the machine.
      this.#gauge.reset()
      this.#pace?.recount()
      this.events.emit('blocked', now)
    }
    keepRunning(context, { blocked, failed: (error) => this.events.emit('failed', error) }, signal)
  }

  /** The most participants, beside the host, that this machine can mix. */
  get limit(): ConferenceLimit {
    return conferenceLimit()
  }

  /** The host's own tracks; to be called again whenever they change. */
  setHost(stream: MediaStream): void {
    this.#sound.listenTo(hostId, stream)
    this.#pictures?.watch(hostId, stream)
  }

  /**
   * Takes a participant in. `remote` is what they send; `mediaType` is what they are sent and defaults to that of the
   * conference: who takes no picture costs none.
   *
   * @returns What they are sent, all others; it is the mixer's to close.
   * @throws {Error} when there is one of this id, or the mix is closed.
   */
  add(id: string, remote: MediaStream, mediaType: MediaType = 'video'): LocalMedia {
    if (this.#closed.signal.aborted) throw new Error('This mix is closed: create another one')
    if (id === hostId || this.#participants.has(id)) throw new Error(`There is a party ${id} in this mix already`)
    const mix = new MixMedia()
    this.#participants.set(id, { remote, mix })
    for (const track of this.#open(id, mediaType)) void mix.set(track)
    this.#pace?.recount()
    this.update(id)
    return mix
  }

  /** To be called when a participant's stream gained or lost a track. */
  update(id: string): void {
    const participant = this.#participants.get(id)
    if (!participant) return
    this.#sound.listenTo(id, participant.remote)
    this.#pictures?.watch(id, participant.remote)
  }

  /** The host silences a participant for all, or lets them be heard again. */
  setSilenced(id: string, silenced: boolean): void {
    this.#sound.setSilenced(id, silenced)
  }

  /** Nobody hears the host, or everybody does again. */
  setHostMuted(muted: boolean): void {
    this.#sound.setSilenced(hostId, muted)
  }

  /** While held nothing is mixed: everybody, the host included, hears silence and sees an empty picture. */
  setHeld(held: boolean): void {
    this.#sound.setHeld(held)
    this.#pictures?.setHeld(held)
  }

  /** How the pictures of three and more are laid out. Default `speaker`. */
  setLayout(layout: ConferenceLayout): void {
    if (this.#pictures) this.#pictures.layout = layout
  }

  /** Lets a participant go: they hear and see nothing more, nor do others hear or see them. */
  remove(id: string): void {
    const participant = this.#participants.get(id)
    if (!participant) return
    this.#participants.delete(id)
    this.#sound.remove(id)
    this.#pictures?.remove(id)
    this.#pace?.recount()
    participant.mix.close()
  }

  /** Ends the mix and gives back all it took. What the parties send is not its own and goes on. */
  close(): void {
    if (this.#closed.signal.aborted) return
    this.#closed.abort()
    for (const id of [...this.#participants.keys()]) this.remove(id)
    this.#clock.stop()
    this.#pace?.close()
    this.#pictures?.close()
    this.#sound.close()
    for (const track of this.stream.getTracks()) this.stream.removeTrack(track)
    this.events.clear()
  }

  /** Makes a party; returns the tracks of what they are sent. */
  #open(id: string, mediaType: MediaType): readonly MediaStreamTrack[] {
    const sound = this.#sound.add(id)
    const picture = this.#pictures?.add(id, mediaType === 'video')
    return picture ? [sound, picture] : [sound]
  }

  #tick(late: number): void {
    const began = performance.now()
    const levels = this.#levels.read(levelInterval)
    if (levels) {
      this.#speakers.read(levels)
      this.#pictures?.setSpeakers(this.#speakers.ids)
      this.events.emit('levels', levels)
    }
    const work = performance.now() - began
    const at = this.#sound.context.currentTime
    const load = this.#gauge.note({ interval: levelInterval, late, work, at })
    if (load) this.#soundLatch.note(isOverload(load))
  }

  #overload(of: 'sound' | 'pictures', overload: boolean): void {
    const before = this.#overloads.size > 0
    if (overload) this.#overloads.add(of)
    else this.#overloads.delete(of)
    const now = this.#overloads.size > 0
    if (now !== before) this.events.emit('overload', now)
  }
}

import { Emitter } from '../../base/emitter.ts'
import { sendTones } from '../../media/dtmf.ts'
import type { LocalMedia } from '../../media/local-media.ts'
import { kindsOf } from '../../media/media-type.ts'
import { ConferenceMixer, type PartyLevel } from '../../media/mixing/conference-mixer.ts'
import { SignalingError, type Leg, type LegMedia, type Signaling } from '../../signaling/signaling.ts'
import { cannot } from './cannot.ts'
import type { AdoptedCall, Focus, FocusContext, FocusEvents, Participant } from './focus.ts'
import { FocusLeg } from './focus-leg.ts'
import { LegParticipant, type LegParticipantContext } from './leg-participant.ts'

/**
 * The host's page as the focus of a conference (RFC 4579, 3.1): it mixes what all send, and each participant is a call
 * of its own, so that any phone can be one.
 */
export class BrowserFocus implements Focus {
  readonly mix = 'browser'
  readonly events = new Emitter<FocusEvents>()
  readonly leg: FocusLeg
  readonly #mixer: ConferenceMixer
  readonly #signaling: Signaling
  readonly #context: LegParticipantContext
  readonly #participants = new Set<LegParticipant>()
  readonly #host = new MediaStream()
  #held = false
  #overloaded = false

  /** Opens the mixer. What it took is given back when `signal` aborts. */
  static async open(context: FocusContext, media: LegMedia, signal: AbortSignal): Promise<BrowserFocus> {
    const mixer = await ConferenceMixer.create({ mediaType: media.mediaType, signal })
    return new BrowserFocus(mixer, context, media, signal)
  }

  private constructor(
    mixer: ConferenceMixer,
    { signaling, settings, ringTimeout, host }: FocusContext,
    { mediaType, local }: LegMedia,
    signal: AbortSignal,
  ) {
    this.#mixer = mixer
    this.#signaling = signaling
    this.#context = { signaling, settings, ringTimeout, mixer, mediaType, held: () => this.#held }
    this.leg = new FocusLeg({
      remote: host,
      mediaType,
      remoteStream: mixer.stream,
      farSides: {
        setHeld: (held) => this.#setHeld(held),
        sendDigits: (digits) => this.#sendDigits(digits),
        end: () => this.#end(),
      },
    })
    mixer.events.on('levels', (levels) => this.#measured(levels))
    mixer.events.on('overload', (overloaded) => {
      this.#overloaded = overloaded
      this.events.emit('changed', undefined)
    })
    mixer.events.on('blocked', (blocked) => this.events.emit('blocked', blocked))
    mixer.events.on('failed', (cause) => this.#failed(cause))
    signal.addEventListener('abort', () => void this.#end(), { once: true })
    this.#followHost(local, signal)
  }

  get limit(): number {
    return this.#mixer.limit[this.#context.mediaType]
  }

  get overloaded(): boolean {
    return this.#overloaded
  }

  participant(address: string): LegParticipant {
    return this.#keep(new LegParticipant(address, this.#context))
  }

  adopt(call: AdoptedCall): LegParticipant {
    const participant = this.#keep(new LegParticipant(call.leg.remote.address, this.#context))
    participant.adopt(call)
    return participant
  }

  async handOver(successor: Participant): Promise<readonly Participant[]> {
    const { settings, mediaType } = this.#context
    const heir = [...this.#participants].find((each) => each === successor)
    if (!this.#signaling.capabilities.transfer) cannot('This network cannot transfer calls')
    if (!heir) return cannot('They have left')
    const { HandOver } = await import('./hand-over.ts')
    const others = () => [...this.#participants].filter((each) => each !== heir && each.joined)
    return new HandOver({ signaling: this.#signaling, media: { mediaType, settings }, successor: heir, others }).run()
  }

  #keep(participant: LegParticipant): LegParticipant {
    this.#participants.add(participant)
    participant.events.on('ended', () => this.#participants.delete(participant))
    return participant
  }

  /** The mixer takes the host's tracks as a connection would: whenever one comes, goes, or is held back. */
  #followHost(local: LocalMedia, signal: AbortSignal): void {
    for (const kind of kindsOf('video')) {
      let sent: MediaStreamTrack | null = null
      const sink = {
        get track() {
          return sent
        },
        replaceTrack: async (track: MediaStreamTrack | null) => {
          if (sent) this.#host.removeTrack(sent)
          if (track) this.#host.addTrack(track)
          sent = track
          this.#mixer.setHost(this.#host)
        },
      }
      void local.bind(sink, kind, signal)
    }
  }

  async #setHeld(held: boolean): Promise<void> {
    this.#held = held
    this.#mixer.setHeld(held)
    // A participant who cannot be told hears silence all the same.
    await Promise.allSettled([...this.#participants].map((each) => each.setHeld(held)))
  }

  async #sendDigits(digits: string): Promise<void> {
    const legs = [...this.#participants].flatMap(({ leg }) => leg ?? [])
    await Promise.allSettled(legs.map((leg) => sendDigits(leg, digits)))
  }

  async #end(): Promise<void> {
    await Promise.allSettled([...this.#participants].map((each) => each.remove()))
    this.#mixer.close()
  }

  #measured(levels: ReadonlyMap<string, PartyLevel>): void {
    for (const participant of this.#participants) {
      const level = levels.get(participant.id)
      if (level) participant.measured(level)
    }
  }

  #failed(cause: Error): void {
    const error = new SignalingError('media', `The conference cannot be mixed any more: ${cause.message}`, { cause })
    void this.#end()
    this.leg.finish({ reason: 'failed', message: error.message, error })
  }
}

/** Sends digits the way a participant's leg takes them. */
async function sendDigits(leg: Leg, digits: string): Promise<void> {
  const dtmf = leg.connection?.getSenders().find((sender) => sender.track?.kind === 'audio')?.dtmf
  if (!dtmf?.canInsertDTMF) return leg.sendDigits?.(digits)
  const unheard = { sending: () => {}, sent: () => {} }
  await sendTones(dtmf, digits, undefined, unheard, new AbortController().signal)
}

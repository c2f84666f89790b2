import { newId } from '../../place/new-id.ts'
import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { Emitter } from '../../base/emitter.ts'
import { LocalMedia } from '../../media/local-media.ts'
import type { MediaType } from '../../media/media-type.ts'
import type { ConferenceMixer, PartyLevel } from '../../media/mixing/conference-mixer.ts'
import type { Leg, LegEnd, LegEvents } from '../../signaling/signaling.ts'
import type { CallContext } from '../call-context.ts'
import { LinkRecovery } from '../link-recovery.ts'
import { limitRinging } from '../ring-limit.ts'
import type { ParticipantSnapshot } from '../snapshot.ts'
import type { AdoptedCall, Participant, ParticipantEvents } from './focus.ts'
import { forward } from './forward.ts'
import { LifeSigns } from './life-signs.ts'
import { LossWatch } from './loss-watch.ts'
import { newParticipant } from './new-participant.ts'

const log = logger('conference')

/** What the participants of one conference share. */
export interface LegParticipantContext extends Pick<CallContext, 'signaling' | 'settings' | 'ringTimeout'> {
  readonly mixer: ConferenceMixer
  readonly mediaType: MediaType
  /** Whether the host holds the conference now. */
  held(): boolean
}

/** A participant who is an ordinary call of the host's page, with the sound and picture mixed for them on it. */
export class LegParticipant implements Participant {
  readonly id = newId()
  readonly events = new Emitter<ParticipantEvents>()
  readonly #context: LegParticipantContext
  readonly #gone = new AbortController()
  #local = new LocalMedia()
  #snapshot: ParticipantSnapshot
  #leg: Leg | null = null
  #holds = false
  readonly #losses = new LossWatch(() => {
    this.#lost = true
    void ignore(log, this.#leg?.end(), 'a leg was not ended')
  })
  #interruption = { link: false, silent: false }
  #lost = false
  #ended = false

  constructor(address: string, context: LegParticipantContext) {
    this.#context = context
    this.#snapshot = newParticipant(address, context.mediaType)
  }

  get snapshot(): ParticipantSnapshot {
    return this.#snapshot
  }

  /** Its leg, once there is one. */
  get leg(): Leg | null {
    return this.#leg
  }

  get joined(): boolean {
    return this.#snapshot.stream !== null
  }

  async invite(): Promise<void> {
    const { signaling, settings, mediaType, ringTimeout } = this.#context
    const media = { mediaType, local: this.#local, settings }
    const { signal } = this.#gone
    try {
      const leg = await signaling.place(this.#snapshot.address, media, signal, { focus: true })
      this.#listen(leg)
      this.#set({ ...partyOf(leg), state: 'invited' })
      limitRinging(ringTimeout, signal, () => {
        if (!this.joined) void ignore(log, leg.cancel('no-answer'), 'an invitation was not taken back')
      })
    } catch (error) {
      this.#close()
      throw error
    }
  }

  /** Takes a call in that is up; they join when the caller listens. */
  adopt({ leg, local, held }: AdoptedCall): void {
    this.#local = local
    local.setMuted(false)
    this.#listen(leg)
    this.#set(partyOf(leg))
    queueMicrotask(() => {
      void this.#join(leg.mediaType)
      if (held) this.#holding(true)
    })
  }

  async remove(): Promise<void> {
    const leg = this.#leg
    if (!leg) {
      this.#gone.abort(new DOMException('The invitation was taken back', 'AbortError'))
      return
    }
    this.#set({ state: 'leaving' })
    try {
      await (this.joined ? leg.end() : leg.cancel('canceled'))
    } catch (error) {
      // Whom the host took out is out, no matter what the network makes of it.
      this.#finish({ reason: 'hangup' })
      throw error
    }
  }

  silence(silenced: boolean): void {
    this.#set({ silenced })
    this.#hear()
  }

  /** Holds or resumes their leg, where they have joined. */
  async setHeld(held: boolean): Promise<void> {
    if (this.joined) await (held ? this.#leg?.hold() : this.#leg?.resume())
  }

  /** Takes how loud they are. */
  measured({ level, speaking, silent }: PartyLevel): void {
    const { snapshot } = this
    if (snapshot.level !== level || snapshot.speaking !== speaking || snapshot.muted !== silent)
      this.#set({ level, speaking, muted: silent })
  }

  #set(change: Partial<ParticipantSnapshot>): void {
    this.#snapshot = Object.freeze({ ...this.#snapshot, ...change })
    this.events.emit('changed', undefined)
  }

  #listen(leg: Leg): void {
    this.#leg = leg
    const { signal } = this.#gone
    const { mixer, mediaType: ours } = this.#context
    const rings = (progress: LegEvents['progress']) =>
      (progress === 'ringing' || progress === 'early-media') && !this.joined && this.#set({ state: 'ringing' })
    leg.on('progress', rings, { signal })
    leg.on('established', ({ mediaType }) => void this.#join(mediaType), { signal })
    leg.on('track', () => mixer.update(this.id), { signal })
    leg.on('held', () => this.#holding(true), { signal })
    leg.on('resumed', () => this.#holding(false), { signal })
    leg.on('changed', ({ mediaType }) => this.#set({ mediaType }), { signal })
    leg.on('replaced', () => this.#replaced(leg), { signal })
    // A plain phone may ask; nobody asks the host for each of them.
    const consents = (asked: MediaType) => asked === 'audio' || ours === 'video'
    leg.on(
      'change-requested',
      ({ mediaType }) => void ignore(log, leg.answerChange(consents(mediaType)), 'a change was not answered'),
      {
        signal,
      },
    )
    // Whom one host connects with whom is the host's to say.
    leg.on('transfer-requested', () => void ignore(log, leg.answerTransfer?.(false), 'a transfer was not refused'), {
      signal,
    })
    const held = () => this.#holds || this.#context.held()
    // Who is gone for long has been taken out before.
    const changed = (link: 'ok' | 'recovering' | 'lost') => this.#interrupted({ link: link !== 'ok' })
    new LinkRecovery(leg, { changed, held, abandoned: () => {} }, signal)
    new LifeSigns(
      {
        connection: () => leg.connection,
        expected: () => this.joined && !this.#holds && !this.#context.held(),
        changed: (alive) => this.#interrupted({ silent: !alive }),
      },
      signal,
    )
    // Last, because it lets the leg's events come.
    leg.on('ended', (end) => this.#finish(end))
  }

  async #join(mediaType: MediaType): Promise<void> {
    const leg = this.#leg
    if (!leg || this.joined || this.#gone.signal.aborted) return
    const { mixer } = this.#context
    this.#set({ state: 'joined', mediaType, stream: leg.remoteStream })
    const mixing = forward(mixer.add(this.id, leg.remoteStream, mediaType), this.#local, this.#gone.signal)
    this.#hear()
    this.events.emit('joined', undefined)
    // One that broke is lost, and will be noticed as such.
    await mixing.catch(() => {})
    if (this.#context.held()) await ignore(log, leg.hold(), 'a leg is not held')
  }

  /** Somebody else is there now: they send by another connection, and only the leg tells their name. */
  #replaced(leg: Leg): void {
    const { silenced, stream } = this.#snapshot
    const somebody = newParticipant(leg.remote.address, leg.mediaType)
    this.#snapshot = { ...somebody, silenced, stream, state: stream ? 'joined' : 'invited' }
    this.#holds = false
    this.#set(partyOf(leg))
    this.#context.mixer.update(this.id)
    this.#hear()
  }

  /** Who holds us may play music, which nobody in a conference wants. */
  #holding(holds: boolean): void {
    this.#holds = holds
    this.#set({ state: holds ? 'held' : 'joined' })
    this.#hear()
  }

  #hear(): void {
    this.#context.mixer.setSilenced(this.id, this.#snapshot.silenced || this.#holds)
  }

  /** They count as interrupted while their path is, or while nothing comes by it. */
  #interrupted(now: Partial<Readonly<Record<'link' | 'silent', boolean>>>): void {
    this.#interruption = { ...this.#interruption, ...now }
    const { link, silent } = this.#interruption
    this.#losses.take(link || silent ? 'recovering' : 'ok')
  }

  #finish(end: LegEnd): void {
    if (this.#ended) return
    this.#ended = true
    this.#close()
    const lost = { reason: 'failed', message: 'The connection with the participant was lost' } as const
    this.events.emit('ended', this.#lost ? lost : end)
    this.events.clear()
  }

  #close(): void {
    this.#losses.stop()
    this.#gone.abort()
    this.#context.mixer.remove(this.id)
    this.#local.close()
  }
}

function partyOf({ remote: { uri, displayName } }: Leg): Partial<ParticipantSnapshot> {
  return { uri, ...(displayName !== undefined && { displayName }) }
}

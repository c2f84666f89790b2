import { abortable } from '../../base/abortable.ts'
import type { LocalMedia } from '../../media/local-media.ts'
import type { MediaType } from '../../media/media-type.ts'
import type { LegEnd, LegMedia } from '../../signaling/signaling.ts'
import type { Call, MediaElements } from '../call.ts'
import { isOpen } from '../call-conditions.ts'
import { endMessage } from '../call-end.ts'
import type { CallContext } from '../call-context.ts'
import type { Line } from '../line.ts'
import type { ConferenceEvent, Invitation, Participant as ParticipantInfo } from '../phone-events.ts'
import { whilePending } from '../pending-operation.ts'
import { Refusal, refuse } from '../refuse.ts'
import type { ConferenceSnapshot } from '../snapshot.ts'
import { cannot } from './cannot.ts'
import { conferencePublisher, type HostIdentity, type Roster } from './conference-events.ts'
import type { AdoptedCall, Focus, Participant } from './focus.ts'
import { openFocus } from './open-focus.ts'

type RosterEvent =
  | 'conference:invitation-sent'
  | 'conference:invitation-accepted'
  | 'conference:invitation-rejected'
  | 'conference:participant-removed'

export interface ConferenceInit {
  readonly mediaType: MediaType
  /** What this user sends already, where the conference is one that another page mixed: this page does it on. */
  readonly local?: LocalMedia | undefined
}

/** A conference that this user is in, and that its host gave to them. */
export interface GivenConference {
  readonly call: Call
  readonly focus: Focus
}

/** Devices that are open. */
const opened = { open: () => Promise.resolve() }

/** A conference that this user hosts: the call of the host, and who was invited to it. */
export class Conference {
  readonly call: Call
  readonly #line: Line
  readonly #changed: () => void
  readonly #participants = new Set<Participant>()
  readonly #invitations = new Map<string, Invitation>()
  /** Those whom the host took out: that they are gone is no refusal of theirs. */
  readonly #removed = new WeakSet<Participant>()
  #focus: Focus | null = null
  #takesLegs = false
  #allSilenced = false

  /** No device is opened where there is a `local`. */
  constructor(line: Line, init: ConferenceInit | GivenConference, changed: () => void) {
    this.#line = line
    this.#changed = changed
    if ('call' in init) {
      this.call = init.call
      this.#inherit(init.focus)
    } else this.call = this.#begin(init)
  }

  #begin({ mediaType, local }: ConferenceInit): Call {
    const line = this.#line
    const changed = this.#changed
    this.#takesLegs = local !== undefined
    const { from } = this.identity
    const remote = { address: from, uri: from }
    const call = line.create({ direction: 'outgoing', callType: 'conference', remote, mediaType }, (context) => ({
      ...context,
      signaling: { place: (_to, media, signal, options) => this.#open(context, media, signal, options?.onOffer) },
      ...(local && { devices: { ...opened, settings: context.devices.settings } }),
      publish: conferencePublisher(context.publish, this.identity),
      changed: () => {
        context.changed()
        changed()
      },
      ended: () => {
        context.ended()
        changed()
      },
    }))
    if (local) {
      call.local.close()
      call.local = local
      call.set({ muted: local.muted })
    }
    return call
  }

  /** Takes up what the host before began. */
  #inherit(focus: Focus): void {
    this.#attach(focus, this.call.gone)
    for (const participant of focus.inherited ?? []) {
      this.#admit(participant)
      // It asks nobody: it tells of who is there.
      void participant.invite()
    }
  }

  /** Who hosts it, for the events of its call. */
  get identity(): HostIdentity {
    return { from: this.#line.session.snapshot.userId ?? '', roster: () => this.roster() }
  }

  /** Begins it: what goes wrong ends it, and is thrown. */
  async start(elements: MediaElements, method: 'startConference' | 'merge'): Promise<void> {
    // A server takes the sound of a call in, and no picture.
    if (method === 'merge' && this.call.snapshot.mediaType === 'video') this.#takesLegs = true
    await this.call.place(elements, method)
  }

  get snapshot(): ConferenceSnapshot {
    const { index, mediaType } = this.call.snapshot
    const limit = this.#focus?.limit ?? 0
    return Object.freeze({
      index,
      role: 'host',
      mix: this.#focus?.mix ?? null,
      mediaType,
      participants: Object.freeze([...this.#participants].map(({ snapshot }) => snapshot)),
      limit,
      atLimit: this.#focus !== null && (this.#focus.overloaded || this.#participants.size >= limit),
      allSilenced: this.#allSilenced,
    })
  }

  /** Who takes part and who was asked, as events and `getParticipants` tell it. */
  roster(): Roster {
    const joined = [...this.#participants].filter(({ snapshot }) => snapshot.stream !== null)
    const info = ({ snapshot: { address, uri } }: Participant): [string, ParticipantInfo] => [address, { address, uri }]
    return {
      participants: Object.fromEntries(joined.map(info)),
      invitations: Object.fromEntries(this.#invitations),
    }
  }

  /** Invites somebody. Resolves when the network has taken the invitation. */
  async invite(address: string): Promise<void> {
    const focus = this.#focus ?? refuse('3631')
    if (this.find(address)) refuse('3641')
    if (this.snapshot.atLimit) throw new Refusal('3600', { additionalInformation: this.#fullWords(focus) })
    const participant = this.#admit(focus.participant(address))
    const { index } = this.call.snapshot
    this.#line.publish('conference:invitation-sending', { index, invitee: address, timestamp: new Date() })
    this.#invitations.set(address, { id: participant.id, invitee: address, status: 'invited' })
    try {
      await participant.invite()
    } catch (error) {
      this.#forget(participant)
      if (this.#removed.has(participant)) this.#publish('conference:participant-removed')
      else if (!this.call.ended) this.#answered(participant, 'rejected')
      throw error
    }
    if (this.#participants.has(participant)) this.#publish('conference:invitation-sent')
  }

  /** Whether nobody takes part or was asked. */
  get isEmpty(): boolean {
    return this.#participants.size === 0
  }

  /**
   * Takes the far side of a call that is up in; the call ends on this side, and the far side hears the others. `null`
   * where it has ended.
   *
   * @throws where they do not come: the call is as it was
   */
  async adopt(call: Call): Promise<Participant | null> {
    const focus = this.#focus ?? refuse('3631')
    const { leg } = call
    const { hold } = call.snapshot
    if (focus.bringIn && leg) return this.#arrival(focus.bringIn(leg))
    const released = call.release('It goes on as a part of the conference')
    if (!released) return null
    const participant = this.take({ ...released, held: hold.remote })
    if (hold.local) await released.leg.resume()
    return participant
  }

  /** Takes in who is at the far side of a leg that is up. */
  take(call: AdoptedCall, silenced = false): Participant {
    const participant = this.#focus?.adopt?.(call) ?? cannot('What mixes it takes no calls')
    if (silenced) participant.silence(true)
    return this.#admit(participant)
  }

  /** Takes somebody out, or their invitation back. Whether there was one. */
  async remove(address: string): Promise<boolean> {
    const participant = this.find(address)
    if (!participant) return false
    this.#removed.add(participant)
    await participant.remove()
    return true
  }

  /**
   * Asks a participant to be its host, and leaves it. Who cannot follow loses it, and is named in a warning.
   *
   * @throws {Refusal} 5241 where they decline, 3100 with the words why; nothing has changed then
   */
  async handOver(address: string): Promise<void> {
    const focus = this.#focus ?? refuse('3731')
    const successor = this.find(address) ?? cannot('Nobody of that address is in the conference')
    if (successor.snapshot.state !== 'joined') cannot('Only who has joined, and does not hold, can become the host')
    if (!isOpen(this.call)) cannot('Something of the conference is changing: wait until it has')
    const others = [...this.#participants].filter((each) => each !== successor)
    if (!others.some(({ snapshot }) => snapshot.stream)) cannot('There is nobody else in it: end it')
    await whilePending(this.call, 'transfer', async () => {
      const handingOver = focus.handOver?.(successor) ?? cannot('What mixes it cannot give it to another host')
      // Who ends it for all waits for nobody's answer.
      const behind = await abortable(handingOver, this.call.gone)
      if (behind.length > 0) this.#warnOf(behind)
    })
    await this.call.hangup()
  }

  /** Keeps one from being heard, or no longer. Whether there is one. */
  silence(address: string, silenced: boolean): boolean {
    const participant = this.find(address)
    participant?.silence(silenced)
    if (participant && !silenced) this.#allSilenced = false
    this.#changed()
    return participant !== undefined
  }

  /** Keeps all from being heard, those who join later too, or none any longer. */
  silenceAll(silenced: boolean): void {
    this.#allSilenced = silenced
    for (const participant of this.#participants) participant.silence(silenced)
    this.#changed()
  }

  find(address: string): Participant | undefined {
    const wanted = address.toLowerCase()
    return [...this.#participants].find(({ snapshot }) =>
      [snapshot.address, snapshot.uri, snapshot.uri.replace(/^\w+:/, '')].some((each) => each.toLowerCase() === wanted),
    )
  }

  async #open(context: CallContext, media: LegMedia, signal: AbortSignal, onOffer?: () => void): Promise<Focus['leg']> {
    onOffer?.()
    const { settings, ringTimeout } = context
    const { signaling } = this.#line.session
    const { remote: host } = this.call.snapshot
    const takesLegs = this.#takesLegs
    const focus = await openFocus({ signaling, settings, ringTimeout, host, takesLegs }, media, signal)
    this.#attach(focus, signal)
    return focus.leg
  }

  #attach(focus: Focus, signal: AbortSignal): void {
    this.#focus = focus
    focus.events.on('changed', this.#changed)
    const block = (blocked: boolean) => this.#line.setBlocked('mix', blocked)
    focus.events.on('blocked', block)
    signal.addEventListener('abort', () => block(false), { once: true })
  }

  /** Resolves when they are in. */
  async #arrival(participant: Participant): Promise<Participant> {
    const { address } = participant.snapshot
    const arrived = new Promise<void>((resolve, reject) => {
      participant.events.on('joined', () => resolve())
      participant.events.on('ended', ({ message = 'the call ended' }) =>
        reject(new Refusal('3100', { additionalInformation: `${address} did not come: ${message}` })),
      )
    })
    // The invitation tells the caller who waits where it fails first.
    arrived.catch(() => {})
    this.#admit(participant)
    try {
      await participant.invite()
    } catch (error) {
      this.#forget(participant)
      throw error
    }
    await arrived
    return participant
  }

  #admit(participant: Participant): Participant {
    this.#participants.add(participant)
    if (this.#allSilenced) participant.silence(true)
    participant.events.on('changed', this.#changed)
    participant.events.on('joined', () => {
      this.#answered(participant, 'accepted')
      this.#publish('conference:invitation-accepted')
    })
    participant.events.on('ended', (end) => this.#left(participant, end))
    this.#changed()
    return participant
  }

  #left(participant: Participant, end: LegEnd): void {
    const joined = participant.snapshot.stream !== null
    this.#forget(participant)
    // Where the host ends it, its end says it all.
    if (this.call.ended || this.call.snapshot.progress === 'ending') return
    const message = endMessage(end)
    const words = message === undefined ? {} : { message }
    if (joined || this.#removed.has(participant)) {
      this.#forgetInvitation(participant)
      this.#publish('conference:participant-removed', words)
      return
    }
    this.#answered(participant, 'rejected')
    this.#publish('conference:invitation-rejected', words)
  }

  #forget(participant: Participant): void {
    this.#participants.delete(participant)
    this.#changed()
  }

  /** By its id: who was invited may have been replaced by somebody at another address. */
  #forgetInvitation(participant: Participant): void {
    for (const [address, { id }] of this.#invitations) if (id === participant.id) this.#invitations.delete(address)
  }

  #answered({ id, snapshot }: Participant, status: Invitation['status']): void {
    const { address } = snapshot
    this.#invitations.set(address, { id, invitee: address, status })
  }

  #publish(name: RosterEvent, extras: Pick<ConferenceEvent, 'message'> = {}): void {
    const { index, mediaType, codecs } = this.call.snapshot
    this.#line.publish(name, {
      index,
      callType: 'conference',
      mediaType,
      codec: codecs,
      ...this.roster(),
      timestamp: new Date(),
      ...extras,
    })
  }

  #warnOf(behind: readonly Participant[]): void {
    const { index, mediaType, codecs } = this.call.snapshot
    const message = `They cannot follow to the new host: ${behind.map(({ snapshot }) => snapshot.address).join(', ')}`
    this.#line.publish('warning', { message, index, mediaType, codec: codecs, timestamp: new Date() })
  }

  #fullWords({ overloaded, limit }: Focus): string {
    return overloaded
      ? 'This machine cannot mix more than there are: remove somebody first'
      : `The conference is full: ${limit} participants beside the host. Remove somebody first`
  }
}

import { randomUUID } from 'node:crypto'
import { TaskQueue } from '../../../src/base/task-queue.ts'
import type { CallStage } from '../../../src/exchange/call-stage.ts'
import { holdBack } from '../../../src/exchange/held-back-candidates.ts'
import type { Leg } from '../../../src/exchange/leg.ts'
import {
  details,
  reasons,
  type EndKind,
  type ExchangeReply,
  type PictureCommand,
} from '../../../src/exchange/protocol.ts'
import { modificationInProgress, refuse } from '../../../src/exchange/refusals.ts'
import type { AudioBridgeMember, MemberId } from '../janus/audio-bridge-member.ts'
import { isHold, stopped } from '../janus/session-description.ts'
import { AbsenceWatch } from './absence-watch.ts'
import type { Gallery } from './gallery.ts'
import { HoldNotice } from './hold-notice.ts'
import type { PictureSeat } from './picture-seat.ts'
import type { Seating } from './seating.ts'

/** How long a client may take to offer or answer a new connection, in ms: where it has no other, and where it has. */
const moveLimit = 20_000
const comeLimit = 10_000

/** The conference, as a seat knows it. */
export interface Floor {
  readonly seating: Seating
  /** The host holds the conference, for all. */
  readonly isHeld: boolean
  /** `null` where it is of sound alone. */
  readonly gallery: Gallery | null
  /** The device alerts its user. */
  rings(seat: ConferenceSeat): void
  /** @throws ExchangeError when the guest must not join any more; nothing has changed then. */
  answers(seat: ConferenceSeat): void
  /** The guest is in the room: heard by all, hearing all. */
  joined(seat: ConferenceSeat): void
  /** The guest holds, or is muted, or no longer. */
  changed(seat: ConferenceSeat): void
  /** The guest was to come from a call, which is up still, and did not. */
  stays(seat: ConferenceSeat, reason: string): void
  /** The guest was asked to be the host. @throws ExchangeError when they were not, or nobody waits any more */
  answersHandOver(seat: ConferenceSeat, accepted: boolean): void
  /** The guest declined before they joined. */
  declines(seat: ConferenceSeat, detail: string | undefined): void
  /** The guest has left, or is lost; their leg is closed. */
  left(seat: ConferenceSeat, reason: string | undefined, detail: string | undefined): void
  /** Every leg ends. */
  dissolve(reason: string, detail: string): void
  speaks(id: MemberId, speaking: boolean): void
}

type SeatState = 'invited' | 'coming' | 'joining' | 'joined' | 'moving' | 'gone'

/** One leg of a conference: what a client asks of it, and its connection to the room. */
export class ConferenceSeat implements CallStage {
  readonly leg: Leg
  /** `null` where it has none, or its client knows of none. */
  readonly pictureSeat: PictureSeat | null
  readonly #floor: Floor
  /** What Janus is asked for, one after the other. */
  readonly #queue = new TaskQueue()
  #state: SeatState = 'invited'
  #member: AudioBridgeMember | null = null
  #isHeld = false
  #isMuted = false
  #silenced = false
  /** Candidates that came before there was a connection they are for. */
  #early: string[] = []
  /** Whether the descriptions of the present connection were exchanged. */
  #connected = false
  /** A new connection that we offered to a client that knows no other way to move. */
  #offered: { readonly modId: string; readonly member: AudioBridgeMember } | null = null
  #moveTimer: NodeJS.Timeout | undefined
  /** What the host's hold is told by. */
  readonly #notice: HoldNotice
  readonly #absence: AbsenceWatch

  constructor(leg: Leg, floor: Floor) {
    this.leg = leg
    this.#floor = floor
    this.pictureSeat = floor.gallery?.seat(leg) ?? null
    this.#notice = new HoldNotice(leg, (held) => (this.#connected ? (this.#member?.holdOffer(held) ?? null) : null))
    this.#absence = new AbsenceWatch({
      excused: () => this.#isHeld || floor.isHeld,
      lost: (reason) => {
        if (this.#state === 'joined') this.#lost(reason)
      },
    })
    leg.stage = this
  }

  /** What the room knows it by. */
  get memberId(): MemberId | null {
    return this.#member?.id ?? null
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Whether the guest sends silence, as far as their client says. */
  get isMuted(): boolean {
    return this.#isMuted
  }

  get isJoined(): boolean {
    return this.#state === 'joined' || this.#state === 'moving'
  }

  /** Takes the host's offer; they join with its answer. */
  open(offer: string): void {
    this.#state = 'joining'
    this.#do(async () => {
      const sdp = await this.#sit((member) => member.answer(offer))
      this.leg.tell('session-open', { sdp })
      await this.#join()
    })
  }

  /** Invites with an offer of the room. */
  invite(): void {
    this.#do(async () => {
      const sdp = await this.#sit((member) => member.offer())
      this.leg.tell('invitation-received', { sdp, ...(this.pictureSeat && { video: true }) })
    })
  }

  ring(): ExchangeReply {
    if (this.#state !== 'invited') refuse('ring')
    this.#floor.rings(this)
    return {}
  }

  answer(_leg: Leg, sdp: string): ExchangeReply {
    if (this.#state !== 'invited') refuse('answer')
    this.#floor.answers(this)
    this.#state = 'joining'
    this.#do(async () => {
      const lost = !(await this.#accepts(sdp))
      this.leg.tell('session-open')
      await this.#join()
      if (lost) this.move()
    })
    return { state: 'session-open' }
  }

  modify(_leg: Leg, _kind: unknown, sdp: string): ExchangeReply {
    // Who answered has been told that the call is open before the mixer has let them in.
    const isOnTheWay = this.#state === 'joining' || this.#state === 'moving' || this.#state === 'coming'
    if (isOnTheWay || this.#notice.isOpen) throw modificationInProgress()
    if (this.#state !== 'joined') refuse('modify')
    const modId = randomUUID()
    this.#do(() => this.#answerLater(modId, sdp))
    return { modId, state: 'modification-pending' }
  }

  settleModification(_leg: Leg, modId: string, accepted: boolean, sdp: string): ExchangeReply {
    const reason = accepted ? reasons.success : reasons.rejected
    if (this.#notice.settle(modId, reason)) return { state: 'session-open' }
    const offered = this.#offered
    if (offered?.modId !== modId) refuse('settle')
    this.#offered = null
    this.leg.tellAnswered(modId, reason)
    if (!accepted) {
      this.#lost('The client did not take the new connection')
      return { state: 'session-open' }
    }
    // No matter what comes of it, the connection it had before is no more.
    if (this.#state === 'coming') this.#state = 'moving'
    this.#isHeld = isHold(sdp)
    this.#do(() => this.#moveTo(offered.member, () => offered.member.accept(sdp)))
    return { state: 'session-open' }
  }

  candidates(_leg: Leg, sdpfrag: string): ExchangeReply {
    if (this.pictureSeat?.takeCandidates(sdpfrag)) return {}
    holdBack(this.#early, sdpfrag)
    this.#do(() => this.#passCandidates())
    return {}
  }

  mute(_leg: Leg, muted: boolean): ExchangeReply {
    this.#isMuted = muted
    this.#floor.changed(this)
    return {}
  }

  settleHandOver(_leg: Leg, accepted: boolean): ExchangeReply {
    this.#floor.answersHandOver(this, accepted)
    return {}
  }

  pictures(_leg: Leg, command: PictureCommand): ExchangeReply {
    if (!this.pictureSeat || this.#state === 'invited') refuse('pictures')
    return this.pictureSeat.take(command)
  }

  /** The offer of a new connection that `move` or `come` asked for. */
  rejoin(_leg: Leg, sdp: string): ExchangeReply {
    if ((this.#state !== 'moving' && this.#state !== 'coming') || !this.leg.session.extensions) refuse('rejoin')
    this.#isHeld = isHold(sdp)
    this.#do(async () => {
      const member = await this.#floor.seating.member()
      await this.#moveTo(member, async () => {
        this.leg.tell('session-modified', { sdp: await member.answer(sdp) })
      })
    })
    return {}
  }

  end(_leg: Leg, how: EndKind, detail: string | undefined): ExchangeReply {
    const invited = this.#state === 'invited'
    if (how === 'reject' && !invited) refuse('reject')
    if (how === 'cancel' && invited) refuse('cancel')
    this.close()
    this.leg.leave(invited ? reasons.rejected : undefined)
    if (invited) this.#floor.declines(this, detail)
    else this.#floor.left(this, undefined, detail)
    return { state: 'session-terminated' }
  }

  away(): void {
    this.#absence.away()
  }

  leave(_leg: Leg, reason: string, detail: string): void {
    this.close()
    this.leg.close()
    this.#floor.left(this, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#floor.dissolve(reason, detail)
  }

  /** The host keeps the guest from being heard, or lets them again. */
  silence(silenced: boolean): void {
    this.#silenced = silenced
    this.#do(() => this.#applySilence())
  }

  /** The host holds the conference, or resumes it. */
  hold(held: boolean): void {
    this.pictureSeat?.hold(held || this.#isHeld)
    if (this.isJoined) this.#notice.set(held)
  }

  /** Asks the client of a call that is up for a connection to the room, beside the one it has. */
  come(): void {
    this.#state = 'coming'
    this.#askForConnection(comeLimit, {})
  }

  /** Asks the client for a new connection: the room it was connected to is gone. */
  move(): void {
    if (!this.isJoined) return
    this.#state = 'moving'
    this.#connected = false
    this.#absence.stop()
    this.#askForConnection(moveLimit, { detail: details.mediaServerLost })
  }

  /** Ends the leg, and tells its client why; no reason is a normal end. */
  finish(reason?: string, detail?: string): void {
    if (this.#state === 'gone') return
    this.close()
    this.leg.end(reason, detail)
  }

  /** Lets go of the room. */
  close(): void {
    this.#state = 'gone'
    clearTimeout(this.#moveTimer)
    this.#absence.stop()
    this.#notice.stop()
    this.#floor.seating.release(this.#member)
    this.#floor.seating.release(this.#offered?.member ?? null)
    this.pictureSeat?.close()
  }

  #askForConnection(patience: number, why: { readonly detail?: string }): void {
    clearTimeout(this.#moveTimer)
    this.#moveTimer = setTimeout(() => this.#lost('The client took no new connection in time'), patience)
    if (this.leg.session.extensions) {
      this.leg.tell('session-modified', why)
      return
    }
    this.#do(async () => {
      const member = await this.#floor.seating.member()
      const modId = randomUUID()
      this.#offered = { modId, member }
      this.leg.tell('mod-received', { modId, sdp: await member.offerAgain() })
    })
  }

  /** False where the room that made the offer is lost. */
  async #accepts(answer: string): Promise<boolean> {
    const member = this.#member
    try {
      await member?.accept(answer)
      return !this.#floor.seating.isLost(member)
    } catch (error) {
      if (this.#floor.seating.isLost(member)) return false
      throw error
    }
  }

  async #answerLater(modId: string, offer: string): Promise<void> {
    const answer = await this.#member?.answerLater(offer).catch((error: unknown) => {
      if (!this.#floor.seating.isLost(this.#member)) throw error
    })
    if (answer) {
      const sdp = this.#notice.isHeld ? stopped(answer) : answer
      this.leg.tell('mod-terminated', { modId, reason: reasons.success, sdp })
      this.#setHeld(isHold(offer))
      return
    }
    this.leg.tell('mod-terminated', { modId, reason: 'The media server asks for a new connection' })
    // One that was lost is replaced for all.
    if (answer === null) this.move()
  }

  async #passCandidates(): Promise<void> {
    if (!this.#connected) return
    for (const fragment of this.#early.splice(0)) await this.#member?.addCandidates(fragment)
  }

  async #join(): Promise<void> {
    if (this.#state === 'gone') return
    this.#state = 'joined'
    this.#floor.joined(this)
    await this.#settle()
  }

  /** What has to be done whenever there is a new connection. */
  async #settle(): Promise<void> {
    this.#connected = true
    this.#absence.expect()
    await this.#passCandidates()
    if (this.#silenced) await this.#applySilence()
    this.#notice.renew()
  }

  #setHeld(held: boolean): void {
    if (this.#isHeld === held || this.#state === 'gone') return
    this.#isHeld = held
    this.pictureSeat?.hold(held || this.#floor.isHeld)
    this.#floor.changed(this)
  }

  async #applySilence(): Promise<void> {
    const id = this.#member?.id
    if (id != null && this.isJoined) await this.#floor.seating.setSilenced(id, this.#silenced)
  }

  /** Takes a place in the room, another one where the first is lost meanwhile. */
  async #sit(connect: (member: AudioBridgeMember) => Promise<string>): Promise<string> {
    for (;;) {
      const member = await this.#floor.seating.member()
      try {
        const sdp = await connect(member)
        this.#follow(member)
        return sdp
      } catch (error) {
        const lost = this.#floor.seating.isLost(member)
        this.#floor.seating.release(member)
        if (!lost) throw error
      }
    }
  }

  async #moveTo(member: AudioBridgeMember, connect: () => Promise<void>): Promise<void> {
    const former = this.#member
    try {
      await connect()
    } catch (error) {
      this.#floor.seating.release(member)
      throw error
    }
    clearTimeout(this.#moveTimer)
    this.#follow(member)
    this.#floor.seating.release(former)
    await this.#join()
  }

  #follow(member: AudioBridgeMember): void {
    if (this.#state === 'gone') return this.#floor.seating.release(member)
    this.#member = member
    this.#absence.follow(member)
    member.events.on('speaking', ({ id, speaking }) => this.#floor.speaks(id, speaking))
  }

  #lost(reason: string): void {
    if (this.#state === 'gone') return
    if (this.#state === 'coming') return this.#floor.stays(this, reason)
    const joined = this.#state !== 'invited'
    this.finish(reason, details.sessionEnded)
    if (joined) this.#floor.left(this, reason, details.sessionEnded)
    else this.#floor.declines(this, undefined)
  }

  /** A task that no caller waits for: its failure ends the leg, unless the room is lost and another takes its place. */
  #do(task: () => Promise<void>): void {
    this.#queue
      .run(async () => {
        if (this.#state !== 'gone') await task()
      })
      .catch(() => {
        if (!this.#floor.seating.isLost(this.#member)) this.#lost('The media server failed')
      })
  }
}

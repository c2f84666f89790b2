import { randomUUID } from 'node:crypto'
import { TaskQueue } from '../../../src/base/task-queue.ts'
import type { CallStage } from '../../../src/exchange/call-stage.ts'
import { holdBack } from '../../../src/exchange/held-back-candidates.ts'
import type { Leg } from '../../../src/exchange/leg.ts'
import { details, reasons, type EndKind, type ExchangeReply } from '../../../src/exchange/protocol.ts'
import { modificationInProgress, refuse } from '../../../src/exchange/refusals.ts'
import type { AudioBridgeMember, MemberId } from '../janus/audio-bridge-member.ts'
import { isHold, withoutExtensions } from '../janus/session-description.ts'
import type { Seating } from './seating.ts'

/** How long a client may take to offer or answer a new connection, in ms. */
const moveLimit = 20_000
/** How long after a connection was closed its client may say that it hung up, in ms. */
const farewellLimit = 1000
/** How long the media of a new connection may take to come up, in ms. */
const connectLimit = 15_000
/** How long nothing may come from somebody who holds nothing, in ms, before he counts as lost. */
const silenceLimit = 7000

/** The conference, as a seat knows it. */
export interface Floor {
  readonly seating: Seating
  /** His device alerts him. */
  rings(seat: ConferenceSeat): void
  /** @throws ExchangeError when he must not join any more; nothing has changed then. */
  answers(seat: ConferenceSeat): void
  /** He is in the room: heard by all, hearing all. */
  joined(seat: ConferenceSeat): void
  held(seat: ConferenceSeat): void
  /** He declined before he joined. */
  declines(seat: ConferenceSeat, detail: string | undefined): void
  /** He is gone, by himself or lost; his leg is closed. */
  left(seat: ConferenceSeat, reason: string | undefined, detail: string | undefined): void
  /** Every leg ends. */
  dissolve(reason: string, detail: string): void
  speaks(id: MemberId, speaking: boolean): void
}

type SeatState = 'invited' | 'joining' | 'joined' | 'moving' | 'gone'

/** One leg of a conference: what a client asks of it, and its connection to the room. */
export class ConferenceSeat implements CallStage {
  readonly leg: Leg
  readonly #floor: Floor
  /** What Janus is asked for, one after the other. */
  readonly #queue = new TaskQueue()
  #state: SeatState = 'invited'
  #member: AudioBridgeMember | null = null
  #isHeld = false
  #silenced = false
  /** Candidates that came before there was a connection they are for. */
  #early: string[] = []
  /** Whether the descriptions of the present connection were exchanged. */
  #connected = false
  /** Whether media comes by the present connection. */
  #receives = false
  /** A new connection that we offered to a client that knows no other way to move. */
  #offered: { readonly modId: string; readonly member: AudioBridgeMember } | null = null
  #moveTimer: NodeJS.Timeout | undefined
  #watchTimer: NodeJS.Timeout | undefined

  constructor(leg: Leg, floor: Floor) {
    this.leg = leg
    this.#floor = floor
    leg.stage = this
  }

  /** What the room knows it by. */
  get memberId(): MemberId | null {
    return this.#member?.id ?? null
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  get isJoined(): boolean {
    return this.#state === 'joined' || this.#state === 'moving'
  }

  /** Takes the host's offer; he joins with its answer. */
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
      this.leg.tell('invitation-received', { sdp })
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
    if (this.#state === 'moving') throw modificationInProgress()
    if (this.#state !== 'joined') refuse('modify')
    const modId = randomUUID()
    this.#do(() => this.#answerLater(modId, sdp))
    return { modId, state: 'modification-pending' }
  }

  settleModification(_leg: Leg, modId: string, accepted: boolean, sdp: string): ExchangeReply {
    const offered = this.#offered
    if (offered?.modId !== modId) refuse('settle')
    this.#offered = null
    if (accepted) this.#do(() => this.#moveTo(offered.member, () => offered.member.accept(sdp)))
    else this.#lost('The client did not take the new connection')
    return { state: 'session-open' }
  }

  candidates(_leg: Leg, sdpfrag: string): ExchangeReply {
    holdBack(this.#early, sdpfrag)
    this.#do(() => this.#passCandidates())
    return {}
  }

  /** The offer of a new connection that `move` asked for. */
  rejoin(_leg: Leg, sdp: string): ExchangeReply {
    if (this.#state !== 'moving' || !this.leg.session.extensions) refuse('rejoin')
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
    this.leg.close()
    if (invited) this.#floor.declines(this, detail)
    else this.#floor.left(this, undefined, detail)
    return { state: 'session-terminated' }
  }

  leave(_leg: Leg, reason: string, detail: string): void {
    this.close()
    this.leg.close()
    this.#floor.left(this, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#floor.dissolve(reason, detail)
  }

  /** The host keeps him from being heard, or lets him again. */
  silence(silenced: boolean): void {
    this.#silenced = silenced
    this.#do(() => this.#applySilence())
  }

  /** Asks the client for a new connection: the room it was connected to is gone. */
  move(): void {
    if (!this.isJoined) return
    this.#state = 'moving'
    this.#connected = false
    clearTimeout(this.#watchTimer)
    clearTimeout(this.#moveTimer)
    this.#moveTimer = setTimeout(() => this.#lost('The client took no new connection in time'), moveLimit)
    if (this.leg.session.extensions) {
      this.leg.tell('session-modified', { detail: details.mediaServerLost })
      return
    }
    this.#do(async () => {
      const member = await this.#floor.seating.member()
      const modId = randomUUID()
      this.#offered = { modId, member }
      this.leg.tell('mod-received', { modId, sdp: withoutExtensions(await member.offer()) })
    })
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
    clearTimeout(this.#watchTimer)
    this.#floor.seating.release(this.#member)
    this.#floor.seating.release(this.#offered?.member ?? null)
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
      this.leg.tell('mod-terminated', { modId, reason: reasons.success, sdp: answer })
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
    if (!this.#receives) this.#watch(connectLimit, 'No media came from the client')
    await this.#passCandidates()
    if (this.#silenced) await this.#applySilence()
  }

  #setHeld(held: boolean): void {
    if (this.#isHeld === held || this.#state === 'gone') return
    this.#isHeld = held
    this.#floor.held(this)
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
    if (this.#state !== 'moving') return
    this.#state = 'joined'
    await this.#settle()
  }

  #follow(member: AudioBridgeMember): void {
    if (this.#state === 'gone') return this.#floor.seating.release(member)
    this.#member = member
    this.#receives = false
    member.events.on('lost', (reason) => this.#watch(farewellLimit, `The media connection was lost: ${reason}`))
    member.events.on('receiving', (receiving) => {
      this.#receives = receiving
      if (receiving) clearTimeout(this.#watchTimer)
      else this.#watch(silenceLimit, 'Nothing came from the client any more')
    })
    member.events.on('speaking', ({ id, speaking }) => this.#floor.speaks(id, speaking))
  }

  /** He is lost unless his client says something within `patience` ms. */
  #watch(patience: number, reason: string): void {
    clearTimeout(this.#watchTimer)
    this.#watchTimer = setTimeout(() => {
      // Nothing comes from somebody who holds, nor needs to.
      if (this.#state === 'joined' && (!this.#isHeld || patience === farewellLimit)) this.#lost(reason)
    }, patience)
  }

  #lost(reason: string): void {
    if (this.#state === 'gone') return
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

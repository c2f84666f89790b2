import { randomUUID } from 'node:crypto'
import type { Exchange } from '../../../src/exchange/exchange.ts'
import { defaultLimits } from '../../../src/exchange/exchange-environment.ts'
import type { Leg } from '../../../src/exchange/leg.ts'
import { details, ExchangeError, reasons } from '../../../src/exchange/protocol.ts'
import { notReachable, tooMany, wrongState } from '../../../src/exchange/refusals.ts'
import type { MemberId } from '../janus/audio-bridge-member.ts'
import type { JanusPool } from '../janus/janus-pool.ts'
import { ConferenceParty } from './conference-party.ts'
import { ConferenceSeat, type Floor } from './conference-seat.ts'
import { Seating } from './seating.ts'

/** Participants of one conference beside its host. */
export const conferenceLimit = 50

const alreadyInvited = (uri: string): ExchangeError =>
  new ExchangeError(400, 'SVC0003', `${uri} is invited already, or takes part`, uri)

const noSuchParticipant = (uri: string): ExchangeError =>
  new ExchangeError(404, '', `${uri} is not in this conference`, uri)

/** One conference on a media server: its host, whom he invited, and the room they hear each other in. */
export class Conference implements Floor {
  readonly seating: Seating
  readonly #exchange: Exchange
  readonly #host: ConferenceSeat
  readonly #parties = new Map<string, ConferenceParty>()
  readonly #over: (conference: Conference) => void
  #closing: Promise<void> | null = null

  /** Begins with the host's offer; `over` is told when the conference has ended. */
  constructor(
    exchange: Exchange,
    pool: JanusPool,
    { leg, offer, over }: { leg: Leg; offer: string; over: (conference: Conference) => void },
  ) {
    this.#exchange = exchange
    this.#over = over
    this.seating = new Seating(pool, {
      moved: () => this.#seats.forEach((seat) => seat.move()),
      failed: () => this.dissolve('No media server can be reached', details.mediaServerLost),
    })
    this.#host = new ConferenceSeat(leg, this)
    this.#host.open(offer)
  }

  get hostLeg(): Leg {
    return this.#host.leg
  }

  /**
   * Invites every device of a user; gives the id of the invitation, by which the host hears of its end.
   *
   * @throws ExchangeError where he is in already, cannot be reached, or the conference is full.
   */
  invite(uri: string): string {
    if (!this.#host.isJoined) throw wrongState('The conference has not begun yet')
    if (this.#parties.has(uri)) throw alreadyInvited(uri)
    if (this.#parties.size >= conferenceLimit) throw tooMany('The conference is full')
    const party = new ConferenceParty(uri, randomUUID())
    const host = this.#host.leg.session
    const devices = this.#exchange.sessionsOf(uri).filter((id) => id !== host.id)
    if (devices.length === 0) throw notReachable(uri)
    const legs = devices.flatMap((device) => this.#openLeg(device, host.user))
    if (legs.length === 0) throw tooMany(`${uri} has too many calls`)
    this.#parties.set(uri, party)
    for (const leg of legs) {
      const seat = new ConferenceSeat(leg, this)
      party.ringing.add(seat)
      seat.invite()
    }
    const timer = setTimeout(() => this.#uninvite(party, reasons.canceled, details.noAnswer), defaultLimits.ringing)
    party.stopTimer = () => clearTimeout(timer)
    this.#report(party)
    return party.modId
  }

  /** Takes somebody out, or an invitation back. @throws ExchangeError where he is not in. */
  remove(uri: string): void {
    const party = this.#party(uri)
    if (party.joined) this.#drop(party)
    else this.#uninvite(party, reasons.canceled)
  }

  /** Whether the others do not hear somebody. @throws ExchangeError where he is not in. */
  silence(uri: string, silenced: boolean): void {
    const party = this.#party(uri)
    party.silenced = silenced
    party.joined?.silence(silenced)
    this.#report(party)
  }

  rings(seat: ConferenceSeat): void {
    const party = this.#partyOf(seat)
    if (!party || party.alerted) return
    party.alerted = true
    this.#report(party)
  }

  answers(seat: ConferenceSeat): void {
    const party = this.#partyOf(seat)
    if (!party || party.joined) throw wrongState('The invitation was answered elsewhere')
    party.stopTimer()
    party.ringing.delete(seat)
    party.joined = seat
    for (const other of party.ringing) other.finish(reasons.canceled, details.answeredElsewhere)
    party.ringing.clear()
  }

  joined(seat: ConferenceSeat): void {
    const party = this.#partyOf(seat)
    if (!party) return
    this.#tellEnd(party, reasons.success)
    if (party.silenced) seat.silence(true)
    this.#report(party)
  }

  held(seat: ConferenceSeat): void {
    const party = this.#partyOf(seat)
    if (party) this.#report(party)
  }

  /** A user who declines on one device declines on all; a device that is busy leaves it to the others. */
  declines(seat: ConferenceSeat, detail: string | undefined): void {
    const party = this.#partyOf(seat)
    if (!party) return
    party.ringing.delete(seat)
    if (detail === details.busy && party.ringing.size > 0) party.anyBusy = true
    else this.#uninvite(party, reasons.rejected, detail)
  }

  left(seat: ConferenceSeat, reason: string | undefined, detail: string | undefined): void {
    if (seat === this.#host) return this.#end(reason, detail)
    const party = this.#partyOf(seat)
    if (!party) return
    const joined = party.joined === seat
    party.ringing.delete(seat)
    if (joined) this.#drop(party)
    else if (party.ringing.size === 0) this.#uninvite(party, reasons.rejected, party.anyBusy ? details.busy : detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#host.finish(reason, detail)
    this.#end(reason, detail)
  }

  speaks(id: MemberId, speaking: boolean): void {
    const party = [...this.#parties.values()].find(({ joined }) => joined?.memberId === id)
    if (!party || party.speaking === speaking) return
    party.speaking = speaking
    this.#report(party)
  }

  /** Resolves when nothing of it is left at the media server. Never rejects. */
  async closed(): Promise<void> {
    await this.#closing
  }

  get #seats(): readonly ConferenceSeat[] {
    return [this.#host, ...[...this.#parties.values()].flatMap(({ seats }) => seats)]
  }

  /** No leg where the device has no room for one. */
  #openLeg(session: string, host: string): readonly Leg[] {
    try {
      return [this.#exchange.openConferenceLeg(session, host)]
    } catch (error) {
      if (error instanceof ExchangeError) return []
      throw error
    }
  }

  #party(uri: string): ConferenceParty {
    const party = this.#parties.get(uri)
    if (!party) throw noSuchParticipant(uri)
    return party
  }

  #partyOf(seat: ConferenceSeat): ConferenceParty | undefined {
    return [...this.#parties.values()].find((party) => party.has(seat))
  }

  /** The invitation has come to nothing. */
  #uninvite(party: ConferenceParty, reason: string, detail?: string): void {
    this.#tellEnd(party, reason, detail)
    for (const seat of party.ringing) seat.finish(reasons.canceled, detail)
    this.#drop(party)
  }

  /** He takes part no more. */
  #drop(party: ConferenceParty): void {
    party.stopTimer()
    this.#parties.delete(party.uri)
    party.joined?.finish()
    party.joined = null
    party.ringing.clear()
    party.speaking = false
    this.#report(party)
  }

  #tellEnd({ modId, uri }: ConferenceParty, reason: string, detail?: string): void {
    this.#host.leg.tell('mod-terminated', { modId, from: uri, reason, ...(detail && { detail }) })
  }

  #report({ modId, uri, report }: ConferenceParty): void {
    const { leg } = this.#host
    if (leg.session.extensions) leg.tell('participant-changed', { modId, from: uri, participant: report })
  }

  /** It ends for all. */
  #end(reason?: string, detail?: string): void {
    if (this.#closing) return
    for (const party of this.#parties.values()) {
      party.stopTimer()
      for (const seat of party.seats) {
        if (seat === party.joined) seat.finish(reason, detail)
        else seat.finish(reasons.canceled, detail)
      }
    }
    this.#parties.clear()
    this.#closing = this.seating.close().finally(() => this.#over(this))
  }
}

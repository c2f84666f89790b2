import { randomUUID } from 'node:crypto'
import type { Exchange } from '../../../src/exchange/exchange.ts'
import { defaultLimits } from '../../../src/exchange/exchange-environment.ts'
import type { Leg } from '../../../src/exchange/leg.ts'
import { details, ExchangeError, reasons } from '../../../src/exchange/protocol.ts'
import { notReachable, refuse, tooMany, wrongState } from '../../../src/exchange/refusals.ts'
import type { MemberId } from '../janus/audio-bridge-member.ts'
import type { JanusPool } from '../janus/janus-pool.ts'
import { ConferenceParty } from './conference-party.ts'
import { ConferenceSeat, type Floor } from './conference-seat.ts'
import { Gallery } from './gallery.ts'
import { Seating } from './seating.ts'
import { Adoption } from './adoption.ts'

/** Participants of one conference beside its host, of sound alone and with pictures. */
export const conferenceLimit = 50
export const videoConferenceLimit = 12

/** How long somebody may take to say whether they host from now on, in ms: 30 s, and the way there and back. */
export const handOverLimit = 35_000

const alreadyInvited = (uri: string): ExchangeError =>
  new ExchangeError(400, 'SVC0003', `${uri} is invited already, or takes part`, uri)

const noSuchParticipant = (uri: string): ExchangeError =>
  new ExchangeError(404, '', `${uri} is not in this conference`, uri)

const cannotHost = (uri: string): ExchangeError =>
  new ExchangeError(501, '', `The device of ${uri} cannot host a conference`, uri)

export interface ConferenceInit {
  /** Of the host. */
  readonly leg: Leg
  /** The host's offer, of sound alone. */
  readonly offer: string
  /** Whether who takes part sees the others too. */
  readonly pictures: boolean
  /** Told when the conference has ended. */
  readonly over: (conference: Conference) => void
}

/** One conference on a media server: its host, whom the host invited, and the room they hear each other in. */
export class Conference implements Floor {
  readonly seating: Seating
  readonly gallery: Gallery | null
  readonly #limit: number
  readonly #exchange: Exchange
  #host: ConferenceSeat
  /** Who hosted it before and has not hung up yet. */
  readonly #formerHosts = new Set<ConferenceSeat>()
  readonly #parties = new Map<string, ConferenceParty>()
  /** Who was asked to be the host, and has not answered yet. */
  #asked: { readonly party: ConferenceParty; readonly stopTimer: () => void } | null = null
  readonly #over: (conference: Conference) => void
  #closing: Promise<void> | null = null

  /** Begins with the host's offer. */
  constructor(exchange: Exchange, pool: JanusPool, { leg, offer, pictures, over }: ConferenceInit) {
    this.#exchange = exchange
    this.#over = over
    this.seating = new Seating(
      pool,
      {
        moved: () => this.#seats.forEach((seat) => seat.move()),
        failed: () => this.dissolve('No media server can be reached', details.mediaServerLost),
      },
      { pictures },
    )
    this.gallery = pictures ? new Gallery(this.seating) : null
    this.#limit = pictures ? videoConferenceLimit : conferenceLimit
    this.#host = new ConferenceSeat(leg, this)
    this.#host.open(offer)
  }

  get hostLeg(): Leg {
    return this.#host.leg
  }

  /** The host holds it, for all. */
  get isHeld(): boolean {
    return this.#host.isHeld
  }

  /**
   * Invites every device of a user; gives the id of the invitation, by which the host hears of its end.
   *
   * @throws ExchangeError where they are in already, cannot be reached, or the conference is full.
   */
  invite(uri: string): string {
    if (!this.#host.isJoined) throw wrongState('The conference has not begun yet')
    const party = this.#newParty(uri)
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

  /**
   * Takes the far side of a call of the host in; the call ends when it has come, and is as it was where it does not.
   *
   * @throws ExchangeError where there is no such call, its far side is in already, or the conference is full.
   */
  adopt(call: string): ConferenceParty {
    const legs = this.#exchange.takeApart(this.#host.leg.session.id, call)
    const party = this.#newParty(legs[1].session.user)
    const adoption = new Adoption(this.#exchange, this, legs)
    this.#parties.set(party.uri, party)
    party.adoption = adoption
    party.ringing.add(adoption.seat)
    adoption.seat.come()
    this.#report(party)
    return party
  }

  /** Takes somebody out, or an invitation back. @throws ExchangeError where they are not in. */
  remove(uri: string): void {
    const party = this.#party(uri)
    if (party.joined) this.#drop(party)
    else this.#uninvite(party, reasons.canceled)
  }

  /** Whether the others do not hear somebody. @throws ExchangeError where they are not in. */
  silence(uri: string, silenced: boolean): void {
    const party = this.#party(uri)
    party.silenced = silenced
    party.joined?.silence(silenced)
    this.#report(party)
  }

  /**
   * Asks somebody who takes part whether they host from now on. The host hears `hand-over-terminated`, and hosts on where
   * they decline, do not answer in time, or leave.
   *
   * @throws ExchangeError where somebody is being asked, they have not joined, or their client cannot host.
   */
  handOver(uri: string): void {
    const party = this.#party(uri)
    const { joined } = party
    if (this.#asked) throw wrongState(`${this.#asked.party.uri} is being asked whether they host the conference`)
    if (!joined) throw wrongState(`${uri} has not joined`)
    if (!joined.leg.session.extensions || joined.leg.type !== 'conferences') throw cannotHost(uri)
    const timer = setTimeout(() => this.#withdrawHandOver(), handOverLimit)
    this.#asked = { party, stopTimer: () => clearTimeout(timer) }
    joined.leg.tell('hand-over-requested')
  }

  answersHandOver(seat: ConferenceSeat, accepted: boolean): void {
    const party = this.#asked?.party
    if (party?.joined !== seat) refuse('hand-over')
    this.#endHandOver(accepted ? reasons.success : reasons.rejected)
    if (accepted) this.#succeed(party, seat)
  }

  /** Nobody answered in time. */
  #withdrawHandOver(): void {
    const seat = this.#asked?.party.joined
    const end = { reason: reasons.canceled, detail: details.noAnswer }
    this.#endHandOver(end.reason, end.detail)
    seat?.leg.tell('hand-over-terminated', end)
  }

  #endHandOver(reason: string, detail?: string): void {
    if (!this.#asked) return
    const { party, stopTimer } = this.#asked
    this.#asked = null
    stopTimer()
    const { modId, uri: from } = party
    this.#host.leg.tell('hand-over-terminated', { modId, from, reason, ...(detail && { detail }) })
  }

  /**
   * Makes somebody who agreed the host; invitations that nobody answered are taken back. The former host is nobody's
   * participant from now on: the former host's end is theirs alone.
   */
  #succeed(party: ConferenceParty, joined: ConferenceSeat): void {
    const { uri } = party
    for (const other of [...this.#parties.values()]) if (!other.joined) this.#uninvite(other, reasons.canceled)
    this.#parties.delete(uri)
    this.#formerHosts.add(this.#host)
    this.#host = joined
    if (party.silenced) joined.silence(false)
    joined.hold(false)
    this.#hold()
    this.#tellHost(joined.leg)
  }

  /** Who was invited or takes part, as a host who takes it up asks. */
  get participants(): readonly ConferenceParty[] {
    return [...this.#parties.values()]
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
    if (seat.leg.session.extensions) seat.leg.tell('mixed')
    seat.hold(this.isHeld)
    if (party.adoption) this.#arrived(party, seat, party.adoption)
    if (party.hasJoined) return
    party.hasJoined = true
    this.#tellEnd(party, reasons.success)
    if (party.silenced) seat.silence(true)
    this.#report(party)
  }

  changed(seat: ConferenceSeat): void {
    const party = this.#partyOf(seat)
    if (party) this.#report(party)
    if (seat === this.#host) this.#hold()
  }

  stays(seat: ConferenceSeat, reason: string): void {
    const party = this.#partyOf(seat)
    if (party) this.#sendBack(party, reason)
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
    this.#formerHosts.delete(seat)
    const party = this.#partyOf(seat)
    if (!party) return
    party.adoption?.ended(reason, detail)
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
    this.#seats.find(({ memberId }) => memberId === id)?.pictureSeat?.speaks(speaking)
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
    return [this.#host, ...this.#formerHosts, ...[...this.#parties.values()].flatMap(({ seats }) => seats)]
  }

  /** @throws ExchangeError where they are in already, or nobody more can be. */
  #newParty(uri: string): ConferenceParty {
    if (this.#parties.has(uri)) throw alreadyInvited(uri)
    if (this.#parties.size >= this.#limit) throw tooMany('The conference is full')
    return new ConferenceParty(uri, randomUUID())
  }

  /** They have come from a call, which is over with that. */
  #arrived(party: ConferenceParty, seat: ConferenceSeat, adoption: Adoption): void {
    party.adoption = null
    party.ringing.delete(seat)
    party.joined = seat
    adoption.done()
  }

  /** They stay in the call that they were to come from. */
  #sendBack(party: ConferenceParty, reason: string): void {
    party.adoption?.undo(reason)
    party.ringing.clear()
    this.#tellEnd(party, reason)
    this.#drop(party)
  }

  /** Everybody is in the conference of somebody else now, and this host in their own. */
  #tellHost(leg: Leg): void {
    const { session } = leg
    leg.face(session)
    leg.tell('hosting')
    for (const { joined } of this.#parties.values()) {
      if (!joined) continue
      joined.leg.face(session)
      if (joined.leg.session.extensions) joined.leg.tell('host-changed')
    }
  }

  /** What the host's hold is for all the others: nobody hears anybody. */
  #hold(): void {
    void this.seating.setHeld(this.isHeld)
    for (const { joined } of this.#parties.values()) joined?.hold(this.isHeld)
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
    // The host takes somebody out who was to come from a call: that hangs up on them.
    party.adoption?.ended(undefined, undefined)
    for (const seat of party.ringing) seat.finish(party.adoption ? undefined : reasons.canceled, detail)
    this.#drop(party)
  }

  /** They take part no more. */
  #drop(party: ConferenceParty): void {
    if (this.#asked?.party === party) this.#endHandOver(reasons.canceled)
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
    this.#asked?.stopTimer()
    this.#asked = null
    for (const party of this.#parties.values()) {
      party.stopTimer()
      party.adoption?.undo('The conference has ended')
      for (const seat of party.adoption ? [] : party.seats) {
        if (seat === party.joined) seat.finish(reason, detail)
        else seat.finish(reasons.canceled, detail)
      }
    }
    this.#parties.clear()
    for (const seat of this.#formerHosts) seat.finish(reason, detail)
    this.#closing = this.seating.close().finally(() => this.#over(this))
  }
}

import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import {
  defaultLimits,
  type CallSettings,
  type ExchangeEnvironment,
  type ExchangeLimits,
} from './exchange-environment.ts'
import type { ExchangeSession, Registration } from './exchange-session.ts'
import { Invitation } from './invitation.ts'
import { Leg } from './leg.ts'
import { Move } from './move.ts'
import { details, sessionEndedText, type ExchangeCommand, type ExchangeReply, type PictureCommand } from './protocol.ts'
import {
  callEnded,
  callNotFound,
  cannotMeet,
  cannotRejoin,
  cannotTakeOver,
  hostsNothing,
  noOtherDevice,
  notReachable,
  refuse,
  sessionNotFound,
  tooMany,
  wrongState,
} from './refusals.ts'
import { Renewal } from './renewal.ts'
import { Restoration } from './restoration.ts'
import { SessionRegistry } from './session-registry.ts'
import { Transfer } from './transfer.ts'

/** What the other side of a call reads when a session ends under it, by detail. */
const endTexts: Readonly<Record<string, string>> = {
  [details.sessionEnded]: sessionEndedText,
  [details.serverStopping]: 'The server is stopping',
  [details.tooMuch]: 'This side sent more than the other could take',
}

/** The part of a session's calls that may be of guests, so that they keep nobody else from calling it. */
const shareOfGuests = 0.5

const endText = (detail: string): string => endTexts[detail] ?? detail

/**
 * The switchboard: who is registered, and who is in a call with whom. It has no clock, no randomness and no wire of its
 * own; a tab and the gateway each put theirs around it.
 *
 * A request either succeeds or throws an `ExchangeError` and changes nothing. Its cost does not depend on how many
 * sessions there are.
 */
export class Exchange {
  readonly #settings: CallSettings
  readonly #sessions = new SessionRegistry()
  /** Calls that one side restored, by call id. */
  readonly #restorations = new Map<string, Restoration>()

  constructor(environment: ExchangeEnvironment, limits: Partial<ExchangeLimits> = {}) {
    this.#settings = { ...environment, limits: { ...defaultLimits, ...limits } }
  }

  /** How many sessions are registered. */
  get size(): number {
    return this.#sessions.size
  }

  /** How many calls ring or are up. */
  get calls(): number {
    const ids = new Set<string>()
    for (const { legs } of this.#sessions) for (const id of legs.keys()) ids.add(id)
    return ids.size
  }

  /** Whether any device of `user`, a canonical URI, is registered. */
  isRegistered(user: string): boolean {
    return this.#sessions.has(user)
  }

  /** Registers a device; gives the id of its session. A user may have many. */
  register(registration: Registration): string {
    return this.#sessions.add(registration.id ?? this.#settings.newId(), registration).id
  }

  /**
   * Takes a device away and ends its calls; the other sides hear `detail`. The session itself hears nothing any more.
   * An unknown session is none.
   */
  unregister(sessionId: string, detail: string = details.sessionEnded): void {
    const session = this.#sessions.get(sessionId)
    if (!session) return
    this.#sessions.remove(session)
    for (const leg of [...session.legs.values()]) leg.stage?.leave(leg, endText(detail), detail)
    session.close()
  }

  /** The page of a session has gone, as far as its connection said, and is not back. */
  away(sessionId: string): void {
    for (const leg of [...(this.#sessions.get(sessionId)?.legs.values() ?? [])]) leg.stage?.away?.(leg)
  }

  /** The page of a session has gone, and has said that another one may come: the other sides hear of it. */
  expect(sessionId: string): void {
    for (const leg of [...(this.#sessions.get(sessionId)?.legs.values() ?? [])]) leg.stage?.expect?.(leg)
  }

  /** Takes a session out of one of its calls without a word to it; the other side hears `detail`. */
  drop(sessionId: string, call: string, detail: string): void {
    const leg = this.#sessions.get(sessionId)?.legs.get(call)
    leg?.stage?.leave(leg, endText(detail), detail)
  }

  /** Ends every call; all sides hear `detail`. Sessions stay registered. */
  endCalls(detail: string): void {
    for (const session of this.#sessions) {
      for (const leg of [...session.legs.values()]) leg.stage?.dissolve(endText(detail), detail)
    }
  }

  /**
   * Carries out `command` for a session. Events that follow from it are delivered after it returned.
   *
   * @throws ExchangeError; nothing has changed then.
   */
  request(sessionId: string, command: ExchangeCommand | PictureCommand): ExchangeReply {
    const session = this.#session(sessionId)
    if (command.op === 'dial') return this.#dial(session, command)
    if (session.had(command.call) && (!session.extensions || command.op === 'candidates')) return late(command)
    const leg = legOf(session, command.call)
    if (command.op === 'move') return this.#move(session, leg)
    if (command.op === 'renew') return renew(leg, command.sdp, this.#settings)
    if (command.op === 'transfer') return transfer(leg, legOf(session, command.target), this.#settings)
    return perform(leg, command)
  }

  /**
   * Takes up an established call of a lost exchange with `peer`, a canonical URI. Once both sides have done so it is up
   * again, or ended where one of them left it meanwhile; a side whose other does not come hears `session-terminated`
   * with detail `session-ended`.
   *
   * @throws ExchangeError when the session has that call already.
   */
  restore(sessionId: string, call: string, { peer }: { readonly peer: string }): void {
    const session = this.#session(sessionId)
    if (session.legs.has(call)) throw wrongState('The session has a call of this id already')
    this.#assertRoom(session)
    const waiting = this.#restorations.get(call)
    if (waiting && !waiting.isFor(session, peer)) throw wrongState('The call is between other parties')
    const leg = new Leg(call, session, peer)
    if (waiting) waiting.meet(leg)
    else this.#restorations.set(call, new Restoration(leg, this.#settings, () => this.#restorations.delete(call)))
  }

  /** Sessions of the registered devices of `user`, a canonical URI, oldest first. */
  sessionsOf(user: string): readonly string[] {
    return [...this.#sessions.devicesOf(user)].map(({ id }) => id)
  }

  /**
   * Opens a leg whose far side is no other session but a server of its owner, a conference. The caller MUST give it a
   * stage before the turn ends: requests of the session go there.
   *
   * @throws ExchangeError when the session has no room for it.
   */
  openConferenceLeg(sessionId: string, remote: string): Leg {
    const session = this.#session(sessionId)
    this.#assertRoom(session)
    return new Leg(this.#settings.newId(), session, remote, 'conferences')
  }

  /**
   * Takes a call that is up apart, for a server of its owner that takes the far side in: gives the session's own leg, and
   * the far one. The caller MUST give both a stage before the turn ends.
   *
   * @throws ExchangeError when the call is not up, or something of it is under way.
   */
  takeApart(sessionId: string, call: string): readonly [own: Leg, far: Leg] {
    const leg = legOf(this.#session(sessionId), call)
    const legs = leg.stage.release?.(leg) ?? refuse('hand')
    const { session } = legs[1]
    if (!session.canRejoin) throw cannotRejoin(session.user)
    return legs
  }

  /** Puts a call together again that was taken apart: its far side hears why the new connection came to nothing. */
  putTogether(own: Leg, far: Leg, reason: string): void {
    new Bridge(own, far, this.#settings)
    if (far.session.extensions) far.tell('session-modified', { reason })
  }

  #dial(session: ExchangeSession, { to, sdp, focus }: Extract<ExchangeCommand, { op: 'dial' }>): ExchangeReply {
    this.#assertRoom(session)
    if (session.guest) this.#assertIdle(session.user)
    const others = [...this.#sessions.devicesOf(to)].filter((device) => device !== session)
    if (others.length === 0) throw notReachable(to)
    const purpose = focus !== true && focus
    const able = others.filter(({ extensions }) => extensions || !purpose)
    if (able.length === 0) throw cannotTakeOver(to)
    if (purpose && !hostsWith(session, to)) throw hostsNothing(to)
    const devices = able.filter((device) => this.#hasRoom(device, session.guest))
    if (devices.length === 0) throw tooMany(`${to} has too many calls`)
    const caller = new Leg(this.#settings.newId(), session, to)
    caller.isOfHost = focus === true
    const offer = { sdp, ...(purpose && { focus: purpose }) }
    new Invitation(caller, devices, { ...offer, type: focus ? 'conferences' : 'calls' }, this.#settings)
    return { call: caller.id, state: 'invitation-sent' }
  }

  #move(session: ExchangeSession, leg: SeatedLeg): ExchangeReply {
    const [leaver, stayer] = leg.stage.release?.(leg) ?? refuse('hand')
    if (!stayer.canRejoin) throw cannotRejoin(stayer.session.user)
    const others = [...this.#sessions.devicesOf(session.user)].filter(
      (device) => device !== session && device !== stayer.session && this.#hasRoom(device),
    )
    if (others.length === 0) throw noOtherDevice(session)
    const devices = others.filter(({ extensions }) => extensions || stayer.session.extensions)
    if (devices.length === 0) throw cannotMeet(stayer.session.user)
    new Move(leaver, stayer, devices, this.#settings)
    return {}
  }

  #session(id: string): ExchangeSession {
    const session = this.#sessions.get(id)
    if (!session) throw sessionNotFound()
    return session
  }

  /** Whether a session has a place for one more call; `ofGuest`: for one of a guest. */
  #hasRoom(session: ExchangeSession, ofGuest = false): boolean {
    const { calls } = this.#settings.limits
    if (session.legs.size >= calls) return false
    if (!ofGuest) return true
    const guests = [...session.legs.values()].filter(({ remote }) => this.#sessions.isGuest(remote)).length
    return guests < Math.floor(calls * shareOfGuests)
  }

  /** @throws ExchangeError when a device of `user` has a call. */
  #assertIdle(user: string): void {
    for (const { legs } of this.#sessions.devicesOf(user))
      if (legs.size > 0) throw tooMany('A guest has one call at a time: end the other one first')
  }

  #assertRoom(session: ExchangeSession): void {
    if (!this.#hasRoom(session)) throw tooMany('This session has too many calls: end one first')
  }
}

/** A leg that has joined a stage: every one that requests can reach. */
type SeatedLeg = Leg & { readonly stage: CallStage }

function legOf(session: ExchangeSession, call: string): SeatedLeg {
  const leg = session.legs.get(call)
  if (!leg?.stage) throw callNotFound(call)
  return leg as SeatedLeg
}

/**
 * Whether a session hosts a conference that the user `to` takes part in: it is in a call with them, and invited
 * somebody, or is in a call with somebody else. A conference of calls that were merged has nothing else to show.
 */
function hostsWith({ legs }: ExchangeSession, to: string): boolean {
  const up = [...legs.values()].filter(({ stage }) => stage instanceof Bridge)
  return up.some(({ remote }) => remote === to) && (up.length > 1 || up.some(({ isOfHost }) => isOfHost))
}

/** What a request comes to that crossed the end of its call. */
function late({ op, call }: Exclude<ExchangeCommand, { op: 'dial' }> | PictureCommand): ExchangeReply {
  // They are for nobody, and nothing is lost.
  if (op === 'candidates') return {}
  if (op !== 'end') throw callEnded(call)
  return { state: 'session-terminated' }
}

function transfer(leg: SeatedLeg, target: SeatedLeg, settings: CallSettings): ExchangeReply {
  if (leg === target) refuse('hand')
  const held = leg.stage.release?.(leg) ?? refuse('hand')
  const other = target.stage.release?.(target) ?? refuse('hand')
  const parties = [held[1], other[1]]
  for (const party of parties) if (!party.canRejoin) throw cannotRejoin(party.session.user)
  if (!parties.some(({ session }) => session.extensions)) throw cannotMeet(held[1].session.user)
  new Transfer(held, other, settings)
  return {}
}

function renew(leg: SeatedLeg, sdp: string, settings: CallSettings): ExchangeReply {
  const { stage } = leg
  if (stage.renew) return stage.renew(leg, sdp)
  const [own, far] = stage.outlive?.(leg) ?? refuse('renew')
  new Renewal(own, far, settings, sdp)
  return {}
}

type LegCommand = Exclude<ExchangeCommand, { op: 'dial' | 'move' | 'transfer' | 'renew' }> | PictureCommand

function perform(leg: SeatedLeg, command: LegCommand): ExchangeReply {
  const { stage } = leg
  switch (command.op) {
    case 'ring':
      return stage.ring?.(leg) ?? refuse('ring')
    case 'answer':
      return stage.answer?.(leg, command.sdp) ?? refuse('answer')
    case 'modify':
      return stage.modify?.(leg, command.kind, command.sdp) ?? refuse('modify')
    case 'accept-modification':
      return stage.settleModification?.(leg, command.modId, true, command.sdp) ?? refuse('settle')
    case 'reject-modification':
      return stage.settleModification?.(leg, command.modId, false, command.sdp) ?? refuse('settle')
    case 'candidates':
      return stage.candidates?.(leg, command.sdpfrag) ?? refuse('candidates')
    case 'rejoin':
      return stage.rejoin?.(leg, command.sdp) ?? refuse('rejoin')
    case 'mute':
    case 'unmute':
      return stage.mute?.(leg, command.op === 'mute') ?? refuse('mute')
    case 'accept-hand-over':
    case 'reject-hand-over':
      return stage.settleHandOver?.(leg, command.op === 'accept-hand-over') ?? refuse('hand-over')
    case 'send-picture':
    case 'receive-pictures':
      return stage.pictures?.(leg, command) ?? refuse('pictures')
    case 'end':
      return stage.end(leg, command.how, command.detail)
  }
}

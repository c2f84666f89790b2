import { ExchangeError } from './protocol.ts'

/** The session is unknown or expired. Clients of the protocol know it by these words. */
export const sessionNotFound = (): ExchangeError =>
  new ExchangeError(404, '', 'The requested session resource was not found')

/** The session has no such call (any more). */
export const callNotFound = (call: string): ExchangeError =>
  new ExchangeError(404, '', 'No such call in this session: it ended, or was never here', call)

/**
 * The call has ended meanwhile. A client of the original protocol takes every 404 for the end of its session, so a
 * request of its that crossed the end of the call is answered otherwise.
 */
export const callEnded = (call: string): ExchangeError => new ExchangeError(400, 'SVC0003', 'The call has ended', call)

/** Nobody can be rung at `address`. */
export const notReachable = (address: string): ExchangeError =>
  new ExchangeError(404, '', `${address} is not signed in, so the call cannot reach it`, address)

/** The call does not allow this now. */
export const wrongState = (text: string): ExchangeError => new ExchangeError(400, 'SVC0003', text)

export const modificationInProgress = (): ExchangeError =>
  new ExchangeError(409, 'SVC8501', 'A modification of this call is in progress: wait until it ended')

/** Its browser does not take another far side into a connection that it has. */
export const cannotRejoin = (user: string): ExchangeError =>
  new ExchangeError(501, '', `The device of ${user} cannot take another far side into a call`, user)

/** Of two clients of the original protocol neither makes the offer that the other could answer. */
export const cannotMeet = (user: string): ExchangeError =>
  new ExchangeError(501, '', `The device of ${user} can only answer an offer, and so can the other one`, user)

/** A client of the original protocol hosts no conference that was another's: it would ring. */
export const cannotTakeOver = (user: string): ExchangeError =>
  new ExchangeError(501, '', `The device of ${user} cannot take a conference over`, user)

/** Nobody takes a conference over from a stranger, who could listen then. */
export const hostsNothing = (user: string): ExchangeError =>
  wrongState(`A conference is handed over by its host alone, to somebody who takes part in it: ${user} does not`)

/** A client of the original protocol takes every 404 for the end of its session. */
export const noOtherDevice = ({
  user,
  extensions,
}: {
  readonly user: string
  readonly extensions: boolean
}): ExchangeError => {
  const text = `${user} is signed in on no other device`
  return extensions ? new ExchangeError(404, '', text, user) : new ExchangeError(400, 'SVC0003', text, user)
}

/** Something that is bounded is full. */
export const tooMany = (text: string): ExchangeError => new ExchangeError(400, 'SVC0020', text)

const conditions = {
  ring: 'Only an incoming call that nobody answered yet can ring',
  answer: 'Only an incoming call that nobody answered yet can be answered',
  modify: 'Only a call that is up can be modified',
  settle: 'No such modification of this call waits for an answer of this side',
  candidates: 'The call has no other side yet that candidates could go to',
  'hand-over': 'No host waits for an answer of this side to the question whether it hosts the conference',
  hand: 'Only a call that is up can be moved, transferred or merged',
  mute: 'Only a conference that a media server mixes wants to know who is muted',
  renew: 'Only a call that is up between two devices that know of it goes on by another page',
  rejoin: 'No new connection was asked for',
  pictures: 'This conference takes no pictures, or was not joined yet',
  cancel: 'Only the caller can cancel a call: reject it',
  reject: 'Only an incoming call that nobody answered yet can be rejected: cancel or terminate it',
} as const

/** Refuses what the state of a call does not allow. */
export function refuse(what: keyof typeof conditions): never {
  throw wrongState(conditions[what])
}

/*
 * How far a call has come. Hold, media and link are fields of their own beside it, never states here. Pure: it compiles
 * without the DOM and does nothing but say what follows from what.
 */

export type CallProgress = 'new' | 'dialing' | 'ringing' | 'connecting' | 'connected' | 'ending' | 'ended'

export type CallStep =
  /** The user dialled. */
  | 'dial'
  /** A call came in and alerts the user. */
  | 'alert'
  /** Our offer left. */
  | 'offered'
  /** A device of the callee alerts. */
  | 'rung'
  /** The user answered. */
  | 'answer'
  /** Both sides agreed. */
  | 'establish'
  /** The user ends it; the network has not confirmed. */
  | 'leave'
  /** It is over, for any reason. */
  | 'end'

/** What follows from a step in a state. What is not in the table MUST NOT happen. */
export const transitions: Readonly<Record<CallProgress, Readonly<Partial<Record<CallStep, CallProgress>>>>> = {
  new: { dial: 'dialing', alert: 'ringing', end: 'ended' },
  dialing: { offered: 'connecting', leave: 'ending', end: 'ended' },
  connecting: { rung: 'ringing', establish: 'connected', leave: 'ending', end: 'ended' },
  ringing: { rung: 'ringing', answer: 'connecting', establish: 'connected', leave: 'ending', end: 'ended' },
  connected: { leave: 'ending', end: 'ended' },
  // The far side may answer, or alert, in the moment we leave: it changes nothing.
  ending: { offered: 'ending', rung: 'ending', establish: 'ending', leave: 'ending', end: 'ended' },
  ended: {},
}

/** The state after `step`, or `null` where the step is not possible in this state. */
export function next(progress: CallProgress, step: CallStep): CallProgress | null {
  return transitions[progress][step] ?? null
}

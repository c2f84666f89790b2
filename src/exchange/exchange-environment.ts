/** Runs `fn` once after `ms` milliseconds; the function it gives takes that back. */
export type Schedule = (ms: number, fn: () => void) => () => void

/** What an exchange needs of the place it runs in, so that it runs in a tab, a server and a test alike. */
export interface ExchangeEnvironment {
  readonly schedule: Schedule
  /** Ids of sessions, calls and modifications. MUST be unguessable where strangers share the exchange. */
  readonly newId: () => string
}

/** How long things may stay open, in ms, and how many calls a session may have. */
export interface ExchangeLimits {
  /** A call that nobody answers. Callers give up sooner by themselves; this keeps a lost one from ringing on. */
  readonly ringing: number
  /** The same of a guest's call. */
  readonly guestRinging: number
  /** A change of media, which a user answers. */
  readonly modification: number
  /** A hold or resume, which a device answers. */
  readonly hold: number
  /** A move that no other device of the user takes, and the answers that a transfer waits for. */
  readonly handover: number
  /** A restored call whose other side has not come back. */
  readonly restoration: number
  /** Calls of one session at a time, ringing ones included. */
  readonly calls: number
}

export const defaultLimits: ExchangeLimits = {
  ringing: 180_000,
  guestRinging: 60_000,
  modification: 120_000,
  hold: 30_000,
  handover: 30_000,
  restoration: 10_000,
  calls: 32,
}

/** What the stages of a call share. */
export interface CallSettings extends ExchangeEnvironment {
  readonly limits: ExchangeLimits
}

import type { LegacyActor } from './legacy-actor.ts'
import type { Reason } from './reasons.ts'

/*
 * What SDK 1.0.2 publishes, measured in a browser: one row for each thing that somebody does, and for each phone that
 * could hear of it.
 *
 * `→` is the order on one phone. `‹a>b op,G›` is call:state-changed with oldState, newState, operation and generator (I
 * initiator, R receiver, – neither); other events have the latter two in parentheses. `[…]` holds the media type unless
 * it is audio, `#n` an index other than 1, `bg` for background, `new=` the media type asked for, `tone=`, and `message`
 * where there is one. Words in capitals are the chains below.
 *
 * What `getCalls()`, `isCallInProgress()` and `getMediaType()` say inside each handler follows from the row: a call counts
 * from `…>connected›` on until its end is told, in the state that was told last.
 */

/** Who takes part. `A2` and `B2` are second devices of A and B; `H` hosts a conference, by the engine: what H hears was not measured. */
export type Name = 'A' | 'A2' | 'B' | 'B2' | 'C' | 'D' | 'H'

export type Cast = Readonly<Record<Name, LegacyActor>>

/** What each phone hears; one that is left out hears nothing. */
export type Rows = Readonly<Partial<Record<Name, string>>>

/** What att.js tells instead, and why. */
export interface Kept {
  readonly why: Reason
  readonly ours: Rows
  /** The other outcomes where both sides race. */
  readonly otherwise?: readonly Rows[]
}

export interface Step {
  readonly does: string
  readonly act: (cast: Cast) => unknown
  readonly measured: Rows
  /** Where att.js differs from what was measured. */
  readonly kept?: Kept
}

/** What the phones have done before the first step. */
export type Beginning = 'signed out' | 'signed in' | 'in a call' | 'in a video call' | 'in two calls'

export interface Scenario {
  readonly name: string
  readonly begins: Beginning
  readonly steps: readonly Step[]
}

export const chains: Readonly<Record<string, string>> = {
  DIAL: 'dialing → ‹created>connecting› → call:connecting',
  PICK: 'answering → media:established → ‹created>connecting› → call:connecting → ‹connecting>connected› → call:connected',
  JOIN: 'conference:joining → media:established → ‹created>connecting› → conference:connecting → ‹connecting>connected› → conference:connected',
  UP: '‹connecting>connected› → call:connected → media:established',
  HOLD: '‹connected>modification-initiated hold,I› → call:modification-in-progress(hold,I) → ‹modification-initiated>held hold,I› → call:held(hold,I)',
  HELD: '‹connected>modification-accepted hold,R› → ‹modification-accepted>connected hold,R› → call:held(hold,R)',
  RESUME:
    '‹held>modification-initiated resume,I› → call:modification-in-progress(resume,I) → media:established(resume,I) → ‹modification-initiated>connected resume,I› → call:resumed(resume,I)',
  RESUMED:
    '‹connected>modification-accepted resume,R› → ‹modification-accepted>connected resume,R› → call:resumed(resume,R)',
  END: '‹connected>disconnecting› → call:disconnecting → ‹disconnecting>disconnected› → call:disconnected',
  ENDED: '‹connected>disconnected› → call:disconnected',
}

import type { Emitter } from '../../base/emitter.ts'
import type { LocalMedia } from '../../media/local-media.ts'
import type { Leg, LegEnd, Party, Signaling } from '../../signaling/signaling.ts'
import type { CallContext } from '../call-context.ts'
import type { ParticipantSnapshot } from '../snapshot.ts'

/*
 * The seam between a conference and what brings its parties together: the host's page, or a media server. The
 * conference knows who takes part and tells of it; a focus (RFC 4353) knows how they hear and see each other.
 */

export interface ParticipantEvents {
  /** They accepted, and are heard by all. */
  joined: undefined
  /** Something of the snapshot changed. */
  changed: undefined
  /** They left, were taken out, declined, or were lost. Once, and the last. */
  ended: LegEnd
}

/** Somebody who is invited, or takes part. */
export interface Participant {
  readonly id: string
  readonly snapshot: ParticipantSnapshot
  readonly events: Emitter<ParticipantEvents>
  /** Sends the invitation. Resolves when the network has taken it, rejects when it refused: then nothing is left. */
  invite(): Promise<void>
  /** Takes the participant out, or the invitation back. `ended` comes before it resolves. */
  remove(): Promise<void>
  /** Keeps the participant from being heard by anybody, or no longer. */
  silence(silenced: boolean): void
}

/** A call that becomes a part of a conference. */
export interface AdoptedCall {
  readonly leg: Leg
  /** What the leg sends so far: its tracks are stopped. */
  readonly local: LocalMedia
  /** The far side holds it. */
  readonly held: boolean
}

export interface FocusEvents {
  /** `limit` or `overloaded` changed. */
  changed: undefined
  /** The browser keeps it from sounding until the person touches the page, or does no longer. */
  blocked: boolean
}

export interface Focus {
  readonly mix: 'browser' | 'server'
  /** Most participants beside the host. */
  readonly limit: number
  /** What mixes is at the end of its strength: nobody more should be invited. */
  readonly overloaded: boolean
  readonly events: Emitter<FocusEvents>
  /** The host's own leg: by it the host hears and sees the others, holds the conference, and ends it for all. */
  readonly leg: Leg
  /** Those whom the host before invited, where that host handed it over: their `invite` begins to tell of them. */
  readonly inherited?: readonly Participant[]
  /** Somebody at an address, not invited yet. */
  participant(address: string): Participant
  /** Takes the far side of a call that is up in; they join in the same turn. Absent where `bringIn` does it. */
  adopt?(call: AdoptedCall): Participant
  /**
   * The far side of a call that is up, whom `invite` brings in: its leg ends with reason `merged` when they join. Where
   * they do not, it is as it was. Absent where `adopt` does it.
   */
  bringIn?(leg: Leg): Participant
  /**
   * Asks `successor`, who has joined, to be the host, and brings the others there. Resolves with those who cannot follow when
   * it goes on without this host: the end of `leg`, which comes next, is this host's alone, and of those left behind.
   * Invitations that nobody answered are taken back by then, or with that end. Absent where the focus cannot.
   *
   * @throws {Refusal} 5241 where they decline, 3100 with the words why where it cannot be done: the conference is this host's as before.
   */
  handOver?(successor: Participant): Promise<readonly Participant[]>
}

/** What a focus needs of the phone. */
export interface FocusContext extends Pick<CallContext, 'settings' | 'ringTimeout'> {
  readonly signaling: Signaling
  /** The host. */
  readonly host: Party
  /** Legs that come from another page, or have pictures, will be taken in, which only the host's page can. */
  readonly takesLegs: boolean
}

import type { Leg } from './leg.ts'
import type { EndKind, ExchangeReply, ModificationKind, PictureCommand } from './protocol.ts'

/**
 * What the legs of a call are together: an invitation that rings, a bridge that is up. A request of a leg goes to its
 * stage. What a stage never allows it leaves out; what it does not allow now it refuses, and nothing changes.
 */
export interface CallStage {
  ring?(leg: Leg): ExchangeReply
  answer?(leg: Leg, sdp: string): ExchangeReply
  modify?(leg: Leg, kind: ModificationKind, sdp: string): ExchangeReply
  settleModification?(leg: Leg, modId: string, accepted: boolean, sdp: string): ExchangeReply
  candidates?(leg: Leg, sdpfrag: string): ExchangeReply
  rejoin?(leg: Leg, sdp: string): ExchangeReply
  /** The page of a leg's session is another one once more: it offers a new connection. */
  renew?(leg: Leg, sdp: string): ExchangeReply
  /** As `release`, where the page of the asked one is another one: what is under way was for the page before. */
  outlive?(leg: Leg): readonly [Leg, Leg]
  /** The user of a leg sends silence, or no longer. */
  mute?(leg: Leg, muted: boolean): ExchangeReply
  /** Whether the user of a leg hosts the conference from now on, as they were asked. */
  settleHandOver?(leg: Leg, accepted: boolean): ExchangeReply
  /** The offer of the leg's picture, or the answer to the offer of the others'. */
  pictures?(leg: Leg, command: PictureCommand): ExchangeReply
  /** Gives its legs away, the asked one first: another stage takes them. Refuses while it is busy with them. */
  release?(leg: Leg): readonly [Leg, Leg]
  /** A leg's session ends it. */
  end(leg: Leg, how: EndKind, detail: string | undefined): ExchangeReply
  /** The page of a leg's session has gone, and is not back; whether it is gone for good, the media tells. */
  away?(leg: Leg): void
  /** The page of a leg's session has gone, and another one may come. */
  expect?(leg: Leg): void
  /** A leg's session is gone. */
  leave(leg: Leg, reason: string, detail: string): void
  /** Ends the call for every leg. */
  dissolve(reason: string, detail: string): void
}

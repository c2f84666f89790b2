import type { CallEvent } from './phone-events.ts'
import type { CallSnapshot } from './snapshot.ts'

export type CallEventExtras = Partial<Pick<CallEvent, 'generator' | 'operation' | 'message'>>

/** What every event of a call carries. */
export function callEvent(call: CallSnapshot, extras: CallEventExtras = {}): CallEvent {
  return {
    index: call.index,
    callType: call.callType,
    ...partyOf(call),
    mediaType: call.mediaType,
    codec: call.codecs,
    // A call that only rang was never in front or behind.
    ...(!call.foreground && call.connectedAt !== null && { background: true as const }),
    timestamp: new Date(),
    ...extras,
  }
}

/** What the events of tones carry: they name both parties. `own` is the address of this side. */
export function toneEvent(call: CallSnapshot, own: string): CallEvent {
  return { to: own, from: own, ...callEvent(call) }
}

/** The other party as the seed names it: `to` of an outgoing call as it was dialled, `from` of an incoming one as URI. */
export function partyOf({
  direction,
  remote,
}: Pick<CallSnapshot, 'direction' | 'remote'>): { readonly to: string } | { readonly from: string } {
  return direction === 'outgoing' ? { to: remote.address } : { from: remote.uri }
}

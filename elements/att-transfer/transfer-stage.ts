import { activeCall, incomingCall } from '../base/phone-state.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/** How far a transfer has come. */
export type TransferStage =
  /** No call can be transferred now. */
  | { readonly name: 'none'; readonly call: CallSnapshot | null }
  /** One is in a call, and says where it should go. */
  | { readonly name: 'choose'; readonly call: CallSnapshot }
  /** Who is to take the call is being called. */
  | { readonly name: 'calling'; readonly call: CallSnapshot; readonly waiting: CallSnapshot }
  /** Both are on the line: they can be joined. */
  | { readonly name: 'join'; readonly call: CallSnapshot; readonly waiting: CallSnapshot }
  /** The network is at it. */
  | { readonly name: 'transferring'; readonly call: CallSnapshot }

export function transferStage(snapshot: PhoneSnapshot): TransferStage {
  const call = activeCall(snapshot)
  if (!call) return { name: 'none', call }
  if (snapshot.calls.some(({ pending }) => pending === 'transfer')) return { name: 'transferring', call }
  const incoming = incomingCall(snapshot)
  const waiting = snapshot.calls.find((other) => other !== call && other !== incoming)
  if (!waiting) return { name: call.progress === 'connected' ? 'choose' : 'none', call }
  return { name: call.progress === 'connected' && waiting.progress === 'connected' ? 'join' : 'calling', call, waiting }
}

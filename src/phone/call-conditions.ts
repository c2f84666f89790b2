import type { Call } from './call.ts'

/** Ends a call: rejects it while it rings, takes it back while it is dialled, hangs up otherwise. */
export async function leave(call: Call): Promise<void> {
  const { direction, connectedAt, progress } = call.snapshot
  if (connectedAt !== null) return call.hangup()
  if (direction === 'outgoing') return call.cancel()
  return progress === 'ringing' ? call.reject() : call.hangup()
}

/** Whether a call is up and may be acted on. */
export function isOpen({ snapshot: { progress, pending } }: Call): boolean {
  return progress === 'connected' && pending === null
}

/** Whether a call is up, and no change of it is being asked for. */
export function isSettled(call: Call): boolean {
  return isOpen(call) && !call.snapshot.asked
}

/** Whether a call is up, this side does not hold it, and no change of it is being asked for. */
export function isSteady(call: Call): boolean {
  return isSettled(call) && !call.snapshot.hold.local
}

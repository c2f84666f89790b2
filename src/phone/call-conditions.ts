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

/** Whether a call is up, nobody holds it, and no change of it is being asked for. */
export function isSteady(call: Call): boolean {
  const { hold, asked } = call.snapshot
  return isOpen(call) && !hold.local && !asked
}

import type { EndReason, LegEnd } from '../signaling/signaling.ts'

/** Which of the seed's events tells how a call ended. `unheard`: nobody was told that it had begun. */
export function endEvent(
  reason: EndReason,
  { connected, unheard }: { readonly connected: boolean; readonly unheard: boolean },
): 'call:canceled' | 'call:rejected' | 'call:moved' | 'call:disconnected' {
  if (reason === 'moved') return 'call:moved'
  if (connected || reason === 'failed' || unheard) return 'call:disconnected'
  const refused = reason === 'rejected' || reason === 'busy' || reason === 'unavailable'
  return refused ? 'call:rejected' : 'call:canceled'
}

const messages: Partial<Record<EndReason, string>> = {
  'no-answer': 'Nobody answered in time',
  'answered-elsewhere': 'Answered on another device',
  busy: 'Busy',
  unavailable: 'Not available',
  lost: 'The connection to the other side was lost',
}

/** Why a call ended, for people: finer than the network's words where the reason is. */
export function endMessage({ reason, message }: LegEnd): string | undefined {
  return messages[reason] ?? message ?? (reason === 'session-ended' ? 'The session ended' : undefined)
}

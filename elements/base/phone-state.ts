import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/** What the phone does, coarsely: the value of every tag's read-only `state` attribute. */
export type PhoneState =
  | 'signed-out'
  | 'signing-in'
  | 'ready'
  | 'recovering'
  | 'dialing'
  | 'ringing'
  | 'incoming'
  | 'connecting'
  | 'connected'
  | 'held'
  | 'ending'

/** The call that rings here and waits for an answer. */
export function incomingCall({ calls }: PhoneSnapshot): CallSnapshot | null {
  return (
    calls.find(
      ({ direction, progress }) => direction === 'incoming' && (progress === 'new' || progress === 'ringing'),
    ) ?? null
  )
}

/** The call the person is in or is making. */
export function activeCall(snapshot: PhoneSnapshot): CallSnapshot | null {
  const incoming = incomingCall(snapshot)
  const others = snapshot.calls.filter((call) => call !== incoming)
  return others.find(({ foreground }) => foreground) ?? others[0] ?? null
}

/** The call that matters most now: one that rings comes before one that is talked in. */
export function shownCall(snapshot: PhoneSnapshot): CallSnapshot | null {
  return incomingCall(snapshot) ?? activeCall(snapshot)
}

/** Whether somebody speaks into this call, or will as soon as it is answered. */
export function isSpokenInto({ progress, direction }: CallSnapshot): boolean {
  if (progress === 'connected' || progress === 'connecting') return true
  return direction === 'outgoing' && (progress === 'dialing' || progress === 'ringing')
}

export function isHeld({ hold }: CallSnapshot): boolean {
  return hold.local || hold.remote
}

function callState(call: CallSnapshot): PhoneState {
  if (call.progress === 'connected') return isHeld(call) ? 'held' : 'connected'
  if (call.progress === 'ended') return 'ending'
  return call.progress === 'new' ? 'dialing' : call.progress
}

export function phoneState(snapshot: PhoneSnapshot): PhoneState {
  if (incomingCall(snapshot)) return 'incoming'
  const call = activeCall(snapshot)
  if (call) return callState(call)
  return snapshot.session.state === 'expired' ? 'signed-out' : snapshot.session.state
}

import type { CallContext } from '../call-context.ts'
import type { ConferenceEvent, PhoneEvents } from '../phone-events.ts'

/** What the events of a call are called when it is a conference. `null`: there is no such thing; others keep theirs. */
const names: Readonly<Partial<Record<keyof PhoneEvents, keyof PhoneEvents | null>>> = {
  dialing: null,
  answering: 'conference:joining',
  'call:incoming': 'conference:invitation-received',
  'call:connecting': 'conference:connecting',
  'call:connected': 'conference:connected',
  'call:held': 'conference:held',
  'call:resumed': 'conference:resumed',
  'call:rejected': 'conference:invitation-rejected',
  'call:canceled': 'conference:canceled',
  'call:disconnecting': 'conference:disconnecting',
  'call:disconnected': 'conference:ended',
}

/** The events in which a host is told who takes part. */
const withRoster: readonly (keyof PhoneEvents)[] = [
  'conference:held',
  'conference:resumed',
  'conference:disconnecting',
  'conference:ended',
]

/** Who takes part and who was asked, by address. */
export type Roster = Required<Pick<ConferenceEvent, 'participants' | 'invitations'>>

export interface HostIdentity {
  /** Address of the host: the one who began it. */
  readonly from: string
  roster(): Roster
}

/** Tells what happens to a call as what happens to a conference. At its host, `host` says who takes part. */
export function conferencePublisher(publish: CallContext['publish'], host?: HostIdentity): CallContext['publish'] {
  return (name, payload) => {
    const told = names[name] === undefined ? name : names[name]
    if (told === null) return
    // The table pairs events whose payloads have the same fields.
    if (!host || told === 'error') publish(told as typeof name, payload)
    else publish(told as typeof name, ofHost(told, payload, host))
  }
}

/** A host calls nobody: there is no `to`. */
function ofHost<Payload extends object>(told: keyof PhoneEvents, payload: Payload, host: HostIdentity): Payload {
  return {
    ...Object.fromEntries(Object.entries(payload).filter(([field]) => field !== 'to')),
    ...(told === 'conference:connecting' && { from: host.from }),
    ...(withRoster.includes(told) && host.roster()),
  } as unknown as Payload
}

import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { PastCall } from '../base/past-calls.ts'

/** How a call went, as a list of calls tells it. */
export type CallOutcome = 'answered' | 'missed' | 'declined' | 'unanswered'

/** A call that is over. Names and addresses are network text: show them as text, never as markup. */
export interface CallRecord {
  readonly id: string
  /** When it began, ms since the epoch. */
  readonly at: number
  readonly direction: 'outgoing' | 'incoming'
  readonly address: string
  /** They did not want to be known. */
  readonly withheld?: true
  /** Empty where the network told none. */
  readonly name: string
  readonly mediaType: 'audio' | 'video'
  readonly outcome: CallOutcome
  /** How long they talked, in ms. */
  readonly duration: number
}

/** Nobody's name is longer; what a network sends may be. */
const longestText = 200

function outcomeOf({ direction, connectedAt, endedReason }: CallSnapshot): CallOutcome {
  if (connectedAt !== null) return 'answered'
  if (direction === 'outgoing') return 'unanswered'
  return endedReason === 'rejected' || endedReason === 'busy' ? 'declined' : 'missed'
}

/** The record of a call that is over; `null` where another device has it. */
export function recordOf({ call, at, until }: PastCall, id: string): CallRecord | null {
  if (call.endedReason === 'answered-elsewhere') return null
  const { direction, remote, mediaType, connectedAt } = call
  return {
    id,
    at,
    direction,
    address: remote.address.slice(0, longestText),
    ...(remote.withheld && { withheld: true as const }),
    name: (remote.displayName ?? '').trim().slice(0, longestText),
    mediaType,
    outcome: outcomeOf(call),
    duration: connectedAt === null ? 0 : Math.max(0, until - connectedAt),
  }
}

const oneOf = (value: unknown, ...values: readonly string[]): boolean =>
  typeof value === 'string' && values.includes(value)

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= longestText

const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0

/** Whether what was read from the browser's storage is a record: every script of the site can write there. */
export function isCallRecord(value: unknown): value is CallRecord {
  if (typeof value !== 'object' || value === null) return false
  const { id, at, direction, address, name, mediaType, outcome, duration, withheld } = value as Readonly<
    Record<string, unknown>
  >
  return (
    isText(id) &&
    isTime(at) &&
    // Beyond it there is no date (ECMA-262, 21.4.1.1).
    (at as number) <= 8.64e15 &&
    oneOf(direction, 'outgoing', 'incoming') &&
    isText(address) &&
    (withheld === undefined || withheld === true) &&
    isText(name) &&
    oneOf(mediaType, 'audio', 'video') &&
    oneOf(outcome, 'answered', 'missed', 'declined', 'unanswered') &&
    isTime(duration)
  )
}

import type { Party } from '../signaling/signaling.ts'
import type { CallSnapshot, MediaType } from './snapshot.ts'

/** A call as one page writes it down for the next. */
export interface KeptCall {
  /** What the network needs; it reads and checks that itself. */
  readonly record: unknown
  readonly direction: CallSnapshot['direction']
  readonly remote: Party
  readonly mediaType: MediaType
  readonly muted: boolean
  readonly hold: CallSnapshot['hold']
  readonly connectedAt: number
  readonly foreground: boolean
}

/** What a page leaves to the one that is loaded in its place. No secret is in it. */
export interface Kept {
  readonly version: 1
  readonly userId: string
  readonly sessionId: string
  /** When it was written, in ms since the epoch. */
  readonly at: number
  readonly calls: readonly KeptCall[]
}

/** How long a page may take to come back, in ms: who was called has waited long enough then. */
const comeback = 30_000

/** More calls than a phone has at a time were written by somebody else. */
const mostCalls = 2

/** Longer texts than any network writes. */
const longest = 512

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longest

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) <= Date.now()

/**
 * What was written down, where it is whole and not too old: any script of the site can write there, and an older version
 * of this one may have.
 */
export function readKept(text: string): Kept | null {
  const kept = parsed(text)
  if (!isObject(kept)) return null
  const { version, userId, sessionId, at, calls } = kept
  const isOurs = version === 1 && isText(userId) && typeof sessionId === 'string' && /^[\da-f-]{36}$/i.test(sessionId)
  if (!isOurs || !isTime(at) || Date.now() - at > comeback || !Array.isArray(calls)) return null
  const read = calls.flatMap((call) => readCall(call) ?? [])
  if (read.length !== calls.length || read.length > mostCalls) return null
  return { version: 1, userId, sessionId, at, calls: read }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readCall(value: unknown): KeptCall | null {
  if (!isObject(value)) return null
  const { record, direction, mediaType, muted, hold, connectedAt, foreground } = value
  const remote = readParty(value['remote'])
  if (!remote || !isObject(record) || !isObject(hold) || !isTime(connectedAt)) return null
  if (direction !== 'outgoing' && direction !== 'incoming') return null
  if (mediaType !== 'audio' && mediaType !== 'video') return null
  const { local, remote: byFarSide, explicit } = hold
  if (typeof local !== 'boolean' || typeof byFarSide !== 'boolean' || typeof explicit !== 'boolean') return null
  if (typeof muted !== 'boolean' || typeof foreground !== 'boolean') return null
  const held = Object.freeze({ local, remote: byFarSide, explicit })
  return { record, direction, remote, mediaType, muted, hold: held, connectedAt, foreground }
}

function readParty(value: unknown): Party | null {
  if (!isObject(value)) return null
  const { address, uri, displayName, withheld, vouchedBy, verified } = value
  if (!isText(address) || !isText(uri) || (displayName !== undefined && !isText(displayName))) return null
  const isKnown = verified === 'passed' || verified === 'failed' || verified === 'none'
  return Object.freeze({
    address,
    uri,
    ...(displayName !== undefined && { displayName }),
    ...(withheld === true && { withheld }),
    ...(vouchedBy === 'exchange' && { vouchedBy }),
    ...(isKnown && { verified }),
  })
}

import type { ExchangeEvent } from '../../exchange/protocol.ts'

const texts = ['from', 'fromName', 'sdp', 'modId', 'reason', 'transferToCallId', 'detail', 'sdpfrag', 'focus'] as const

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isReport = (value: unknown): boolean => isRecord(value) && typeof value['state'] === 'string'

const isPicture = (value: unknown): boolean =>
  isRecord(value) && typeof value['mid'] === 'string' && typeof value['from'] === 'string'

/**
 * An event as it came over a wire, or `null` where it is none: the legs take what they are handed for what it says it
 * is. A state of a later version is passed on, and means nothing to them.
 */
export function readEvent(value: unknown): ExchangeEvent | null {
  if (!isRecord(value)) return null
  const { type, call, state, participant, pictures, video } = value
  if (type !== 'calls' && type !== 'conferences') return null
  if (typeof call !== 'string' || call === '' || typeof state !== 'string') return null
  if (texts.some((name) => value[name] !== undefined && typeof value[name] !== 'string')) return null
  if (participant !== undefined && !isReport(participant)) return null
  if (pictures !== undefined && !(Array.isArray(pictures) && pictures.every(isPicture))) return null
  if (video !== undefined && typeof video !== 'boolean') return null
  return value as unknown as ExchangeEvent
}

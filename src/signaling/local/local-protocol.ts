import type { ExchangeCommand, ExchangeEvent, ExchangeReply } from '../../exchange/protocol.ts'
import { isRecord, readEvent } from '../exchange/read-event.ts'

/** Name of the lock whose holder runs the exchange of this origin, and of the channel it is reached by. */
export const exchangeLock = 'att-phone:exchange'
export const exchangeChannel = 'att-phone:exchange'

/** Held by a client as long as its page lives: the exchange learns of a crash by being granted it. */
export function clientLock(client: string): string {
  return `att-phone:client:${client}`
}

/** A call a client brings to the successor of a lost exchange. */
export interface RestoredCall {
  readonly call: string
  readonly peer: string
}

export type LocalRequest =
  | {
      readonly op: 'register'
      readonly user: string
      readonly displayName?: string
      readonly calls: readonly RestoredCall[]
    }
  | { readonly op: 'unregister' }
  | { readonly op: 'command'; readonly command: ExchangeCommand }

/** What goes over the channel. `epoch` names one exchange; its successor has another. */
export type LocalMessage =
  | { readonly kind: 'up'; readonly epoch: string }
  | { readonly kind: 'request'; readonly client: string; readonly number: number; readonly request: LocalRequest }
  | {
      readonly kind: 'reply'
      readonly client: string
      readonly number: number
      readonly epoch: string
      readonly reply: ExchangeReply
    }
  | {
      readonly kind: 'refusal'
      readonly client: string
      readonly number: number
      readonly status: number
      readonly messageId: string
      readonly text: string
    }
  | { readonly kind: 'event'; readonly client: string; readonly event: ExchangeEvent }

const operations: ReadonlySet<unknown> = new Set<ExchangeCommand['op']>([
  'dial',
  'ring',
  'answer',
  'modify',
  'accept-modification',
  'reject-modification',
  'move',
  'transfer',
  'candidates',
  'rejoin',
  'mute',
  'unmute',
  'end',
])

/** Whether every field of a record is text, or is not there; `focus` may be `true`, too. */
const isPlain = (value: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(value).every(
    ([name, field]) => field === undefined || typeof field === 'string' || (name === 'focus' && field === true),
  )

/** What a command of each kind cannot do without, beside the call. */
const needs: Readonly<Record<string, readonly string[]>> = {
  dial: ['to', 'sdp'],
  answer: ['sdp'],
  modify: ['kind', 'sdp'],
  'accept-modification': ['modId', 'sdp'],
  'reject-modification': ['modId', 'sdp'],
  transfer: ['target'],
  candidates: ['sdpfrag'],
  rejoin: ['sdp'],
  end: ['how'],
}

function isCommand(value: unknown): boolean {
  if (!isRecord(value) || !isPlain(value)) return false
  const { op, call } = value
  if (!operations.has(op) || (op !== 'dial' && typeof call !== 'string')) return false
  return (needs[String(op)] ?? []).every((name) => typeof value[name] === 'string')
}

function isRequest(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (value['op'] === 'unregister') return true
  if (value['op'] === 'command') return isCommand(value['command'])
  const { op, user, displayName, calls } = value
  if (displayName !== undefined && typeof displayName !== 'string') return false
  const isRestored = (each: unknown): boolean =>
    isRecord(each) && typeof each['call'] === 'string' && typeof each['peer'] === 'string'
  return op === 'register' && typeof user === 'string' && Array.isArray(calls) && calls.every(isRestored)
}

/** A message of the channel, or `null` where it is none: any page of the origin, of any version, can write there. */
export function readMessage(data: unknown): LocalMessage | null {
  if (!isRecord(data)) return null
  const { kind, client, number, epoch, request, reply, status, messageId, text, event } = data
  if (kind === 'up') return typeof epoch === 'string' ? (data as LocalMessage) : null
  if (typeof client !== 'string') return null
  if (kind === 'event') return readEvent(event) && (data as LocalMessage)
  if (!Number.isSafeInteger(number)) return null
  const isWhole =
    (kind === 'request' && isRequest(request)) ||
    (kind === 'reply' && typeof epoch === 'string' && isRecord(reply) && isPlain(reply)) ||
    (kind === 'refusal' && typeof status === 'number' && typeof messageId === 'string' && typeof text === 'string')
  return isWhole ? (data as LocalMessage) : null
}

import type { ExchangeCommand, ExchangeEvent, ExchangeReply } from '../../exchange/protocol.ts'

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
  | { readonly op: 'register'; readonly user: string; readonly calls: readonly RestoredCall[] }
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

import { SignalingError } from '../signaling.ts'

/** Where a connection brings its events. */
export interface EventSink {
  /** Number of the last event that came. */
  readonly last: number
  /** The code by which a WebSocket is closed that is wanted no more. */
  readonly closeCode: number | undefined
  /** Says on the connection why the page goes. */
  sayWhy: (code: number) => void
  /** Hears a message of the gateway. */
  take(body: unknown): void
  /** The connection that `open` wants broke. */
  lose(open: AbortController, error: SignalingError): void
  /** Takes a connection for lost that is silent for too long; what it gives is told that the gateway has spoken. */
  watch(open: AbortController): () => void
}

/** How a connection broke that nobody closed. */
export const cut = (cause?: unknown): SignalingError =>
  new SignalingError('unreachable', 'The connection to the gateway was cut', { cause })

import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import type { Capabilities, Identity, Leg, SessionInfo, Signaling, SignalingEvents } from '../../signaling/signaling.ts'

/** A network that does what a test tells it: for failures that a real one has on bad days. */
export class SignalingDouble implements Signaling {
  readonly kind = 'double'
  readonly capabilities: Capabilities = {
    video: true,
    transfer: false,
    blindTransfer: false,
    move: false,
    conference: false,
    trickle: true,
  }
  readonly events = new Emitter<SignalingEvents>()
  /** What was asked of it, in order. */
  readonly asked: string[] = []
  info: SessionInfo = { id: 'session-1', userId: 'alice@example.com' }
  /** What the next `connect`, `resume` or `refresh` does; else it succeeds. */
  readonly outcomes = { connect: succeed, resume: succeed, refresh: succeed }

  on<Name extends keyof SignalingEvents>(
    name: Name,
    listener: (payload: SignalingEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.events.on(name, listener, options)
  }

  connect(_identity: Identity, signal: AbortSignal): Promise<SessionInfo> {
    return this.#answer('connect', signal)
  }

  resume(signal: AbortSignal): Promise<SessionInfo> {
    return this.#answer('resume', signal)
  }

  refresh(signal: AbortSignal): Promise<SessionInfo> {
    return this.#answer('refresh', signal)
  }

  async disconnect(): Promise<void> {
    this.asked.push('disconnect')
  }

  place(): Promise<Leg> {
    return Promise.reject(new Error('Nobody is there'))
  }

  async #answer(what: keyof SignalingDouble['outcomes'], signal: AbortSignal): Promise<SessionInfo> {
    this.asked.push(what)
    await this.outcomes[what](signal)
    return this.info
  }
}

async function succeed(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
}

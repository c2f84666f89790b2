import type { CallStage } from './call-stage.ts'
import type { ExchangeSession } from './exchange-session.ts'
import type { ExchangeEvent, ExchangeEventState } from './protocol.ts'

/**
 * One session's end of a call. Who is at the other end is the stage's matter and may change while the leg lives: an
 * invitation becomes a bridge, a bridge may be replaced by another.
 */
export class Leg {
  /** What the leg is part of; `null` until it has joined a stage. */
  stage: CallStage | null = null
  /** Whether it is the way of a conference's host to somebody invited to it. */
  isOfHost = false
  #description = ''
  #remoteName: string | undefined

  /** Opens a leg of call `id` at `session`; `remote` is the URI of the other party. */
  constructor(
    readonly id: string,
    readonly session: ExchangeSession,
    public remote: string,
    readonly type: ExchangeEvent['type'] = 'calls',
  ) {
    session.legs.set(id, this)
  }

  /** What a client of the original protocol described its connection by last; empty for most others. */
  get description(): string {
    return this.#description
  }

  /** Whether the far side of the call can become another. */
  get canRejoin(): boolean {
    return this.session.extensions || (this.session.canRejoin && this.#description !== '')
  }

  /** The client described its connection anew. `keep`: it matters though the client has extensions. */
  describe(sdp: string, keep = !this.session.extensions): void {
    if (keep && sdp !== '') this.#description = sdp
  }

  /** The other party is, or has become, the user of `session`. */
  face({ user, displayName }: ExchangeSession): void {
    this.remote = user
    this.#remoteName = displayName
  }

  tell(state: ExchangeEventState, rest: Partial<ExchangeEvent> = {}): void {
    const { id: call, type, remote: from, session } = this
    const fromName = session.extensions && this.#remoteName
    session.tell({ type, call, state, ...(rest.from === undefined && fromName && { fromName }), from, ...rest })
  }

  /** Passes the other side's candidates on, where the session understands them. */
  tellCandidates(sdpfrag: string): void {
    if (this.session.extensions) this.tell('ice-candidates', { sdpfrag })
  }

  /** Takes the leg from its session without a word. */
  close(): void {
    this.stage = null
    this.session.forget(this)
  }

  /**
   * Takes the leg from its session, which itself ended it. A client of the original protocol counts the call as its own
   * until it is told of the end; ours knows.
   */
  leave(reason?: string): void {
    if (this.session.extensions) this.close()
    else this.end(reason)
  }

  /** Tells a client of the original protocol, which waits for it, how the modification it answered has ended. */
  tellAnswered(modId: string, reason: string): void {
    if (!this.session.extensions) this.tell('mod-terminated', { modId, reason })
  }

  /** Ends the leg and tells its session why; no reason is a normal end. */
  end(reason?: string, detail?: string): void {
    this.tell('session-terminated', { ...(reason && { reason }), ...(detail && { detail }) })
    this.close()
  }
}

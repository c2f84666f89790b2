import { Emitter } from '../../../src/base/emitter.ts'
import type { JanusHandle } from './janus-handle.ts'
import type { RoomKey } from './plugin-room.ts'
import { candidatesOf } from './session-description.ts'

/** One peer connection between a client and a room. */
export abstract class RoomConnection<Events extends object> {
  readonly events = new Emitter<Events>()
  protected readonly handle: JanusHandle
  protected readonly key: RoomKey
  #left = false

  constructor(handle: JanusHandle, key: RoomKey) {
    this.handle = handle
    this.key = key
  }

  /** Takes candidates of the client (RFC 8840). @throws JanusError */
  async addCandidates(sdpfrag: string): Promise<void> {
    const candidates = candidatesOf(sdpfrag)
    if (candidates.length > 0) await this.handle.trickle(candidates)
  }

  /** Leaves the room and closes the connection. Never rejects. */
  async leave(): Promise<void> {
    if (this.#left) return
    this.#left = true
    this.events.clear()
    await this.handle.detach()
  }
}

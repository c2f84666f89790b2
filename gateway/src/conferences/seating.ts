import type { AudioBridgeMember, MemberId } from '../janus/audio-bridge-member.ts'
import type { AudioBridgeRoom } from '../janus/audio-bridge-room.ts'
import type { JanusPool } from '../janus/janus-pool.ts'

/** How long a conference waits for a media server, in ms: when it begins, and when the one it had is lost. */
const startPatience = 5000
const recoveryPatience = 10_000

export interface SeatingEvents {
  /** The room was lost, and there is another one now. */
  moved(): void
  /** There is no room, or none any more. */
  failed(): void
}

/** The room of one conference, wherever it is at the moment. */
export class Seating {
  readonly #pool: JanusPool
  readonly #events: SeatingEvents
  readonly #closed = new AbortController()
  readonly #rooms = new WeakMap<AudioBridgeMember, AudioBridgeRoom>()
  #room: Promise<AudioBridgeRoom>
  #held = false

  constructor(pool: JanusPool, events: SeatingEvents) {
    this.#pool = pool
    this.#events = events
    this.#room = this.#open(startPatience)
    this.#room.catch(() => events.failed())
  }

  /** Somebody who is about to take a place. @throws JanusError where there is none to be had. */
  async member(): Promise<AudioBridgeMember> {
    for (;;) {
      const room = await this.#room
      try {
        const member = await room.member()
        this.#rooms.set(member, room)
        return member
      } catch (error) {
        if (!room.lost.aborted || this.#closed.signal.aborted) throw error
      }
    }
  }

  /** Whether the room that a member sat in is gone. */
  isLost(member: AudioBridgeMember | null): boolean {
    return member !== null && this.#rooms.get(member)?.lost.aborted === true
  }

  release(member: AudioBridgeMember | null): void {
    void member?.leave()
  }

  /** @throws JanusError */
  async setSilenced(id: MemberId, silenced: boolean): Promise<void> {
    await (await this.#room).setSilenced(id, silenced)
  }

  /** Whether nobody hears anybody, wherever the room is. Never rejects. */
  async setHeld(held: boolean): Promise<void> {
    this.#held = held
    const room = await this.#room.catch(() => null)
    // A lost room is followed by another, which is told when it is made.
    await room?.setHeld(held).catch(() => {})
  }

  /** Gives the room up. Never rejects. */
  async close(): Promise<void> {
    this.#closed.abort()
    const room = await this.#room.catch(() => null)
    await room?.destroy()
  }

  async #open(patience: number): Promise<AudioBridgeRoom> {
    const room = await this.#pool.createRoom(patience, this.#closed.signal)
    room.lost.addEventListener('abort', () => this.#recover(), { signal: this.#closed.signal })
    // One that is lost again is followed by another.
    if (this.#held) await room.setHeld(true).catch(() => {})
    return room
  }

  #recover(): void {
    if (this.#closed.signal.aborted) return
    this.#room = this.#open(recoveryPatience)
    this.#room.then(
      () => this.#events.moved(),
      () => this.#events.failed(),
    )
  }
}

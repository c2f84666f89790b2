import type { AudioBridgeMember, MemberId } from '../janus/audio-bridge-member.ts'
import type { ConferenceRooms } from '../janus/conference-rooms.ts'
import type { JanusPool } from '../janus/janus-pool.ts'
import type { VideoRoom } from '../janus/video-room.ts'

/** How long a conference waits for a media server, in ms: when it begins, and when the one it had is lost. */
const startPatience = 5000
const recoveryPatience = 10_000

export interface SeatingEvents {
  /** The rooms were lost, and there are others now. */
  moved(): void
  /** There are none, or none any more. */
  failed(): void
}

/** The rooms of one conference, wherever they are at the moment. */
export class Seating {
  readonly #pool: JanusPool
  readonly #events: SeatingEvents
  readonly #closed = new AbortController()
  readonly #homes = new WeakMap<AudioBridgeMember, ConferenceRooms>()
  readonly #pictures: boolean
  #rooms: Promise<ConferenceRooms>
  #held = false

  constructor(pool: JanusPool, events: SeatingEvents, { pictures }: { readonly pictures: boolean }) {
    this.#pool = pool
    this.#events = events
    this.#pictures = pictures
    this.#rooms = this.#open(startPatience)
    this.#rooms.catch(() => events.failed())
  }

  /** Somebody who is about to take a place. @throws JanusError where there is none to be had. */
  member(): Promise<AudioBridgeMember> {
    return this.#within(async (rooms) => {
      const member = await rooms.audio.member()
      this.#homes.set(member, rooms)
      return member
    })
  }

  /** Where the pictures are passed on. @throws JanusError where there is none to be had. */
  videoRoom(): Promise<VideoRoom> {
    return this.#within((rooms) => rooms.video())
  }

  /** Whether the room that a member sat in is gone. */
  isLost(member: AudioBridgeMember | null): boolean {
    return member !== null && this.#homes.get(member)?.lost.aborted === true
  }

  release(member: AudioBridgeMember | null): void {
    void member?.leave()
  }

  /** @throws JanusError */
  async setSilenced(id: MemberId, silenced: boolean): Promise<void> {
    await (await this.#rooms).audio.setSilenced(id, silenced)
  }

  /** Whether nobody hears anybody, wherever the rooms are. Never rejects. */
  async setHeld(held: boolean): Promise<void> {
    this.#held = held
    const rooms = await this.#rooms.catch(() => null)
    // A lost room is followed by another, which is told when it is made.
    await rooms?.audio.setHeld(held).catch(() => {})
  }

  /** Gives them up. Never rejects. */
  async close(): Promise<void> {
    this.#closed.abort()
    const rooms = await this.#rooms.catch(() => null)
    await rooms?.destroy()
  }

  /** Does something in the present rooms; where they are lost meanwhile, in those that take their place. */
  async #within<T>(task: (rooms: ConferenceRooms) => Promise<T>): Promise<T> {
    for (;;) {
      const rooms = await this.#rooms
      try {
        return await task(rooms)
      } catch (error) {
        if (!rooms.lost.aborted || this.#closed.signal.aborted) throw error
      }
    }
  }

  async #open(patience: number): Promise<ConferenceRooms> {
    const rooms = await this.#pool.createRooms({ patience, pictures: this.#pictures }, this.#closed.signal)
    rooms.lost.addEventListener('abort', () => this.#recover(), { signal: this.#closed.signal })
    // Those that are lost again are followed by others.
    if (this.#held) await rooms.audio.setHeld(true).catch(() => {})
    return rooms
  }

  #recover(): void {
    if (this.#closed.signal.aborted) return
    this.#rooms = this.#open(recoveryPatience)
    this.#rooms.then(
      () => this.#events.moved(),
      () => this.#events.failed(),
    )
  }
}

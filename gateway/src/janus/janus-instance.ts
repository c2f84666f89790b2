import { ConferenceRooms } from './conference-rooms.ts'
import { JanusClient, type JanusClientOptions } from './janus-client.ts'
import { JanusError } from './janus-message.ts'
import type { RoomOptions } from './plugin-room.ts'
import { videoRoom } from './video-room.ts'

/** How long to wait before another attempt to reach a Janus, in ms: the first, and the longest. */
const firstPause = 500
const longestPause = 10_000

export interface JanusSecrets extends JanusClientOptions, RoomOptions {}

/** One Janus of several: connected to again and again, as long as it is in use. */
export class JanusInstance {
  readonly url: string
  readonly #secrets: JanusSecrets
  readonly #reachable: () => void
  #client: JanusClient | null = null
  #hasPictures = false
  #closed = false
  #pause = firstPause
  #timer: NodeJS.Timeout | undefined
  #connecting: Promise<void>

  /** `reachable` is told whenever it can be reached, again or for the first time. */
  constructor(url: string, secrets: JanusSecrets, reachable: () => void) {
    this.url = url
    this.#secrets = secrets
    this.#reachable = reachable
    this.#connecting = this.#connect()
  }

  get isReachable(): boolean {
    return this.#client !== null
  }

  /** How much it has to do for us: rooms and their members. */
  get load(): number {
    return this.#client?.handles ?? 0
  }

  /** Whether it can be reached, and passes on pictures. */
  get hasPictures(): boolean {
    return this.isReachable && this.#hasPictures
  }

  /** @throws JanusError */
  async createRooms(): Promise<ConferenceRooms> {
    if (!this.#client) throw new JanusError('Janus cannot be reached')
    return ConferenceRooms.create(this.#client, this.#secrets)
  }

  /** Ends the session, and all that hangs on it. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#connecting
    await this.#client?.close()
  }

  async #connect(): Promise<void> {
    try {
      const client = await JanusClient.connect(this.url, this.#secrets)
      this.#hasPictures = await hasPictures(client)
      this.#client = client
      this.#pause = firstPause
      client.lost.addEventListener('abort', () => {
        this.#client = null
        this.#retry()
      })
      this.#reachable()
    } catch {
      this.#retry()
    }
  }

  #retry(): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.#connecting = this.#connect()
    }, this.#pause)
    this.#pause = Math.min(this.#pause * 2, longestPause)
  }
}

/** @throws JanusError where it does not say, or was lost meanwhile; there is no client then. */
async function hasPictures(client: JanusClient): Promise<boolean> {
  try {
    const has = await client.has(videoRoom)
    client.lost.throwIfAborted()
    return has
  } catch (error) {
    await client.close()
    throw error
  }
}

import { AudioBridgeRoom, type AudioBridgeRoomOptions } from './audio-bridge-room.ts'
import { JanusClient, type JanusClientOptions } from './janus-client.ts'
import { JanusError } from './janus-message.ts'

/** How long to wait before another attempt to reach a Janus, in ms: the first, and the longest. */
const firstPause = 500
const longestPause = 10_000

export interface JanusSecrets extends JanusClientOptions, AudioBridgeRoomOptions {}

/** One Janus of several: connected to again and again, as long as it is in use. */
export class JanusInstance {
  readonly url: string
  readonly #secrets: JanusSecrets
  readonly #reachable: () => void
  #client: JanusClient | null = null
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

  /** @throws JanusError */
  async createRoom(): Promise<AudioBridgeRoom> {
    if (!this.#client) throw new JanusError('Janus cannot be reached')
    return AudioBridgeRoom.create(this.#client, this.#secrets)
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

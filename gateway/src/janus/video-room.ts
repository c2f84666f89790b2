import { randomBytes } from 'node:crypto'
import type { RoomId, RoomOptions } from './audio-bridge-room.ts'
import type { JanusClient } from './janus-client.ts'
import type { JanusHandle } from './janus-handle.ts'
import { JanusError } from './janus-message.ts'
import { VideoPublisher } from './video-publisher.ts'
import { VideoSubscriber } from './video-subscriber.ts'

export const videoRoom = 'janus.plugin.videoroom'

/** The plugin answers with this code when a room is gone already. */
const noSuchRoom = 426

/** Pictures that one room passes on at a time; those that are replaced count until they are gone. */
const publishers = 100

const randomSecret = (): string => randomBytes(16).toString('base64url')

/** A room that passes the picture of each on to whoever wants to see it, and lets nobody in whom we did not bring. */
export class VideoRoom {
  readonly #client: JanusClient
  readonly #handle: JanusHandle
  readonly #room: RoomId
  readonly #secret: string
  readonly #pin: string

  /** @throws JanusError */
  static async create(client: JanusClient, { adminKey }: RoomOptions = {}): Promise<VideoRoom> {
    const handle = await client.attach(videoRoom)
    const [secret, pin] = [randomSecret(), randomSecret()]
    try {
      const { room } = await handle.ask({
        request: 'create',
        permanent: false,
        description: 'att-phone conference',
        is_private: true,
        secret,
        pin,
        publishers,
        // What every browser can send and show.
        videocodec: 'vp8',
        ...(adminKey !== undefined && { admin_key: adminKey }),
      })
      if (typeof room !== 'number' && typeof room !== 'string') throw new JanusError('Janus gave no room')
      return new VideoRoom(client, handle, room, { secret, pin })
    } catch (error) {
      await handle.detach()
      throw error
    }
  }

  private constructor(
    client: JanusClient,
    handle: JanusHandle,
    room: RoomId,
    { secret, pin }: Readonly<Record<'secret' | 'pin', string>>,
  ) {
    this.#client = client
    this.#handle = handle
    this.#room = room
    this.#secret = secret
    this.#pin = pin
  }

  /** Aborts when Janus is lost, and the room with it. */
  get lost(): AbortSignal {
    return this.#client.lost
  }

  /** Somebody who is about to send his picture. @throws JanusError */
  async publisher(): Promise<VideoPublisher> {
    return new VideoPublisher(await this.#client.attach(videoRoom), { room: this.#room, pin: this.#pin })
  }

  /** Somebody who is about to see others. @throws JanusError */
  async subscriber(): Promise<VideoSubscriber> {
    return new VideoSubscriber(await this.#client.attach(videoRoom), { room: this.#room, pin: this.#pin })
  }

  /** Sends everybody out and forgets the room. Never rejects. */
  async destroy(): Promise<void> {
    try {
      await this.#handle.ask({ request: 'destroy', room: this.#room, secret: this.#secret })
    } catch (error) {
      // A lost Janus took its rooms along.
      if (!(error instanceof JanusError) || (error.code !== noSuchRoom && error.code !== 0)) throw error
    } finally {
      await this.#handle.detach()
    }
  }
}

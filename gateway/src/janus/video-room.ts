import type { JanusClient } from './janus-client.ts'
import { PluginRoom, type RoomOptions, type RoomPlan } from './plugin-room.ts'
import { VideoPublisher } from './video-publisher.ts'
import { VideoSubscriber } from './video-subscriber.ts'

export const videoRoom = 'janus.plugin.videoroom'

const plan: RoomPlan = {
  plugin: videoRoom,
  noSuchRoom: 426,
  settings: {
    // Pictures that are passed on at a time; those that are replaced count until they are gone.
    publishers: 100,
    // What every browser can send and show.
    videocodec: 'vp8',
  },
}

/** A room that passes the picture of each on to everybody who wants to see it. */
export class VideoRoom {
  readonly #room: PluginRoom

  /** @throws JanusError */
  static async create(client: JanusClient, options?: RoomOptions): Promise<VideoRoom> {
    return new VideoRoom(await PluginRoom.create(client, plan, options))
  }

  private constructor(room: PluginRoom) {
    this.#room = room
  }

  /** Aborts when Janus is lost, and the room with it. */
  get lost(): AbortSignal {
    return this.#room.lost
  }

  /** Somebody who is about to send their picture. @throws JanusError */
  async publisher(): Promise<VideoPublisher> {
    return new VideoPublisher(await this.#room.attach(), this.#room.key)
  }

  /** Somebody who is about to see others. @throws JanusError */
  async subscriber(): Promise<VideoSubscriber> {
    return new VideoSubscriber(await this.#room.attach(), this.#room.key)
  }

  /** Sends everybody out and forgets the room. Never rejects. */
  destroy(): Promise<void> {
    return this.#room.destroy()
  }
}

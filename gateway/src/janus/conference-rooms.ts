import { AudioBridgeRoom } from './audio-bridge-room.ts'
import type { JanusClient } from './janus-client.ts'
import type { RoomOptions } from './plugin-room.ts'
import { VideoRoom } from './video-room.ts'

/** The rooms of one conference, at one Janus: one for its sound, and from the first picture on one for pictures. */
export class ConferenceRooms {
  readonly audio: AudioBridgeRoom
  readonly #client: JanusClient
  readonly #options: RoomOptions
  #video: Promise<VideoRoom> | null = null

  /** @throws JanusError */
  static async create(client: JanusClient, options: RoomOptions): Promise<ConferenceRooms> {
    return new ConferenceRooms(await AudioBridgeRoom.create(client, options), client, options)
  }

  private constructor(audio: AudioBridgeRoom, client: JanusClient, options: RoomOptions) {
    this.audio = audio
    this.#client = client
    this.#options = options
  }

  /** Aborts when Janus is lost, and both with it. */
  get lost(): AbortSignal {
    return this.audio.lost
  }

  /** The one for pictures. A failure is not kept: the next who asks tries again. @throws JanusError */
  video(): Promise<VideoRoom> {
    this.#video ??= VideoRoom.create(this.#client, this.#options).catch((error: unknown) => {
      this.#video = null
      throw error
    })
    return this.#video
  }

  /** Sends everybody out and forgets them. Never rejects. */
  async destroy(): Promise<void> {
    const video = this.#video?.catch(() => null)
    await Promise.all([this.audio.destroy(), video?.then((room) => room?.destroy())])
  }
}

import type { JanusHandle } from './janus-handle.ts'
import { described, JanusError } from './janus-message.ts'
import type { RoomKey } from './plugin-room.ts'
import { RoomConnection } from './room-connection.ts'
import { offered } from './session-description.ts'

/** What a room knows a picture by. */
export type FeedId = number | string

export interface VideoPublisherEvents {
  /** The picture can be passed on. */
  up: undefined
  /** The connection is gone for good. */
  lost: string
}

/** One peer connection to a room, by which a client sends its picture. */
export class VideoPublisher extends RoomConnection<VideoPublisherEvents> {
  #id: FeedId | null = null

  constructor(handle: JanusHandle, key: RoomKey) {
    super(handle, key)
    handle.events.on('up', () => this.events.emit('up', undefined))
    handle.events.on('hangup', (reason) => this.events.emit('lost', reason))
  }

  /** What the room knows the picture by; `null` before it was offered. */
  get id(): FeedId | null {
    return this.#id
  }

  /** Joins with the client's offer; gives the room's answer. @throws JanusError */
  async publish(offer: string, bitrate: number): Promise<string> {
    const request = { request: 'joinandconfigure', ptype: 'publisher', ...this.key, bitrate }
    const { data, jsep } = await this.handle.do(request, offered('offer', offer))
    const { id } = data
    if (typeof id !== 'number' && typeof id !== 'string') throw new JanusError('The room gave no id')
    this.#id = id
    return described({ jsep }).sdp
  }

  /** How much the picture may take, in bit/s. @throws JanusError */
  async setBitrate(bitrate: number): Promise<void> {
    await this.handle.do({ request: 'configure', bitrate })
  }
}

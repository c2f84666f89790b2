import { Emitter } from '../../../src/base/emitter.ts'
import type { RoomId } from './audio-bridge-room.ts'
import type { JanusHandle } from './janus-handle.ts'
import { described, JanusError, offered } from './janus-message.ts'
import { candidatesOf } from './session-description.ts'

/** What a room knows a picture by. */
export type FeedId = number | string

export interface VideoPublisherEvents {
  /** The picture can be passed on. */
  up: undefined
  /** The connection is gone for good. */
  lost: string
}

/** One peer connection to a room, by which a client sends its picture. */
export class VideoPublisher {
  readonly events = new Emitter<VideoPublisherEvents>()
  readonly #handle: JanusHandle
  readonly #room: { readonly room: RoomId; readonly pin: string }
  #id: FeedId | null = null
  #left = false

  constructor(handle: JanusHandle, room: { readonly room: RoomId; readonly pin: string }) {
    this.#handle = handle
    this.#room = room
    handle.events.on('up', () => this.events.emit('up', undefined))
    handle.events.on('hangup', (reason) => this.events.emit('lost', reason))
  }

  /** What the room knows the picture by; `null` before it was offered. */
  get id(): FeedId | null {
    return this.#id
  }

  /** Joins with the client's offer; gives the room's answer. @throws JanusError */
  async publish(offer: string, bitrate: number): Promise<string> {
    const request = { request: 'joinandconfigure', ptype: 'publisher', ...this.#room, bitrate }
    const { data, jsep } = await this.#handle.do(request, offered('offer', offer))
    const { id } = data
    if (typeof id !== 'number' && typeof id !== 'string') throw new JanusError('The room gave no id')
    this.#id = id
    return described({ jsep }).sdp
  }

  /** How much the picture may take, in bit/s. @throws JanusError */
  async setBitrate(bitrate: number): Promise<void> {
    await this.#handle.do({ request: 'configure', bitrate })
  }

  /** Takes candidates of the client (RFC 8840). @throws JanusError */
  async addCandidates(sdpfrag: string): Promise<void> {
    const candidates = candidatesOf(sdpfrag)
    if (candidates.length > 0) await this.#handle.trickle(candidates)
  }

  /** Takes the picture away and closes the connection. Never rejects. */
  async leave(): Promise<void> {
    if (this.#left) return
    this.#left = true
    this.events.clear()
    await this.#handle.detach()
  }
}

import type { JanusHandle } from './janus-handle.ts'
import type { Jsep, PluginData } from './janus-message.ts'
import type { RoomKey } from './plugin-room.ts'
import { RoomConnection } from './room-connection.ts'
import { offered, withPictureIds } from './session-description.ts'
import type { FeedId } from './video-publisher.ts'

export interface VideoSubscriberEvents {
  /** The room offers what is to be seen from now on, or offers it anew; `accept` MUST follow. */
  offer: string
}

/** A picture that is passed on, as the room describes it. */
interface Stream {
  readonly mid?: unknown
  readonly feed_id?: unknown
  readonly active?: unknown
}

/** One peer connection from a room, by which a client sees any number of others. */
export class VideoSubscriber extends RoomConnection<VideoSubscriberEvents> {
  /** What was asked for, whether it is there yet or not. */
  #asked: ReadonlySet<FeedId> = new Set()
  #feeds: ReadonlyMap<string, FeedId> = new Map()
  #joined = false

  constructor(handle: JanusHandle, key: RoomKey) {
    super(handle, key)
    handle.events.on('offer', ({ data, jsep }) => this.#take(data, jsep))
  }

  /** What comes by the sections of the offer, by their mid. */
  get feeds(): ReadonlyMap<string, FeedId> {
    return this.#feeds
  }

  /** Passes on these pictures and no others; an offer follows where that changes something. @throws JanusError */
  async show(feeds: ReadonlySet<FeedId>): Promise<void> {
    const subscribe = [...feeds].filter((feed) => !this.#asked.has(feed))
    const former = [...this.#asked].filter((feed) => !feeds.has(feed))
    if (subscribe.length === 0 && former.length === 0) return
    // Somebody who is gone is known by nothing but the section they came by.
    const unsubscribe = [...this.#feeds].flatMap(([mid, feed]) => (former.includes(feed) ? { sub_mid: mid } : []))
    const streams = subscribe.map((feed) => ({ feed }))
    const { data, jsep } = await this.handle.do(
      this.#joined
        ? {
            request: 'update',
            ...(streams.length > 0 && { subscribe: streams }),
            ...(unsubscribe.length > 0 && { unsubscribe }),
          }
        : { request: 'join', ptype: 'subscriber', ...this.key, streams, autoupdate: false },
    )
    this.#joined = true
    this.#asked = feeds
    if (jsep) this.#take(data, jsep)
  }

  /** Takes the client's answer to the last offer. @throws JanusError */
  async accept(answer: string): Promise<void> {
    await this.handle.do({ request: 'start' }, offered('answer', answer))
  }

  /** Passes nothing on for a while, or all again. @throws JanusError */
  async setPaused(paused: boolean): Promise<void> {
    await this.handle.do({ request: paused ? 'pause' : 'start' })
  }

  #take({ streams }: PluginData, { sdp }: Jsep): void {
    const all = Array.isArray(streams) ? (streams as readonly Stream[]) : []
    this.#feeds = new Map(
      all.flatMap(({ mid, feed_id: feed, active }) =>
        typeof mid === 'string' && (typeof feed === 'number' || typeof feed === 'string') && active !== false
          ? [[mid, feed] as const]
          : [],
      ),
    )
    this.events.emit('offer', withPictureIds(sdp))
  }
}

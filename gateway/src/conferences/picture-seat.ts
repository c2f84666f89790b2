import { randomUUID } from 'node:crypto'
import { TaskQueue } from '../../../src/base/task-queue.ts'
import type { Leg } from '../../../src/exchange/leg.ts'
import type { ExchangeReply, PictureCommand, PictureReport } from '../../../src/exchange/protocol.ts'
import { credentialsOf } from '../janus/session-description.ts'
import type { FeedId, VideoPublisher } from '../janus/video-publisher.ts'
import type { VideoRoom } from '../janus/video-room.ts'
import type { VideoSubscriber } from '../janus/video-subscriber.ts'
import type { Seating } from './seating.ts'

/** A picture as the others get it. */
export interface Picture {
  readonly feed: FeedId
  /** URI of whose it is. */
  readonly from: string
  readonly speaking: boolean
  /** Nothing comes of it: its sender holds the conference. */
  readonly held: boolean
}

/** What a seat needs of the pictures of its conference. */
export interface PicturesOfAll {
  /** What one picture may take, in bit/s. */
  readonly bitrate: number
  /** What there is to be seen for one of them. */
  others(seat: PictureSeat): readonly Picture[]
  /** The picture of a seat has changed. */
  changed(): void
  leave(seat: PictureSeat): void
}

/**
 * The pictures of one leg, beside its sound: a connection by which its client sends one, and one by which it gets those
 * of all the others. What goes wrong with them does not concern the sound.
 */
export class PictureSeat {
  readonly #leg: Leg
  readonly #gallery: PicturesOfAll
  readonly #seating: Seating
  /** What Janus is asked for, one after the other. */
  readonly #queue = new TaskQueue()
  #room: VideoRoom | null = null
  #publisher: VideoPublisher | null = null
  #subscriber: VideoSubscriber | null = null
  /** By what the client's ends of the two are known: its candidates name no more. */
  #paths: { readonly sent?: string | undefined; readonly received?: string | undefined } = {}
  #modId = ''
  #bitrate = 0
  /** Whether the picture can be passed on. */
  #isUp = false
  #isHeld = false
  #speaking = false
  #closed = false
  /** What the client was told last of whose pictures come. */
  #told = ''

  constructor(leg: Leg, gallery: PicturesOfAll, seating: Seating) {
    this.#leg = leg
    this.#gallery = gallery
    this.#seating = seating
  }

  /** What the others can see of them; `null` where they send nothing. */
  get picture(): Picture | null {
    const feed = this.#publisher?.id
    if (feed == null || !this.#isUp || this.#room?.lost.aborted !== false) return null
    return { feed, from: this.#leg.session.user, speaking: this.#speaking, held: this.#isHeld }
  }

  /** Takes what the client says of its connections. */
  take({ op, sdp }: PictureCommand): ExchangeReply {
    if (op === 'send-picture') return { modId: this.#send(sdp) }
    this.#receive(sdp)
    return {}
  }

  /**
   * Takes the client's offer of its picture, in place of all there was; it hears `picture-answer`. Gives the id that all
   * it hears of these connections carries.
   */
  #send(offer: string): string {
    const modId = randomUUID()
    this.#paths = { sent: credentialsOf(offer) }
    this.#do(async () => {
      this.#release()
      this.#modId = modId
      this.#gallery.changed()
      try {
        const sdp = await this.#publish(offer)
        this.#leg.tell('picture-answer', { modId, sdp })
      } catch (error) {
        if (!this.#closed) this.#leg.tell('picture-answer', { modId, reason: 'The media server takes no picture' })
        throw error
      }
      await this.#see()
    })
    return modId
  }

  /** Takes the client's answer to the offer of the others' pictures. */
  #receive(answer: string): void {
    this.#paths = { ...this.#paths, received: credentialsOf(answer) }
    this.#do(async () => this.#subscriber?.accept(answer))
  }

  /** Takes candidates where they are for one of its connections. Whether they are. */
  takeCandidates(sdpfrag: string): boolean {
    const path = credentialsOf(sdpfrag)
    const { sent, received } = this.#paths
    if (path === undefined || (path !== sent && path !== received)) return false
    this.#do(async () => {
      const connection = path === this.#paths.sent ? this.#publisher : this.#subscriber
      await connection?.addCandidates(sdpfrag)
    })
    return true
  }

  /** While they hold, nobody sees them, and they see nobody. */
  hold(held: boolean): void {
    if (this.#isHeld === held) return
    this.#isHeld = held
    this.#gallery.changed()
    this.#do(async () => this.#subscriber?.setPaused(held))
  }

  speaks(speaking: boolean): void {
    if (this.#speaking === speaking) return
    this.#speaking = speaking
    if (this.#isUp) this.#gallery.changed()
  }

  /** Another picture has come, or one has gone. */
  follow(): void {
    this.#do(() => this.#see())
  }

  /** Lets go of the room. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#release()
    this.#gallery.leave(this)
  }

  /** Sends the picture to the room, or to the one that takes its place where that is lost meanwhile. */
  async #publish(offer: string): Promise<string> {
    for (;;) {
      const room = await this.#seating.videoRoom()
      try {
        const publisher = await room.publisher()
        this.#follow(room, publisher)
        return await publisher.publish(offer, (this.#bitrate = this.#gallery.bitrate))
      } catch (error) {
        this.#release()
        if (!room.lost.aborted || this.#closed) throw error
      }
    }
  }

  #follow(room: VideoRoom, publisher: VideoPublisher): void {
    this.#room = room
    this.#publisher = publisher
    const isUp = (up: boolean) => () => {
      this.#isUp = up
      this.#gallery.changed()
    }
    publisher.events.on('up', isUp(true))
    publisher.events.on('lost', isUp(false))
    if (this.#closed) this.#release()
  }

  /** Brings what they get in line with what there is to be seen. Who sends nothing gets nothing. */
  async #see(): Promise<void> {
    const room = this.#room
    if (!room || room.lost.aborted) return
    const pictures = this.#gallery.others(this)
    if (!this.#subscriber && pictures.length > 0) await this.#subscribe(room)
    await this.#subscriber?.show(new Set(pictures.map(({ feed }) => feed)))
    this.#tell()
    const { bitrate } = this.#gallery
    if (bitrate === this.#bitrate || !this.#isUp) return
    this.#bitrate = bitrate
    await this.#publisher?.setBitrate(bitrate)
  }

  async #subscribe(room: VideoRoom): Promise<void> {
    const subscriber = await room.subscriber()
    subscriber.events.on('offer', (sdp) => this.#tell(sdp))
    this.#subscriber = subscriber
    if (this.#closed) this.#release()
  }

  /** Tells whose pictures come, where that is new, and passes on an offer of them. */
  #tell(sdp?: string): void {
    const { feeds = new Map<string, never>() } = this.#subscriber ?? {}
    const shown = this.#isHeld ? [] : this.#gallery.others(this).filter(({ held }) => !held)
    const pictures: PictureReport[] = [...feeds].flatMap(([mid, feed]) => {
      const picture = shown.find((each) => each.feed === feed)
      return picture ? { mid, from: picture.from, speaking: picture.speaking } : []
    })
    const told = JSON.stringify(pictures)
    if (sdp === undefined && told === this.#told) return
    this.#told = told
    this.#leg.tell('pictures-changed', { modId: this.#modId, pictures, ...(sdp !== undefined && { sdp }) })
  }

  #release(): void {
    void this.#publisher?.leave()
    void this.#subscriber?.leave()
    this.#publisher = null
    this.#subscriber = null
    this.#room = null
    this.#isUp = false
    this.#told = ''
  }

  /** A task that no caller waits for: where it fails, the client sends its picture anew, or goes on without. */
  #do(task: () => Promise<void>): void {
    this.#queue
      .run(async () => {
        if (!this.#closed) await task()
      })
      .catch(() => {})
  }
}

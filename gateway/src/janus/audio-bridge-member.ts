import type { JanusHandle } from './janus-handle.ts'
import { described, JanusError, type Jsep, type PluginData } from './janus-message.ts'
import type { RoomKey } from './plugin-room.ts'
import { RoomConnection } from './room-connection.ts'
import { credentialsOf, holdOffer, laterAnswer, offered, withoutExtensions } from './session-description.ts'

export type MemberId = number | string

export interface AudioBridgeMemberEvents {
  /** The media path is up. */
  up: undefined
  /** The media path is gone for good: the connection was closed, or nothing gets through. */
  lost: string
  /** Whether sound comes in from this member. */
  receiving: boolean
  /** Somebody in the room begins or ceases to speak. */
  speaking: { readonly id: MemberId; readonly speaking: boolean }
}

const isMemberId = (id: unknown): id is MemberId => typeof id === 'number' || typeof id === 'string'

/** One peer connection to a room: what comes from it is heard by all the others, what goes to it is all the others. */
export class AudioBridgeMember extends RoomConnection<AudioBridgeMemberEvents> {
  #id: MemberId | null = null
  /** The room's offer, where it made one: it takes no offer on such a connection any more. */
  #offered: string | null = null
  /** The path the other side answered that offer with. */
  #path: string | undefined
  /** What the room said of the connection last. */
  #description = ''
  /** How often the conference offered to hold or resume. */
  #revisions = 0

  constructor(handle: JanusHandle, key: RoomKey) {
    super(handle, key)
    handle.events.on('up', () => this.events.emit('up', undefined))
    handle.events.on('hangup', (reason) => this.events.emit('lost', reason))
    handle.events.on('receiving', (receiving) => this.events.emit('receiving', receiving))
    handle.events.on('event', (data) => this.#take(data))
  }

  /** What the room knows it by; `null` before it joined. */
  get id(): MemberId | null {
    return this.#id
  }

  /** Joins, with an offer of the room that `accept` answers. @throws JanusError */
  async offer(): Promise<string> {
    return (this.#offered = this.#description = await this.#offer())
  }

  /** As `offer`, for a connection that had another far side before. @throws JanusError */
  async offerAgain(): Promise<string> {
    return (this.#offered = this.#description = withoutExtensions(await this.#offer()))
  }

  /** Takes the answer to the room's offer. @throws JanusError */
  async accept(answer: string): Promise<void> {
    this.#path = credentialsOf(answer)
    await this.handle.do({ request: 'configure' }, offered('answer', answer))
  }

  /** Joins with an offer of the other side's; gives the room's answer. @throws JanusError */
  async answer(offer: string): Promise<string> {
    await this.#join()
    return this.#configure(offer)
  }

  /**
   * Answers a later offer: a hold, other media, a new path. `null` where that takes a new connection: the room offers no
   * new path on one that it offered.
   *
   * @throws JanusError
   */
  async answerLater(offer: string): Promise<string | null> {
    return this.#offered === null
      ? this.#configure(offer, { update: true })
      : laterAnswer(this.#offered, offer, this.#path)
  }

  /** An offer on the connection there is that stops its sound, or lets it flow again. Its answer is for nobody. */
  holdOffer(held: boolean): string {
    return holdOffer(this.#description, held, this.#revisions++)
  }

  async #offer(): Promise<string> {
    return described(await this.#join({ generate_offer: true })).sdp
  }

  async #configure(offer: string, options: object = {}): Promise<string> {
    const { sdp } = described(await this.handle.do({ request: 'configure', ...options }, offered('offer', offer)))
    this.#description = sdp
    return sdp
  }

  async #join(options: object = {}): Promise<{ readonly jsep: Jsep | undefined }> {
    const { data, jsep } = await this.handle.do({ request: 'join', ...this.key, codec: 'opus', ...options })
    if (!isMemberId(data['id'])) throw new JanusError('The room gave no id')
    this.#id = data['id']
    return { jsep }
  }

  #take({ audiobridge, id }: PluginData): void {
    if ((audiobridge === 'talking' || audiobridge === 'stopped-talking') && isMemberId(id))
      this.events.emit('speaking', { id, speaking: audiobridge === 'talking' })
  }
}

import type { Call, MediaElements } from './call.ts'
import { leave } from './call-conditions.ts'
import type { CallList } from './call-list.ts'
import type { PhoneEvents } from './phone-events.ts'
import { refuse, requireAddress, requireMedia, requireMediaType, requireOptions } from './refuse.ts'
import type { MediaType, Party } from './snapshot.ts'

/** How a call is dialled. */
export interface DialOptions extends MediaElements {
  /** A number, `user@domain` or a user id, without `sip:` or `tel:`. */
  readonly destination: string
  /** Default `video`. */
  readonly mediaType?: MediaType
  /** Extra header fields of the invitation, on a network that has such (SIP). */
  readonly headers?: Readonly<Record<string, string>>
}

/** How a call is answered. */
export interface AnswerOptions extends MediaElements {
  /** What to do with the call one is in. Default `hold`. */
  readonly action?: 'hold' | 'end'
  /** `audio` answers a video call without a picture. Default: what is offered. */
  readonly mediaType?: MediaType
}

export interface CallingContext {
  readonly calls: CallList
  ready(): boolean
  /** The elements that `setup` gave for calls that bring none. */
  readonly elements: MediaElements
  /** Makes an outgoing call, listed and not yet begun. */
  create(remote: Party, mediaType: MediaType, headers?: Readonly<Record<string, string>>): Call
  publish<Name extends keyof PhoneEvents>(name: Name, payload: PhoneEvents[Name]): void
}

/** Makes and answers calls, the first and the second, with their preconditions. */
export class Calling {
  readonly context: CallingContext

  /** The present call is making room for the next one. */
  #beginning = false

  constructor(context: CallingContext) {
    this.context = context
  }

  /** How many calls there are, one that is about to begin included. */
  get count(): number {
    return this.context.calls.all.length + (this.#beginning ? 1 : 0)
  }

  async dial(options: DialOptions): Promise<void> {
    const { address, mediaType, elements } = this.#readDial(options, '22')
    const { calls } = this.context
    if (!this.context.ready()) refuse('2241')
    if (this.#connecting) refuse('2251')
    if (calls.foreground) refuse('2252')
    await this.#place('dial', address, mediaType, elements, options.headers)
  }

  /** Holds the call one is in and dials a second one; when that ends, the first comes back. */
  async addCall(options: DialOptions): Promise<void> {
    const { address, mediaType, elements } = this.#readDial(options, '39')
    const { calls } = this.context
    if (!this.context.ready()) refuse('3941')
    if (this.#connecting) refuse('3951')
    if (calls.all.length > 1) refuse('3961')
    // Without a call to hold it is the first one that is dialled.
    await this.#makeRoom('hold')
    if (!this.context.ready()) refuse('3941')
    await this.#place('addCall', address, mediaType, elements, options.headers)
  }

  async answer(options: AnswerOptions): Promise<void> {
    requireOptions(options, '2301')
    const elements = this.#readMedia(options, '2311', '2312')
    const { calls } = this.context
    if (!this.context.ready()) refuse('2321')
    const call = calls.incoming
    if (!call || this.#beginning) return refuse('2331')
    const { action = 'hold', mediaType = call.snapshot.mediaType } = options
    if (action !== 'hold' && action !== 'end') refuse('2341')
    const present = calls.foreground
    await this.#makeRoom(action)
    try {
      // The caller may have given up meanwhile.
      call.gone.throwIfAborted()
      calls.foreground = call
      await call.answer(elements, mediaType)
    } catch (error) {
      // It rings on, or is over: whoever made room for it is back.
      if (calls.foreground === call || calls.foreground === null)
        calls.foreground = present?.ended === false ? present : null
      await (await calls.foreground?.changes())?.hold.giveBack()
      throw error
    }
  }

  /** A call is over: the one behind it comes back, and is resumed unless the user had held it himself. */
  async ended(call: Call): Promise<void> {
    const { calls } = this.context
    const wasForeground = calls.foreground === call
    calls.remove(call)
    if (!wasForeground) return
    const behind = calls.background
    if (!behind) return
    calls.foreground = behind
    await (await behind.changes()).hold.giveBack()
  }

  get #connecting(): boolean {
    if (this.#beginning) return true
    return this.context.calls.all.some(
      ({ snapshot: { connectedAt, direction, progress } }) =>
        connectedAt === null && (direction === 'outgoing' || progress === 'connecting'),
    )
  }

  /** The call one is in is held or ended for the next; one that nobody answered yet cannot be held. */
  async #makeRoom(action: 'hold' | 'end'): Promise<void> {
    const { calls } = this.context
    const present = calls.foreground
    if (!present) return
    this.#beginning = true
    try {
      if (action === 'end' || present === calls.outgoing) await leave(present)
      else await (await present.changes()).hold.hold(false)
    } catch (error) {
      if (!present.ended) throw error
    } finally {
      this.#beginning = false
    }
  }

  async #place(
    method: 'dial' | 'addCall',
    address: string,
    mediaType: MediaType,
    elements: MediaElements,
    headers?: DialOptions['headers'],
  ): Promise<void> {
    const call = this.context.create({ address, uri: address }, mediaType, headers)
    this.context.calls.foreground = call
    await call.place(elements, method)
  }

  #readDial(options: DialOptions, prefix: string): { address: string; mediaType: MediaType; elements: MediaElements } {
    requireOptions(options, `${prefix}01`)
    const address = requireAddress(options.destination, prefix)
    const mediaType = requireMediaType(options.mediaType, `${prefix}21`)
    const elements = this.#readMedia(options, `${prefix}31`, `${prefix}32`)
    return { address, mediaType, elements }
  }

  #readMedia(options: MediaElements, localCode: string, remoteCode: string): MediaElements {
    const { elements } = this.context
    return {
      localMedia: requireMedia(options.localMedia, localCode) ?? elements.localMedia,
      remoteMedia: requireMedia(options.remoteMedia, remoteCode) ?? elements.remoteMedia,
    }
  }
}

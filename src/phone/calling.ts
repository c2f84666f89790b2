import type { Call, MediaElements } from './call.ts'
import { leave } from './call-conditions.ts'
import type { Line } from './line.ts'
import type { CallInit } from './new-call.ts'
import { refuse, requireAddress, requireHeaders, requireMedia, requireMediaType, requireOptions } from './refuse.ts'
import type { MediaType } from './snapshot.ts'

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

/** A call that is asked for. */
export interface DialRequest extends Omit<CallInit, 'index'> {
  readonly elements: MediaElements
}

/** Makes and answers calls, the first and the second, with their preconditions. */
export class Calling {
  readonly #line: Line

  /** The present call is making room for the next one. */
  #beginning = false

  constructor(line: Line) {
    this.#line = line
  }

  /** Whether the call one is in is being held or ended for the next one. */
  get beginning(): boolean {
    return this.#beginning
  }

  /** How many calls there are, one that is about to begin included. */
  get count(): number {
    return this.#line.calls.all.length + (this.#beginning ? 1 : 0)
  }

  async dial(options: DialOptions): Promise<void> {
    const reading = this.#line.readNumber(() => this.readDial(options, '22'))
    const request = reading instanceof Promise ? await reading : reading
    const { calls } = this.#line
    if (!this.#line.session.ready) refuse('2241')
    if (this.connecting) refuse('2251')
    if (calls.foreground) refuse('2252')
    await this.place('dial', request)
  }

  async answer(options: AnswerOptions): Promise<void> {
    requireOptions(options, '2301')
    const elements = this.readMedia(options, '2311', '2312')
    const { calls } = this.#line
    if (!this.#line.session.ready) refuse('2321')
    const call = calls.incoming('call')
    if (!call || this.#beginning) return refuse('2331')
    const { action = 'hold', mediaType = call.snapshot.mediaType } = options
    if (action !== 'hold' && action !== 'end') refuse('2341')
    await this.take(call, elements, mediaType, action)
  }

  /** Answers what rings; the call one is in is held or ended for it. */
  async take(call: Call, elements: MediaElements, mediaType: MediaType, action: 'hold' | 'end'): Promise<void> {
    const { calls } = this.#line
    const present = calls.foreground
    await this.makeRoom(action)
    try {
      // The caller may have given up meanwhile.
      call.gone.throwIfAborted()
      calls.foreground = call
      await call.answer(elements, mediaType)
    } catch (error) {
      // It rings on, or is over: the call that made room for it is back.
      if (present && !present.ended) await this.#bringBack(present)
      else if (calls.foreground === call) calls.foreground = null
      throw error
    }
  }

  /** A call is over: the one behind it comes back, and is resumed unless the user had asked to hold it. */
  async ended(call: Call): Promise<void> {
    const { calls } = this.#line
    const wasForeground = calls.foreground === call
    calls.remove(call)
    if (!wasForeground) return
    if (calls.background) await this.#bringBack(calls.background)
  }

  async #bringBack(call: Call): Promise<void> {
    this.#line.calls.foreground = call
    await call.changes.hold.giveBack()
  }

  /** Whether a call is being set up. */
  get connecting(): boolean {
    if (this.#beginning) return true
    return this.#line.calls.all.some(
      ({ snapshot: { connectedAt, direction, progress } }) =>
        connectedAt === null && (direction === 'outgoing' || progress === 'connecting'),
    )
  }

  /** The call one is in is held or ended for the next; one that nobody answered yet cannot be held. */
  async makeRoom(action: 'hold' | 'end'): Promise<void> {
    const { calls } = this.#line
    const present = calls.foreground
    if (!present) return
    this.#beginning = true
    try {
      if (action === 'end' || present === calls.outgoing) await leave(present)
      else await present.changes.hold.hold(false)
    } catch (error) {
      if (!present.ended) throw error
    } finally {
      this.#beginning = false
    }
  }

  /** Dials, in the foreground. */
  async place(method: 'dial' | 'addCall', { elements, ...init }: DialRequest): Promise<void> {
    const call = this.#line.create(init)
    this.#line.calls.foreground = call
    await call.place(elements, method)
  }

  /** What is asked for. `prefix` are the first digits of the method's codes. */
  readDial(options: DialOptions, prefix: string): DialRequest {
    requireOptions(options, `${prefix}01`)
    const address = requireAddress(options.destination, prefix, this.#line.dialPlan)
    const mediaType = requireMediaType(options.mediaType, `${prefix}21`)
    const elements = this.readMedia(options, `${prefix}31`, `${prefix}32`)
    const { headers } = options
    requireHeaders(headers, `${prefix}14`)
    return {
      direction: 'outgoing',
      remote: { address, uri: address },
      mediaType,
      elements,
      ...(headers && { headers }),
    }
  }

  /** The media elements a call uses: its own, else those of every call that brings none. */
  readMedia(options: MediaElements, localCode: string, remoteCode: string): MediaElements {
    const { elements } = this.#line
    return {
      localMedia: requireMedia(options.localMedia, localCode) ?? elements.localMedia,
      remoteMedia: requireMedia(options.remoteMedia, remoteCode) ?? elements.remoteMedia,
    }
  }
}

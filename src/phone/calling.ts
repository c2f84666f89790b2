import type { Call, MediaElements } from './call.ts'
import type { CallList } from './call-list.ts'
import { isOpen } from './call-conditions.ts'
import { callEvent } from './call-payload.ts'
import type { PhoneEvents, SwitchedCall } from './phone-events.ts'
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

/** How a call is transferred. */
export interface TransferOptions {
  /** Address to send the other party to, without asking there first. Absent: to the other party of the second call. */
  readonly destination?: string
}

/** Makes, answers and switches calls: everything about more than one of them, with its preconditions. */
export class Calling {
  readonly #context: CallingContext

  constructor(context: CallingContext) {
    this.#context = context
  }

  async dial(options: DialOptions): Promise<void> {
    const { address, mediaType, elements } = this.#readDial(options, 'dial', '22')
    const { calls } = this.#context
    if (!this.#context.ready()) refuse('2241', 'dial')
    if (this.#connecting) refuse('2251', 'dial')
    if (calls.foreground) refuse('2252', 'dial')
    await this.#place(address, mediaType, elements, options.headers)
  }

  /** Holds the call one is in and dials a second one; when that ends, the first comes back. */
  async addCall(options: DialOptions): Promise<void> {
    const { address, mediaType, elements } = this.#readDial(options, 'addCall', '39')
    const { calls } = this.#context
    if (!this.#context.ready()) refuse('3941', 'addCall')
    if (this.#connecting) refuse('3951', 'addCall')
    if (calls.all.length > 1) refuse('3961', 'addCall')
    const first = calls.foreground
    // Without a call to hold it is the first one that is dialled.
    if (first && !first.snapshot.hold.local) await first.hold(false)
    await this.#place(address, mediaType, elements, options.headers)
  }

  async answer(options: AnswerOptions = {}): Promise<void> {
    requireOptions(options, '2301', 'answer')
    const elements = this.#readMedia(options, 'answer', '2311', '2312')
    const { calls } = this.#context
    if (!this.#context.ready()) refuse('2321', 'answer')
    const call = calls.incoming
    if (!call) return refuse('2331', 'answer')
    const { action = 'hold', mediaType = call.snapshot.mediaType } = options
    if (action !== 'hold' && action !== 'end') refuse('2341', 'answer')
    const present = calls.foreground
    if (present && action === 'end') await present.hangup()
    else if (present && !present.snapshot.hold.local) await present.hold(false)
    calls.foreground = call
    await call.answer(elements, mediaType)
  }

  async switchCall(): Promise<void> {
    const { calls } = this.#context
    if (!this.#context.ready()) refuse('4201', 'switchCall')
    const from = calls.foreground
    if (!from) return refuse('4202', 'switchCall')
    const to = calls.background
    if (!to) return refuse('4203', 'switchCall')
    if (!from.snapshot.hold.local) await from.hold(false)
    calls.foreground = to
    if (to.snapshot.hold.local && !to.snapshot.hold.explicit) await to.resume()
    this.#context.publish('session:call-switched', {
      from: switched(from),
      to: switched(to),
      timestamp: new Date(),
    })
  }

  /**
   * Joins the other parties of both calls and leaves; or sends the other party of the one call to an address. When it
   * fails both calls are as before.
   */
  async transfer({ destination }: TransferOptions = {}): Promise<void> {
    const { calls } = this.#context
    if (!this.#context.ready()) refuse('4101', 'transfer')
    const call = calls.foreground
    if (!call || call.ended) return refuse('4102', 'transfer')
    if (!isOpen(call)) refuse('4103', 'transfer')
    const held = calls.background
    if (destination === undefined && !held) refuse('4105', 'transfer')
    if (destination === undefined && held && !isOpen(held)) refuse('4103', 'transfer')
    const leaving = destination === undefined && held ? [held, call] : [call]
    const to = destination === undefined ? call : requireAddress(destination, '22', 'transfer')
    const [first = call] = leaving
    let told = false
    const transferred = () => {
      if (!told) first.publish('call:transferred')
      told = true
    }
    for (const each of leaving) each.transferred = transferred
    try {
      await first.transfer(to)
    } catch (error) {
      for (const each of leaving) each.transferred = null
      throw error
    }
  }

  /** A call is over: the one behind it comes back, and is resumed unless the user had held it himself. */
  async ended(call: Call): Promise<void> {
    const { calls } = this.#context
    const wasForeground = calls.foreground === call
    calls.remove(call)
    if (!wasForeground) return
    const behind = calls.background
    if (!behind) return
    calls.foreground = behind
    if (behind.snapshot.hold.local && !behind.snapshot.hold.explicit) await behind.resume()
  }

  get #connecting(): boolean {
    return this.#context.calls.all.some(
      ({ snapshot: { connectedAt, direction, progress } }) =>
        connectedAt === null && (direction === 'outgoing' || progress === 'connecting'),
    )
  }

  async #place(address: string, mediaType: MediaType, elements: MediaElements, headers?: DialOptions['headers']): Promise<void> {
    const call = this.#context.create({ address, uri: address }, mediaType, headers)
    this.#context.calls.foreground = call
    await call.place(elements)
  }

  #readDial(options: DialOptions, method: string, prefix: string): { address: string; mediaType: MediaType; elements: MediaElements } {
    requireOptions(options, `${prefix}01`, method)
    const address = requireAddress(options.destination, prefix, method)
    const mediaType = requireMediaType(options.mediaType, `${prefix}21`, method)
    const elements = this.#readMedia(options, method, `${prefix}31`, `${prefix}32`)
    return { address, mediaType, elements }
  }

  #readMedia(options: MediaElements, method: string, localCode: string, remoteCode: string): MediaElements {
    const { elements } = this.#context
    return {
      localMedia: requireMedia(options.localMedia, localCode, method) ?? elements.localMedia,
      remoteMedia: requireMedia(options.remoteMedia, remoteCode, method) ?? elements.remoteMedia,
    }
  }
}

/** The seed gives the peer's address, the original the whole call: this is both. */
function switched(call: Call): SwitchedCall {
  const { snapshot } = call
  const event = callEvent(snapshot)
  return { ...event, toString: () => snapshot.remote.address }
}

import type { Phone } from '../index.ts'
import type { Participant } from '../phone/phone-events.ts'
import { phoneEventNames } from '../phone/phone-events.ts'
import { legacyMethods } from './legacy-methods.ts'
import { LegacyStory } from './legacy-story.ts'

/** A participant of a conference, with the fields of the original beside ours. */
export interface LegacyParticipant extends Participant {
  /** Address. */
  readonly participant: string
  readonly status: 'active'
}

/** What pages asked of a session. */
export interface LegacySession {
  getId(): string | null
}

/** A phone with the manners of the original SDK. */
export type LegacyPhone = Pick<Phone, keyof Phone> & {
  /** Invites several at once. */
  addParticipants(participants: readonly string[]): void
  getSession(): LegacySession
}

/** Where a phone keeps its old face, whichever copy of this code made it. */
const mark = Symbol.for('att.legacy-phone')

type Method = (...args: unknown[]) => unknown

/** The members of an object, those of the most derived class first. */
function* membersOf(object: object): Generator<readonly [string, PropertyDescriptor]> {
  let prototype: object | null = object
  while (prototype && prototype !== Object.prototype) {
    yield* Object.entries(Object.getOwnPropertyDescriptors(prototype))
    prototype = Object.getPrototypeOf(prototype) as object | null
  }
}

/** By its fields and not by its class: the phone may come from another copy of this code. */
function isPhoneError(error: unknown): boolean {
  return error instanceof Error && 'ErrorCode' in error
}

/** Works detached, `$('#hangup').click(phone.hangup)`, and leaves it to the `error` event to tell of a refusal. */
function detached(phone: Phone, method: Method): Method {
  return (...args) => {
    try {
      return method.apply(phone, args)
    } catch (error) {
      if (!isPhoneError(error)) throw error
      return undefined
    }
  }
}

/** `on` and `off` of the old face: a name that is no event is told by the `error` event, and nothing is thrown. */
function listening(story: LegacyStory): Readonly<Record<string, Method>> {
  return {
    on(name, handler, options) {
      if (typeof name !== 'string' || typeof handler !== 'function') story.refuse('4901', 'on')
      else if (!(phoneEventNames as readonly string[]).includes(name)) story.refuse('4902', 'on')
      else story.events.on(name, handler as () => void, options as { readonly signal?: AbortSignal })
    },
    off: (name, handler) => story.events.off(String(name), handler as (() => void) | undefined),
  }
}

/** The phone as pages of the original see it. The tags see the phone itself: it is one and the same. */
export function legacyPhone(phone: Phone): LegacyPhone {
  const marked = phone as Phone & { [mark]?: LegacyPhone }
  const present = marked[mark]
  if (present) return present
  // Its methods name no call: only one may ring at a time. Its pages know nothing to answer a host by who hands over, and
  // begin without a call.
  phone.configure({ callWaiting: false, dialPlan: 'north-american', allowHandOver: false, resumeCalls: false })
  const story = new LegacyStory(phone)
  const face: PropertyDescriptorMap = {}
  for (const [name, descriptor] of membersOf(phone)) {
    const value: unknown = descriptor.value
    if (Object.hasOwn(face, name) || name === 'constructor' || name === 'line') continue
    if (typeof value === 'function') {
      face[name] = { value: detached(phone, value as Method), configurable: true, enumerable: true, writable: true }
    } else {
      face[name] = { get: (): unknown => Reflect.get(phone, name), configurable: true, enumerable: true }
    }
  }
  const own: Readonly<Record<string, Method>> = { ...listening(story), ...(legacyMethods(phone, story) as object) }
  for (const [name, value] of Object.entries(own)) {
    face[name] = { value: detached(phone, value), configurable: true, enumerable: true, writable: true }
  }
  const made = Object.defineProperties({}, face) as LegacyPhone
  Object.defineProperty(phone, mark, { value: made })
  return made
}

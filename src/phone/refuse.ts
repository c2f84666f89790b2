import { dialledAddress } from './numbers/address.ts'
import type { DialPlan } from './numbers/dial-plan.ts'
import type { NetworkWords } from './phone-error.ts'
import type { MediaType } from './snapshot.ts'

/*
 * What a method asks of its arguments. Every check throws the catalogue's error of its method, in the order of the
 * codes: options, destination or media type, media elements.
 */

/** What a method refuses by its code, before the catalogue's words are put to it. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly words: NetworkWords = {},
    cause?: unknown,
  ) {
    super(code, { cause })
    this.name = 'Refusal'
  }
}

/** A classic script and what it loads on demand have a copy of the class each, so that the name tells. */
export function isRefusal(cause: unknown): cause is Refusal {
  return cause instanceof Error && cause.name === 'Refusal'
}

/** Throws the refusal `code`; the method that runs puts its name to it. */
export function refuse(code: string): never {
  throw new Refusal(code)
}

export function requireOptions(options: unknown, code: string): void {
  if (typeof options !== 'object' || options === null) refuse(code)
}

/** The address to dial, cleaned. `prefix` are the digits of the method: `22` gives 2211, 2212, 2213. */
export function requireAddress(destination: unknown, prefix: string, plan: DialPlan = 'north-american'): string {
  const address = dialledAddress(destination, plan)
  switch (address.kind) {
    case 'missing':
      return refuse(`${prefix}11`)
    case 'uri':
      return refuse(`${prefix}12`)
    case 'invalid':
      return refuse(`${prefix}13`)
    default:
      return address.address
  }
}

/** A header field's name is a token (RFC 3261, 25.1). */
const token = /^[\w.!%*+`'~-]+$/

/** Refuses texts with control characters: a line break would end a header field and begin another one. */
export function requirePlain(texts: readonly unknown[], code: string): void {
  if (texts.some((text) => typeof text === 'string' && /\p{Cc}/u.test(text))) refuse(code)
}

/** Refuses header fields whose name is no token, or whose value holds control characters. */
export function requireHeaders(headers: Readonly<Record<string, string>> | null | undefined, code: string): void {
  const names = Object.keys(headers ?? {})
  if (names.some((name) => !token.test(name))) refuse(code)
  requirePlain(Object.values(headers ?? {}), code)
}

export function requireMediaType(mediaType: unknown, code: string): MediaType {
  if (mediaType === undefined || mediaType === null) return 'video'
  if (mediaType !== 'audio' && mediaType !== 'video') refuse(code)
  return mediaType
}

/** A media element, or nothing: the engine and the tags show the media by themselves then. */
export function requireMedia(element: unknown, code: string): HTMLMediaElement | undefined {
  if (element === undefined || element === null) return undefined
  if (typeof HTMLMediaElement === 'undefined' || !(element instanceof HTMLMediaElement)) refuse(code)
  return element
}

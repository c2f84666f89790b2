import { sdkError } from './error-catalogue.ts'
import { readAddress } from './numbers/address.ts'
import { PhoneError } from './phone-error.ts'
import type { MediaType } from './snapshot.ts'

/*
 * What a method asks of its arguments. Every check throws the catalogue's error of its method, in the order of the
 * codes: options, destination or media type, media elements.
 */

/** Throws the error `code` of `method`. */
export function refuse(code: string, method: string): never {
  throw new PhoneError(sdkError(code), method)
}

export function requireOptions(options: unknown, code: string, method: string): void {
  if (typeof options !== 'object' || options === null) refuse(code, method)
}

/** The address to dial, cleaned. `prefix` are the digits of the method: `22` gives 2211, 2212, 2213. */
export function requireAddress(destination: unknown, prefix: string, method: string): string {
  const address = readAddress(destination)
  switch (address.kind) {
    case 'missing':
      return refuse(`${prefix}11`, method)
    case 'uri':
      return refuse(`${prefix}12`, method)
    case 'invalid':
      return refuse(`${prefix}13`, method)
    default:
      return address.address
  }
}

export function requireMediaType(mediaType: unknown, code: string, method: string): MediaType {
  if (mediaType === undefined || mediaType === null) return 'video'
  if (mediaType !== 'audio' && mediaType !== 'video') refuse(code, method)
  return mediaType
}

/** A media element, or nothing: the engine and the tags show the media by themselves then. */
export function requireMedia(element: unknown, code: string, method: string): HTMLMediaElement | undefined {
  if (element === undefined || element === null) return undefined
  if (typeof HTMLMediaElement === 'undefined' || !(element instanceof HTMLMediaElement)) refuse(code, method)
  return element
}

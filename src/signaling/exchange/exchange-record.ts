import type { MediaType } from '../../media/media-type.ts'
import { isRecord } from './read-event.ts'

/** What another page needs to go on with a leg over an exchange: data alone, and no secret. */
export interface ExchangeRecord {
  readonly call: string
  readonly uri: string
  readonly name?: string
  readonly direction: 'outgoing' | 'incoming'
  readonly mediaType: MediaType
  readonly held: boolean
  readonly remoteHeld: boolean
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 512

/**
 * What a page wrote down of a leg: any script of the site can write there.
 *
 * @throws {TypeError} where it is anything else.
 */
export function readExchangeRecord(value: unknown): ExchangeRecord {
  if (isRecord(value)) {
    const { call, uri, name, direction, mediaType, held, remoteHeld } = value
    const isWhole =
      isText(call) &&
      /^[\w-]+$/.test(call) &&
      isText(uri) &&
      (name === undefined || isText(name)) &&
      (direction === 'outgoing' || direction === 'incoming') &&
      (mediaType === 'audio' || mediaType === 'video') &&
      typeof held === 'boolean' &&
      typeof remoteHeld === 'boolean'
    if (isWhole) return { call, uri, ...(name !== undefined && { name }), direction, mediaType, held, remoteHeld }
  }
  throw new TypeError('A call that was kept cannot be read')
}

import { readExtension } from './dialled-number.ts'

/** In characters, as of an e-mail address (RFC 5321 section 4.5.3.1). */
export const longestAddress = 255
const userId = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._~!$&'*+=-]*$/u
const account = /^[\p{L}\p{M}\p{N}._~!$&'*+=-]+@(?:[\p{L}\p{M}\p{N}.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu

/** The trimmed text if it is `user@domain`, else `null`. */
export function readAccount(text: string): string | null {
  const trimmed = text.trim()
  return trimmed.length <= longestAddress && account.test(trimmed) ? trimmed : null
}

/** The text if it is a bare user id: an extension, or a name that holds a letter; else `null`. */
export function readUserId(text: string): string | null {
  const extension = readExtension(text)
  if (extension) return extension
  // Digits with separators are a number that came out too short or too long, and not a user of that name.
  return text.length <= longestAddress && userId.test(text) && /\p{L}/u.test(text) ? text : null
}

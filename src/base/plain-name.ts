/** Longer ones are cut, counted in characters. */
const limit = 80

/** What ends a line, or turns the text around it: Unicode Bidirectional Algorithm, UAX #9, table 4. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu

/**
 * A name that somebody gave, as one short line that cannot pass for something else; `undefined` where nothing is left.
 * It stays text of others: show it as text, never as markup.
 */
export function plainName(name: string | null | undefined): string | undefined {
  const line = name?.replace(unseen, ' ').replace(/\s+/g, ' ').trim()
  return line ? Array.from(line).slice(0, limit).join('').trim() : undefined
}

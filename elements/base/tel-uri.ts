/** Digits and what is written between them, star codes included. */
const numeric = /^\+?[\d\s().*#-]+$/

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * What the phone dials for a `tel:` or `sip:` link: the number without its separators (RFC 3966, 5.1.1) and parameters,
 * or the user with the domain (RFC 3261, 19.1.1). `null` for any other address, and for a link that calls nobody.
 */
export function dialledByUri(href: string): string | null {
  const [, scheme, rest = ''] = /^\s*(tel|sips?):([^;?]*)/i.exec(href) ?? []
  if (!scheme) return null
  const address = decoded(rest)?.trim() ?? ''
  if (scheme.toLowerCase() !== 'tel') return address || null
  return numeric.test(address) ? address.replace(/[^\d+*#]/g, '') : null
}

/** What is meant by `to`, which may be a number, an address, or a link to one. */
export function dialled(to: string): string {
  return dialledByUri(to) ?? to.trim()
}

/**
 * The link by which a telephone outside the page calls `to`; `null` where it is neither a number nor an address with a
 * domain.
 */
export function telUri(to: string): string | null {
  const address = dialled(to)
  // A hash would begin the fragment.
  if (numeric.test(address)) return `tel:${address.replace(/[^\d+*#]/g, '').replaceAll('#', '%23')}`
  return /^[^\s@:/?#]+@[^\s@/?#]+$/.test(address) ? `sip:${encodeURI(address)}` : null
}

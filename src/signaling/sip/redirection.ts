import { listOf } from './sip-text.ts'

/** The weight of a Contact, 0 to 1 (RFC 3261, 20.10). */
function weightOf(contact: string): number {
  const weight = Number(/;\s*q\s*=\s*([\d.]+)/i.exec(contact.slice(contact.lastIndexOf('>') + 1))?.[1] ?? 1)
  return Number.isFinite(weight) ? weight : 0
}

/**
 * The addresses that a redirection names, best first. Of each only the address counts: header fields and a method in it
 * would be written by who redirects, into a request of ours (RFC 3261, 19.1.5).
 */
export function targetsOf(contacts: readonly string[]): readonly string[] {
  return contacts
    .flatMap(listOf)
    .map((contact) => ({
      uri: (/<(sips?:[^<>\s]+)>/i.exec(contact)?.[1] ?? /^\s*(sips?:[^;,\s]+)/i.exec(contact)?.[1] ?? '')
        .replace(/\?.*$/, '')
        .replace(/;method=[^;]*/gi, ''),
      weight: weightOf(contact),
    }))
    .filter(({ uri }) => uri !== '')
    .sort((one, other) => other.weight - one.weight)
    .map(({ uri }) => uri)
}

import { addressParts } from './address-field.ts'
import { undisguised } from './disguise.ts'
import { listOf } from './sip-text.ts'
import type { Party } from '../signaling.ts'

/** What JsSIP parses `"Bob" <sip:bob@example.com>` into, as far as it is read here. */
export interface NameAddress {
  readonly display_name?: string | null
  readonly uri: { readonly scheme: string; readonly user?: string | null; readonly host: string; toString(): string }
}

/** Whose word counts. */
export interface IdentityOptions {
  readonly trustAssertedIdentity: boolean
  /** Address of this user, `sip:alice@example.com`. */
  readonly ownUri: string
}

/** What is read of a message to know who sends it. */
export interface IdentityFields {
  getHeaders(name: string): readonly string[]
}

/** What is read of a request to know who sends it. */
export interface CallerRequest extends IdentityFields {
  readonly from: NameAddress
}

/** Visual separators have no meaning in a number (RFC 3966, 5.1.1). */
const globalNumber = /^\+[\d.()-]+$/
const anyNumber = /^\+?[\d*#.()-]+$/

/** Parameters that make a user part a number with parameters (RFC 3261, 19.1.6; RFC 4694; RFC 4904; ATIS-1000074). */
const numberParameter = /^(?:phone-context|isub|ext|verstat|npdi|rn|rn-context|cic|cpc|oli|tgrp|trunk-context)(?:=|$)/i

/** Who does not want to be known (RFC 3323, 4.1.1.3). */
const withheldParty = { address: '', uri: 'sip:anonymous@anonymous.invalid', withheld: true } as const satisfies Party

interface Address {
  readonly party: Party
  readonly host: string
  /** What the network found out about the number (ATIS-1000074, 5.2.4); `undefined` where nothing is said. */
  readonly verified?: NonNullable<Party['verified']> | undefined
}

/** A malformed escape stays as it is: it is text from the network. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function verificationOf(parameters: readonly string[]): Address['verified'] {
  const value = parameters.map((each) => /^verstat=(.*)$/i.exec(each)?.[1] ?? '').find((each) => each !== '')
  if (value === undefined) return undefined
  return /^TN-Validation-Passed/i.test(value) ? 'passed' : /^TN-Validation-Failed/i.test(value) ? 'failed' : 'none'
}

/** A user part without the parameters of a number in it. */
function readUser(user: string): { readonly user: string; readonly parameters: readonly string[] } {
  const [first = '', ...parameters] = user.split(';')
  const isNumber = anyNumber.test(first) || parameters.some((each) => numberParameter.test(each))
  return isNumber ? { user: first, parameters } : { user, parameters: [] }
}

/** Who an address names. A global number stands for itself; any other user belongs to its domain. */
function readUri(uri: string, displayName: string): Address | null {
  const [, scheme = '', rest = ''] = /^(tel|sips?):(.*)$/i.exec(uri.trim()) ?? []
  const name = displayName.trim() && { displayName: displayName.trim() }
  if (/^tel$/i.test(scheme)) {
    const [number = '', ...parameters] = rest.split(';')
    const address = unescape(number)
    const party = { address, uri: `tel:${number}`, ...(name && name) }
    return address === '' ? null : { party, host: '', verified: verificationOf(parameters) }
  }
  if (scheme === '') return null
  const at = rest.lastIndexOf('@')
  const [, host = '', tail = ''] = /^([^;?]*)(.*)$/.exec(rest.slice(at + 1)) ?? []
  const domain = host.replace(/^(\[[^\]]*\]|[^:]*).*$/, '$1')
  const whole = at < 0 ? '' : rest.slice(0, at)
  const { user, parameters } = readUser(unescape(whole))
  const address = user === '' ? domain : globalNumber.test(user) ? user : `${user}@${domain}`
  const written = readUser(whole).parameters.length > 0 || parameters.length > 0 ? encodeURIComponent(user) : whole
  const start = at < 0 ? '' : `${written.replace(/%2B/g, '+').replace(/%2A/gi, '*')}@`
  const verified = verificationOf([...parameters, ...tail.split(';')])
  return address === ''
    ? null
    : { party: { address, uri: `${scheme}:${start}${host}${tail}`, ...(name && name) }, host: domain, verified }
}

/** The party an address names. */
export function partyOf({ display_name: displayName, uri }: NameAddress): Party {
  const written = undisguised(uri.toString())
  return readUri(written, displayName ?? '')?.party ?? { address: undisguised(uri.host), uri: written }
}

function addressOf(value: string): Address | null {
  const parts = addressParts(value)
  // A bare address has no parameters but its own (RFC 3325, 9.1).
  return parts && readUri(value.includes('<') ? parts.uri : value, parts.name)
}

/** The party that a value of a field names; `null` where it names none. */
export function partyIn(value: string): Party | null {
  return addressOf(value)?.party ?? null
}

/** Whether the sender wants their identity kept back (RFC 3323, 4.2; RFC 3325, 9.3). */
function isPrivate(message: IdentityFields): boolean {
  return message.getHeaders('Privacy').some((value) => /(?:^|[;,\s])(?:id|user)\s*(?:$|[;,\s])/i.test(value))
}

function isAnonymous({ party: { address }, host }: Address): boolean {
  return /(?:^|\.)(?:anonymous|unknown)\.invalid$/i.test(host) || /^anonymous@/i.test(address)
}

/**
 * The party that the own exchange vouches for, by P-Asserted-Identity (RFC 3325) or what was there before it
 * (Remote-Party-ID); `null` where it does not.
 */
export function assertedOf(message: IdentityFields, { trustAssertedIdentity }: IdentityOptions): Party | null {
  if (!trustAssertedIdentity) return null
  const asserted = message.getHeaders('P-Asserted-Identity').flatMap(listOf)
  const remote = asserted.length > 0 ? [] : message.getHeaders('Remote-Party-ID').flatMap(listOf)
  const value = [...asserted, ...remote].find((each) => addressOf(each) !== null)
  const address = value === undefined ? null : addressOf(value)
  if (!address || value === undefined) return null
  const kept = remote.length > 0 && /;\s*privacy\s*=\s*"?(?:full|uri)/i.test(value)
  if (kept || isPrivate(message) || isAnonymous(address)) return withheldParty
  const { party, verified } = address
  return { ...party, vouchedBy: 'exchange', ...(verified && { verified }) }
}

/** What senders say of themselves. */
export function saidOf(request: CallerRequest, { trustAssertedIdentity, ownUri }: IdentityOptions): Party {
  const { display_name: name, uri } = request.from
  const address = readUri(undisguised(uri.toString()), name ?? '')
  if (isPrivate(request) || (address && isAnonymous(address))) return withheldParty
  if (!address) return partyOf(request.from)
  // What was verified counts where it is the own exchange that says so.
  const isOwn = address.host !== '' && ownUri.toLowerCase().endsWith(`@${address.host.toLowerCase()}`)
  const { party, verified } = address
  return { ...party, ...(trustAssertedIdentity && isOwn && verified && { verified }) }
}

/**
 * Who calls: the identity the network vouches for where there is one and the page trusts the server with it, else what
 * callers say of themselves.
 */
export function callerOf(request: CallerRequest, options: IdentityOptions): Party {
  const said = saidOf(request, options)
  const asserted = assertedOf(request, options)
  if (!asserted) return said
  const { displayName } = said
  return asserted.withheld || asserted.displayName || !displayName ? asserted : { ...asserted, displayName }
}

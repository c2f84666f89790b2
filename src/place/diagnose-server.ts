import type { Cause } from './cause.ts'
import { isOfThisMachine, isSurelyPrivate, looksPrivate } from './address-space.ts'
import type { PermissionAnswer, PlaceFacts } from './place-facts.ts'

/** What is known of a server that could not be reached. */
export interface ServerFacts {
  /** Address of the page. */
  readonly page: URL
  readonly server: URL
  /** Code of a WebSocket that closed. */
  readonly closeCode?: number | undefined
  /** What the person, or the administrator, says of local addresses; `unknown` where the browser does not ask. */
  readonly localNetwork: PermissionAnswer
  readonly loopback: PermissionAnswer
  /** Whether the browser knows where addresses lie, and asks before it reaches them: it has another rule for http then. */
  readonly knowsSpaces: boolean
  /** Whether the browser threw in place of making the connection. */
  readonly refused: boolean
  /** Whether a content security policy stopped it. */
  readonly blockedByPolicy: boolean
  /** What the address answers a plain request by the same scheme, and by the other one (`https:` for `http:`). */
  readonly answers: { readonly same: boolean; readonly other: boolean }
}

const isSecure = ({ protocol }: URL) => protocol === 'https:' || protocol === 'wss:'
const isWebSocket = ({ protocol }: URL) => protocol === 'ws:' || protocol === 'wss:'

/**
 * Whether a page as `page` is stopped from such a server before anything leaves. A browser that knows where addresses
 * lie asks the person in place of it, where the address is a local one for certain.
 */
export function isMixedContent(page: URL, server: URL, knowsSpaces: boolean): boolean {
  if (page.protocol !== 'https:' || isSecure(server) || isOfThisMachine(server.hostname)) return false
  return !knowsSpaces || !isSurelyPrivate(server.hostname)
}

/** Whether the browser asks the person before it reaches this server: from a public page into a local network. */
export function asksForLocalNetwork({ page, server }: Pick<ServerFacts, 'page' | 'server'>): boolean {
  return looksPrivate(server.hostname) && !looksPrivate(page.hostname)
}

/** What the person, or the administrator, says of an address like that of this server. */
export function answerFor({
  server,
  localNetwork,
  loopback,
}: Pick<ServerFacts, 'server' | 'localNetwork' | 'loopback'>): PermissionAnswer {
  return isOfThisMachine(server.hostname) ? loopback : localNetwork
}

/** Why a server could not be reached; `null`: it is down, as far as a browser lets a page see. */
export function diagnoseServer(place: PlaceFacts, facts: ServerFacts): Cause | null {
  const { page, server, closeCode, blockedByPolicy, answers, knowsSpaces, refused } = facts
  if (isMixedContent(page, server, knowsSpaces && !refused)) return 'mixed-content'
  if (blockedByPolicy) return 'content-policy'
  if (closeCode === 1015) return 'untrusted-certificate'
  // What answers was reached: nothing of the local network was in the way.
  if (answers.same) return isWebSocket(server) ? 'wrong-server' : 'site-not-allowed'
  if (answers.other) return 'wrong-server'
  return whyNoLocalNetwork(place, facts) ?? (isSecure(server) ? 'no-secure-server' : null)
}

function whyNoLocalNetwork(place: PlaceFacts, facts: ServerFacts): Cause | null {
  const { server, localNetwork } = facts
  const answer = answerFor(facts)
  const asks = asksForLocalNetwork(facts)
  if (asks && !place.secure && answer !== 'unknown') return 'insecure-page'
  if (asks && place.framed && answer === 'denied') {
    const feature = isOfThisMachine(server.hostname) ? 'loopback-network' : 'local-network'
    return place.policy[feature] === true ? 'local-network-denied' : 'local-network-frame'
  }
  // Who dismissed the question without an answer is asked again: the state is still "prompt".
  if (asks && (answer === 'denied' || answer === 'prompt')) return 'local-network-denied'
  // The name of a server does not tell where it is. Nobody is asked about a local network but by a page that needs it.
  return !asks && !place.framed && place.secure && isName(server.hostname) && localNetwork === 'denied'
    ? 'local-network-denied'
    : null
}

const isName = (host: string) => !looksPrivate(host) && !/^\[|^[\d.]+$/.test(host)

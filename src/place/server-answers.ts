import { isMixedContent } from './diagnose-server.ts'

/** Where an address lies (Local Network Access): a browser that knows reaches it only if it lies there. */
type AddressSpace = 'public'

/** Whether this browser knows where addresses lie. */
export const knowsSpaces = (): boolean => 'targetAddressSpace' in Request.prototype

/** How long an address may take to answer when it is asked what it is, in ms. */
const patience = 2500

/** How long after a connection failed the browser's report of a policy that forbade it may come, in ms. */
const reportDelay = 100

/** What an address does when it is asked as a web site. */
export interface ServerAnswers {
  readonly same: boolean
  readonly other: boolean
  readonly blockedByPolicy: boolean
}

/**
 * Asks an address that could not be used what stands there: by the same security, and by the other one. A page may not
 * read the answer, and learns that there is one (Fetch, `no-cors`).
 *
 * @param space asks no server that lies elsewhere, where the browser knows, so that it does not ask the person either
 */
export async function readServerAnswers(server: URL, page: URL, space?: AddressSpace): Promise<ServerAnswers> {
  const secure = /^(https|wss):$/.test(server.protocol)
  const address = (scheme: string) => new URL(`${scheme}://${server.host}${server.pathname}`)
  const otherAddress = address(secure ? 'http' : 'https')
  const watch = new AbortController()
  const blocked = whenBlocked(server.host, watch.signal)
  try {
    if (await answers(address(secure ? 'https' : 'http'), space))
      return { same: true, other: false, blockedByPolicy: false }
    if (await Promise.race([blocked, new Promise<false>((resolve) => setTimeout(resolve, reportDelay, false))])) {
      return { same: false, other: false, blockedByPolicy: true }
    }
    const other = !isMixedContent(page, otherAddress, knowsSpaces()) && (await answers(otherAddress, space))
    return { same: false, other, blockedByPolicy: false }
  } finally {
    watch.abort()
  }
}

/** Resolves when the content security policy of the page is seen to forbid connections to `host`. */
function whenBlocked(host: string, signal: AbortSignal): Promise<true> {
  return new Promise((resolve) => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI }) => {
        if (effectiveDirective === 'connect-src' && blockedURI.includes(host)) resolve(true)
      },
      { signal },
    )
  })
}

async function answers(address: URL, targetAddressSpace?: AddressSpace): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patience)
    const space = targetAddressSpace && { targetAddressSpace }
    const request = { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal, ...space } as const
    await fetch(address, request)
    return true
  } catch {
    return false
  }
}

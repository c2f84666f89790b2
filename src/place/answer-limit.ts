import { isOfThisMachine, looksPrivate } from './address-space.ts'

/** How long a question of the browser may stay open for a server whose name does not tell where it is, in ms. */
const nameLimit = 60_000

/** The names that browsers gave the permission, the newest first (Local Network Access; Chromium 142, 145; Firefox 153). */
const permissionNames = ['local-network', 'loopback-network', 'local-network-access'] as const

export interface AnswerLimit {
  /** Address of the page. Default: this page's. */
  readonly page?: URL
  readonly permissions?: Pick<Permissions, 'query'> | undefined
}

/**
 * Aborts when a server has not answered within `ms`. Where the browser may have asked the person whether this page may
 * reach the local network, it waits as long as that question is open, and counts anew from the answer: a connection is
 * held back meanwhile, and would be cut under the person's hand.
 */
export function answerLimit(server: URL, ms: number, limit: AnswerLimit = {}): AbortSignal {
  const { page = new URL(globalThis.location?.href ?? 'about:blank'), permissions = navigator.permissions } = limit
  const over = new AbortController()
  const end = () => over.abort(new DOMException(`No answer within ${ms} ms`, 'TimeoutError'))
  const asks = !looksPrivate(page.hostname) && !isPublicNumber(server.hostname)
  setTimeout(() => {
    if (!asks) return end()
    openQuestions(permissions)
      .then((questions) => {
        if (questions.length === 0) return end()
        const answered = new AbortController()
        for (const question of questions) {
          question.addEventListener('change', () => answered.abort(), { signal: answered.signal })
        }
        answered.signal.addEventListener('abort', () => setTimeout(end, ms), { once: true })
        if (!looksPrivate(server.hostname)) setTimeout(end, nameLimit)
      })
      .catch(end)
  }, ms)
  return over.signal
}

function isPublicNumber(host: string): boolean {
  return /^\[|^[\d.]+$/.test(host) && !looksPrivate(host) && !isOfThisMachine(host)
}

async function openQuestions(
  permissions: Pick<Permissions, 'query'> | undefined,
): Promise<readonly PermissionStatus[]> {
  const states = await Promise.all(
    permissionNames.map(async (name) => {
      try {
        return (await permissions?.query({ name: name as PermissionName })) ?? null
      } catch {
        // A name that this browser does not know.
        return null
      }
    }),
  )
  return states.filter((status) => status?.state === 'prompt') as readonly PermissionStatus[]
}

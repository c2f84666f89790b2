import { isOfThisMachine, isPrivateNumber, looksPrivate } from './address-space.ts'

/**
 * The names of the permission to reach a server of the local network (Local Network Access; Chromium 145, Firefox 153),
 * and the one it had before (Chromium 142).
 */
const newerNames = ['local-network', 'loopback-network'] as const
const olderName = 'local-network-access'

/** How long a server is silent before the person hears that their browser may be asking, in ms: by where it looks to be. */
const silence = { local: 500, anywhere: 3000 }

export interface Asking {
  /** Address of the page. Default: this page's. */
  readonly page?: URL
  readonly permissions?: Pick<Permissions, 'query'> | undefined
}

/** Whether the browser may ask the person before this page reaches the server: where its name may lead is not known. */
export function mayBeAsked(server: URL, page = new URL(globalThis.location?.href ?? 'about:blank')): boolean {
  const isPublicNumber = /^\[|^[\d.]+$/.test(server.hostname) && !looksPrivate(server.hostname)
  return !looksPrivate(page.hostname) && !isPublicNumber
}

/** What the person has not been asked yet, or has not answered, about where this server may stand. */
export async function openQuestions(
  server: URL,
  permissions: Asking['permissions'] = globalThis.navigator?.permissions,
): Promise<readonly PermissionStatus[]> {
  const ask = async (name: string): Promise<PermissionStatus | null> => {
    try {
      return (await permissions?.query({ name: name as PermissionName })) ?? null
    } catch {
      // A name that this browser does not know.
      return null
    }
  }
  const newer = await Promise.all(newerNames.map(ask))
  const [local, loopback] = newer
  const about = isOfThisMachine(server.hostname) ? [loopback] : isPrivateNumber(server.hostname) ? [local] : newer
  const known = newer.some(Boolean) ? about : [await ask(olderName)]
  return known.filter((status) => status?.state === 'prompt') as readonly PermissionStatus[]
}

/**
 * Tells when the browser may be asking the person whether this page may reach a server that has been silent, and when
 * they answered. `over`: it has been reached, or has not. Of several servers, separated by blanks, the first counts.
 */
export function watchQuestion(
  { server: servers }: { readonly server?: string | null },
  tell: (asking?: 'local-network') => void,
  over: AbortSignal,
  { page, permissions }: Asking = {},
): void {
  const [first = ''] = (servers ?? '').trim().split(/\s+/)
  if (over.aborted || !URL.canParse(first)) return
  const server = new URL(first)
  if (!mayBeAsked(server, page)) return
  const look = async (): Promise<void> => {
    const questions = await openQuestions(server, permissions)
    if (questions.length === 0 || over.aborted) return
    for (const question of questions) question.addEventListener('change', () => tell(), { signal: over })
    tell('local-network')
  }
  const timer = setTimeout(() => void look(), looksPrivate(server.hostname) ? silence.local : silence.anywhere)
  over.addEventListener('abort', () => clearTimeout(timer), { once: true })
}

import type { Credentials } from '../att-phone/sign-in.ts'

/** Why a visitor gets no token: too many asked for one, or the gateway takes no guests, or is not there. */
export class GuestRefusal extends Error {
  override readonly name = 'GuestRefusal'

  constructor(
    readonly reason: 'busy' | 'refused' | 'unreachable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What the gateway gives a visitor: who the visitor is, and the token that proves it. */
export interface Guest extends Credentials {
  readonly token: string
  readonly userId: string
}

/** Where a guest's token is asked for: `guest` where it names an address, else at the gateway itself. */
export function guestTokenUrl(guest: string, server: string | null): URL {
  return guest ? new URL(guest, document.baseURI) : new URL('/guest-tokens', new URL(server ?? '', document.baseURI))
}

/**
 * Asks the gateway for a token that calls nobody but those whom its owner allows. No cookie goes along: the answer is
 * the same for every visitor.
 *
 * @throws {GuestRefusal} when there is none for this visitor now.
 */
export async function askGuestToken(url: URL, signal: AbortSignal): Promise<Guest> {
  let response: Response
  try {
    response = await fetch(url, { method: 'POST', credentials: 'omit', signal })
  } catch (error) {
    signal.throwIfAborted()
    throw new GuestRefusal('unreachable', `${url.origin} does not answer`, { cause: error })
  }
  if (!response.ok) {
    const reason = response.status === 429 ? 'busy' : 'refused'
    throw new GuestRefusal(reason, `${url.origin} gives no guest token: status ${response.status}`)
  }
  const body: unknown = await response.json().catch(() => null)
  const { access_token: token, user_id: userId } = (body ?? {}) as Readonly<Record<string, unknown>>
  if (typeof token !== 'string' || typeof userId !== 'string') {
    throw new GuestRefusal('refused', `${url.origin} answers without access_token or user_id`)
  }
  return { token, userId }
}

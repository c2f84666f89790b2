import { header, parameter, readMessage, type SipMessage } from './sip-message.ts'
import type { SipCredentials } from './sip-options.ts'

/** How the answer to a challenge is made. */
interface Scheme {
  readonly kind: 'SHA-256' | 'Bearer'
  readonly nonce: string
}

/** What is needed to answer the registrar again without being asked. */
interface Reusable {
  readonly realm: string
  readonly nonce: string
  readonly qop: boolean
  readonly algorithm: 'MD5' | 'SHA-256'
  readonly opaque: string
  count: number
}

/** Digest hashes by name. MD5 comes from outside: the platform has none. */
export type Hash = (text: string) => string | Promise<string>

const challengeNames = { 401: 'www-authenticate', 407: 'proxy-authenticate' } as const

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Answers the challenges that JsSIP does not know: digest by SHA-256 (RFC 8760) and bearer tokens (RFC 8898).
 *
 * JsSIP answers MD5 and nothing else, but keeps the books: sequence numbers, retries, nonces. So a challenge of another
 * kind reaches it as one for MD5, and its answer is rewritten on the way out. Secrets leave only when they were asked
 * for, and only towards who asked.
 */
export class SipChallenge {
  credentials: SipCredentials = {}
  readonly #md5: Hash
  readonly #schemes = new Map<string, Scheme>()
  #tokens = 0
  #reusable: Reusable | null = null

  constructor(md5: Hash) {
    this.#md5 = md5
  }

  /** The response as JsSIP shall see it. */
  incoming(message: SipMessage, text: string): string {
    const name = challengeNames[message.status as keyof typeof challengeNames] as string | undefined
    const challenges = name ? (message.headers.get(name) ?? []) : []
    if (!name || challenges.length === 0) return text
    // The topmost that can be answered counts (RFC 8760, 2.4).
    const chosen = challenges.find((challenge) => this.#kindOf(challenge))
    if (!chosen) return text
    const rewritten = this.#translate(chosen, message)
    const line = new RegExp(`^${name}[ \\t]*:.*(\\r\\n[ \\t].*)*\\r\\n`, 'gim')
    const [head = '', ...body] = text.split('\r\n\r\n')
    const bare = `${head}\r\n`.replace(line, '')
    return [`${bare}${name === 'www-authenticate' ? 'WWW' : 'Proxy'}-Authenticate: ${rewritten}`, ...body].join(
      '\r\n\r\n',
    )
  }

  /** The request as it shall leave. Settled at once when there is nothing to rewrite. */
  outgoing(text: string): string | Promise<string> {
    const line = /^((?:Proxy-)?Authorization): (Digest .*)$/m.exec(text)
    const scheme = line?.[2] ? this.#schemes.get(parameter(line[2], 'nonce')) : undefined
    if (!line || !scheme) return text
    const [whole, name = '', answer = ''] = line
    if (scheme.kind === 'Bearer') return text.replace(whole, () => `${name}: Bearer ${this.credentials.token ?? ''}`)
    return this.#digest(answer, readMessage(text)).then((digest) => text.replace(whole, () => `${name}: ${digest}`))
  }

  /**
   * An `Authorization` for the next REGISTER to `uri` that need not wait to be asked: the last message of a page that
   * is going away has no time for a second try. Empty when the registrar never asked.
   */
  async preempt(uri: string, username: string): Promise<string> {
    const { token } = this.credentials
    const last = this.#reusable
    if (token && [...this.#schemes.values()].some(({ kind }) => kind === 'Bearer')) return `Bearer ${token}`
    if (!last || !this.credentials.password) return ''
    const count = (++last.count).toString(16).padStart(8, '0')
    const fields = [
      `algorithm=${last.algorithm}`,
      `username="${username}"`,
      `realm="${last.realm}"`,
      `nonce="${last.nonce}"`,
      `uri="${uri}"`,
      ...(last.opaque ? [`opaque="${last.opaque}"`] : []),
      ...(last.qop ? ['qop=auth', `cnonce="${crypto.randomUUID().slice(0, 12)}"`, `nc=${count}`] : []),
    ]
    const answer = `Digest ${fields.join(', ')}`
    const response = await this.#response(answer, 'REGISTER', '', last.algorithm === 'MD5' ? this.#md5 : sha256)
    return `${answer}, response="${response}"`
  }

  #kindOf(challenge: string): 'MD5' | 'SHA-256' | 'Bearer' | null {
    if (/^Bearer\b/i.test(challenge)) return this.credentials.token ? 'Bearer' : null
    if (!/^Digest\b/i.test(challenge) || !this.credentials.password) return null
    const algorithm = parameter(challenge, 'algorithm').toUpperCase() || 'MD5'
    // Hashes of the platform are there in a secure context only.
    if (algorithm === 'SHA-256') return 'subtle' in crypto ? 'SHA-256' : null
    return algorithm === 'MD5' ? 'MD5' : null
  }

  #translate(challenge: string, message: SipMessage): string {
    const kind = this.#kindOf(challenge)
    if (kind === 'Bearer') {
      const nonce = `bearer-${++this.#tokens}`
      this.#schemes.set(nonce, { kind, nonce })
      return `Digest realm="${parameter(challenge, 'realm')}", nonce="${nonce}", algorithm=MD5`
    }
    const nonce = parameter(challenge, 'nonce')
    if (message.method === 'REGISTER') {
      this.#reusable = {
        realm: parameter(challenge, 'realm'),
        nonce,
        qop: /\bauth\b(?!-)/.test(parameter(challenge, 'qop')),
        algorithm: kind ?? 'MD5',
        opaque: parameter(challenge, 'opaque'),
        count: 1,
      }
    }
    if (kind !== 'SHA-256') return challenge
    this.#schemes.set(nonce, { kind, nonce })
    return challenge.replace(/algorithm\s*=\s*"?SHA-256"?/i, 'algorithm=MD5')
  }

  async #digest(answer: string, message: SipMessage | null): Promise<string> {
    const response = await this.#response(answer, message?.method ?? '', message?.body ?? '', sha256)
    return answer
      .replace('algorithm=MD5', 'algorithm=SHA-256')
      .replace(/response="[^"]*"/, () => `response="${response}"`)
  }

  /** The response of RFC 7616, 3.4.1, to the fields of an answer. */
  async #response(answer: string, method: string, body: string, hash: Hash): Promise<string> {
    const field = (name: string) => parameter(answer, name)
    const qop = field('qop')
    const a1 = await hash(`${field('username')}:${field('realm')}:${this.credentials.password ?? ''}`)
    const a2 = await hash(`${method}:${field('uri')}${qop === 'auth-int' ? `:${await hash(body)}` : ''}`)
    const middle = qop ? `${field('nonce')}:${field('nc')}:${field('cnonce')}:${qop}` : field('nonce')
    return hash(`${a1}:${middle}:${a2}`)
  }
}

/** Whether this response asks for credentials. */
export function isChallenge(message: SipMessage): boolean {
  return message.status in challengeNames && header(message, challengeNames[message.status as 401 | 407]) !== ''
}

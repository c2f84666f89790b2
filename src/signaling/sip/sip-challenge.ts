import { newId } from '../../place/new-id.ts'
import { isLoopback } from './loopback.ts'
import { header, parameter, readMessage, type SipMessage } from './sip-message.ts'
import type { SipCredentials } from './sip-options.ts'

/** A digest hash by name. MD5 comes from outside: the platform has none. */
export type Hash = (text: string) => string | Promise<string>

/** Which header field asks, and which one answers, by status (RFC 3261, 22). */
const fields = {
  401: { asks: 'WWW-Authenticate', answers: 'Authorization' },
  407: { asks: 'Proxy-Authenticate', answers: 'Proxy-Authorization' },
} as const

type ChallengeStatus = keyof typeof fields
type HashName = 'MD5' | 'SHA-256'

interface Challenge {
  readonly status: ChallengeStatus
  /** As it is quoted: what is escaped in it stays so in the answer (RFC 7616, 3.4, `unq`). */
  readonly realm: string
  readonly scheme: 'Bearer' | 'Digest'
  readonly hash: HashName
  /** `MD5-sess`, `SHA-256-sess`. */
  readonly session: boolean
  readonly algorithm: string
  readonly nonce: string
  readonly opaque: string | undefined
  readonly qop: 'auth' | 'auth-int' | ''
  readonly stale: boolean
  /** How often it was answered. */
  count: number
}

/** What the registrar showed of itself. */
interface Trusted {
  /** The one it was answered by last. */
  challenge: Challenge
  /** How it may ask: `Bearer`, or the hashes it offered. A weaker one later is not from it. */
  readonly ways: ReadonlySet<string>
}

/** A request of ours that waits for its answer. */
interface Request {
  readonly method: string
  readonly answered: readonly Challenge[]
}

/** JsSIP answers twice at most: a challenge, and one that calls the answer stale. */
const answersLimit = 2

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Answers challenges: digest (RFC 7616, RFC 8760: MD5 and SHA-256, with `-sess`) and bearer tokens (RFC 8898).
 *
 * JsSIP never has the secret. It keeps the books (sequence numbers, retries): a challenge that may be answered reaches
 * it as one with nothing in it, and its answer is replaced on the way out. A challenge that may not reaches it without
 * what asks, so that the request fails.
 *
 * Every side that answers a request can ask for the secret, a far phone too. Only the registrar is believed: what asked
 * our own REGISTER names the realm and the way, and everybody else has to ask like that.
 */
export class SipChallenge {
  credentials: SipCredentials = {}
  /** User name of the account. */
  username = ''
  readonly #md5: (text: string) => string
  /** Further realms whose proxies get a digest. */
  readonly #realms: readonly string[]
  readonly #trusted = new Map<ChallengeStatus, Trusted>()
  /** Requests under way, by the branch of their Via: what a response says of itself can be a lie. */
  readonly #requests = new Map<string, Request>()
  /** What is to be answered, by the nonce that JsSIP got in its place. */
  readonly #promised = new Map<string, readonly Challenge[]>()
  /** Answers that were made ahead of a challenge. */
  #prepared: readonly string[] = []
  #count = 0
  #url = ''

  constructor(md5: (text: string) => string, realms: readonly string[] = []) {
    this.#md5 = md5
    this.#realms = realms
  }

  /** There is a connection to this server. Another one may be another registrar. */
  connected(url: string): void {
    this.#requests.clear()
    this.#promised.clear()
    if (url === this.#url) return
    this.#url = url
    this.#trusted.clear()
    this.#prepared = []
  }

  /** The response as JsSIP shall see it. */
  incoming(message: SipMessage, text: string): string {
    const branch = parameter(header(message, 'via'), 'branch')
    const request = this.#requests.get(branch)
    if (message.status >= 200) this.#requests.delete(branch)
    if (!isChallenge(message)) return text
    const chosen = request ? this.#choose(message, request) : 'nobody here asked'
    const head = text.slice(0, text.indexOf('\r\n\r\n') + 2)
    const rest = text.slice(head.length)
    const bare = head.replace(/^(?:WWW|Proxy)-Authenticate[ \t]*:.*\r\n(?:[ \t].*\r\n)*/gim, '')
    if (typeof chosen === 'string') return bare.replace(/^(SIP\/2\.0 \d+).*/, `$1 ${chosen}`) + rest
    const nonce = `att-${++this.#count}`
    const answered = request?.answered ?? []
    const { status, realm } = chosen
    const others = answered.filter((other) => other.status !== status || other.realm !== realm)
    this.#promised.set(nonce, [...others, chosen])
    const stale = answered.length > 0 ? ', stale=true' : ''
    return `${bare}${fields[status].asks}: Digest realm="att", nonce="${nonce}", algorithm=MD5${stale}\r\n${rest}`
  }

  /** The request as it shall leave. Settled at once unless the platform has to hash. */
  outgoing(text: string): string | Promise<string> {
    const message = readMessage(text)
    if (!message || message.status > 0 || message.method === 'ACK') return text
    const written = [...message.headers].flatMap(([name, values]) =>
      name === 'authorization' || name === 'proxy-authorization' ? values : [],
    )
    const nonces = written.map((value) => parameter(value, 'nonce')).filter((nonce) => this.#promised.has(nonce))
    const latest = nonces.reduce((best, nonce) => (Number(nonce.slice(4)) > Number(best.slice(4)) ? nonce : best), '')
    const answered = this.#promised.get(latest) ?? []
    for (const nonce of nonces) this.#promised.delete(nonce)
    this.#requests.set(parameter(header(message, 'via'), 'branch'), { method: message.method, answered })
    if (written.length === 0) return text
    const bare = (kept: readonly string[]) =>
      text.replace(/^(?:Proxy-)?Authorization: .*\r\n/gm, (line) => (kept.includes(line.trimEnd()) ? line : ''))
    if (answered.length === 0) return bare(this.#prepared)
    const uri = text.split(' ', 2)[1] ?? ''
    const lines = answered.map((challenge) =>
      this.#line(challenge, { method: message.method, uri, body: message.body }),
    )
    const write = (whole: readonly string[]) => bare([]).replace('\r\n', () => `\r\n${whole.join('\r\n')}\r\n`)
    if (lines.every((line) => typeof line === 'string')) return write(lines)
    return Promise.all(lines.map(async (line) => line)).then(write)
  }

  /**
   * Header fields for the next REGISTER to `uri` that need not wait to be asked: the last message of a page that is
   * going away has no time for a second try. None when the registrar never asked.
   */
  async prepare(uri: string): Promise<readonly string[]> {
    const challenges = [...this.#trusted.values()].map(({ challenge }) => challenge)
    const usable = challenges.filter((challenge) => this.#refusesWay(challenge) === null)
    this.#prepared = await Promise.all(
      usable.map(async (challenge) => this.#line(challenge, { method: 'REGISTER', uri, body: '' })),
    )
    return this.#prepared
  }

  /** The challenge to answer, or why none is. The topmost that can be answered counts (RFC 8760, 2.4). */
  #choose(message: SipMessage, { method, answered }: Request): Challenge | string {
    const status = message.status as ChallengeStatus
    const all = (message.headers.get(fields[status].asks.toLowerCase()) ?? []).map((text) => challengeOf(text, status))
    const known = all.filter((challenge) => challenge !== null)
    let why: string | null = null
    for (const challenge of known) {
      const said = answered.some((other) => other.realm === challenge.realm && other.status === status)
      // What was answered before was wrong.
      if ((said && !challenge.stale) || answered.length >= answersLimit) return plain(message.reason)
      const refused = this.#refusesWay(challenge) ?? this.#refuses(challenge, method)
      if (refused === null) {
        if (method === 'REGISTER') this.#learn(challenge, known)
        return challenge
      }
      why ??= refused
    }
    return why ?? plain(message.reason)
  }

  /** Why this kind of answer cannot be given at all. */
  #refusesWay({ scheme, hash, nonce }: Challenge): string | null {
    const { password, token } = this.credentials
    if (scheme === 'Bearer') {
      if (!token) return 'A token was asked for - this account has a password'
      // It would end the header field, and begin another one.
      if (/[\u0000-\u0020\u007f]/.test(token)) return 'The token holds a blank or a control character'
      const open = !/^wss:/i.test(this.#url) && !isLoopback(this.#url)
      return open ? 'A token is sent over wss only' : null
    }
    if (!password) return 'A password was asked for - this account has a token'
    if (!nonce) return 'A challenge without a nonce'
    // Hashes of the platform are there in a secure context only.
    return hash === 'SHA-256' && !('subtle' in crypto) ? 'SHA-256 needs a page on https' : null
  }

  /** Why this one gets nothing: who asks is not who may. */
  #refuses({ status, realm, scheme, hash }: Challenge, method: string): string | null {
    const way = scheme === 'Bearer' ? scheme : hash
    const foreign = `A foreign realm asked for the secret and got nothing - ${plain(realm)}`
    if (method === 'REGISTER') {
      const before = this.#trusted.get(status)
      return before && before.challenge.realm !== realm ? foreign : null
    }
    const own = [...this.#trusted.values()].filter(({ challenge }) => challenge.realm === realm)
    if (own.some(({ ways }) => ways.has(way))) return null
    if (own.length > 0) return `The secret was asked for in a way that the registrar does not use - ${way}`
    return status === 407 && scheme === 'Digest' && this.#realms.includes(unquoted(realm)) ? null : foreign
  }

  #learn(challenge: Challenge, all: readonly Challenge[]): void {
    const ways = all.filter(({ realm }) => realm === challenge.realm).map(({ scheme, hash }) => [scheme, hash] as const)
    this.#trusted.set(challenge.status, {
      challenge,
      ways: new Set(ways.map(([scheme, hash]) => (scheme === 'Bearer' ? scheme : hash))),
    })
  }

  #line(challenge: Challenge, request: DigestRequest): string | Promise<string> {
    const name = fields[challenge.status].answers
    if (challenge.scheme === 'Bearer') return `${name}: Bearer ${this.credentials.token ?? ''}`
    const count = (++challenge.count).toString(16).padStart(8, '0')
    const cnonce = newId().slice(0, 13)
    const { realm, nonce, opaque, qop, algorithm, session } = challenge
    const username = quoted(this.username)
    const account = { username, password: this.credentials.password ?? '' }
    const written = [
      `algorithm=${algorithm}`,
      `username="${username}"`,
      `realm="${realm}"`,
      `nonce="${nonce}"`,
      `uri="${request.uri}"`,
      ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
      ...(qop ? [`qop=${qop}`, `nc=${count}`] : []),
      ...(qop || session ? [`cnonce="${cnonce}"`] : []),
    ].join(', ')
    const steps = digest(challenge, { ...account, ...request, cnonce, count })
    const response = drive(steps, challenge.hash === 'MD5' ? this.#md5 : sha256)
    const line = (text: string) => `${name}: Digest ${written}, response="${text}"`
    return typeof response === 'string' ? line(response) : response.then(line)
  }
}

/** Whether this response asks for credentials. */
export function isChallenge(message: SipMessage): boolean {
  return (
    message.status in fields && header(message, fields[message.status as ChallengeStatus].asks.toLowerCase()) !== ''
  )
}

/** Reads a challenge; `null` when it is of a kind that is not known here. */
function challengeOf(text: string, status: ChallengeStatus): Challenge | null {
  const [, scheme = '', rest = ''] = /^\s*(Digest|Bearer)\b(.*)$/i.exec(text) ?? []
  if (!scheme) return null
  const values = new Map<string, string>()
  for (const [, name = '', inQuotes, bare = ''] of rest.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g))
    if (!values.has(name.toLowerCase())) values.set(name.toLowerCase(), inQuotes ?? bare)
  const algorithm = values.get('algorithm') || 'MD5'
  const [, hash = '', session] = /^(MD5|SHA-256)(-sess)?$/i.exec(algorithm) ?? []
  const qops = (values.get('qop') ?? '').toLowerCase().split(/[\s,]+/)
  const qop = (['auth', 'auth-int'] as const).find((name) => qops.includes(name))
  const isBearer = /^bearer$/i.test(scheme)
  if (!isBearer && (!hash || (values.get('qop') && !qop))) return null
  return {
    status,
    realm: values.get('realm') ?? '',
    scheme: isBearer ? 'Bearer' : 'Digest',
    hash: hash.toUpperCase() === 'SHA-256' ? 'SHA-256' : 'MD5',
    session: Boolean(session),
    algorithm,
    nonce: values.get('nonce') ?? '',
    opaque: values.get('opaque'),
    qop: qop ?? '',
    stale: values.get('stale')?.toLowerCase() === 'true',
    count: 0,
  }
}

interface DigestRequest {
  readonly method: string
  readonly uri: string
  readonly body: string
}

interface DigestInput extends DigestRequest {
  readonly username: string
  readonly password: string
  readonly cnonce: string
  readonly count: string
}

/** The response of RFC 7616, 3.4.1: gives what is to be hashed, takes its hash. */
function* digest({ realm, nonce, qop, session }: Challenge, input: DigestInput): Generator<string, string, string> {
  const { username, password, method, uri, body, cnonce, count } = input
  const account = yield `${username}:${realm}:${password}`
  const a1 = session ? yield `${account}:${nonce}:${cnonce}` : account
  const entity = qop === 'auth-int' ? `:${yield body}` : ''
  const a2 = yield `${method}:${uri}${entity}`
  return yield qop ? `${a1}:${nonce}:${count}:${cnonce}:${qop}:${a2}` : `${a1}:${nonce}:${a2}`
}

/** Runs it with a hash that may take its time. */
function drive(steps: Generator<string, string, string>, hash: Hash): string | Promise<string> {
  const on = ({ done, value }: IteratorResult<string, string>): string | Promise<string> => {
    if (done) return value
    const hashed = hash(value)
    return typeof hashed === 'string' ? on(steps.next(hashed)) : hashed.then((text) => on(steps.next(text)))
  }
  return on(steps.next())
}

const quoted = (text: string): string => text.replace(/["\\]/g, '\\$&')
const unquoted = (text: string): string => text.replace(/\\(.)/g, '$1')

/** Words from the network as a Reason-Phrase that JsSIP takes. */
const plain = (text: string): string => text.replace(/[^\w .,'()-]/g, '?').slice(0, 100)

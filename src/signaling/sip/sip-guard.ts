import { logger } from '../../base/log.ts'
import { newId } from '../../place/new-id.ts'
import { readableAddress } from './address-field.ts'
import { readableName, readableUri, undisguised } from './disguise.ts'
import { isReadable } from './parsed-once.ts'
import { ReliableAnswers } from './reliable-answers.ts'
import { bodyOf } from './sip-body.ts'
import { readMessage } from './sip-message.ts'
import { field, readText, tokensOf, valueOf, writeText, type SipField, type SipText } from './sip-text.ts'

const log = logger('att-phone.sip')

/** The largest message that is read, in characters, and the most fields: more than any phone or exchange sends. */
const sizeLimit = 256 * 1024
const fieldLimit = 512
/** How many requests of ours are remembered until they are answered. */
const memory = 256

/** What an extension asks for and we do (RFC 3261, 20.32). */
const supported: ReadonlySet<string> = new Set([
  '100rel',
  'timer',
  'replaces',
  'outbound',
  'path',
  'gruu',
  'ice',
  'norefersub',
])

const methods = 'INVITE,ACK,CANCEL,BYE,UPDATE,PRACK,OPTIONS,REFER,INFO,NOTIFY'

/** Messages whose body is a description of media, where they have one. */
const described = /^(INVITE|UPDATE|ACK|PRACK)$/

/** The shortest session interval that is taken, and the one that is told to who asks for less, in s (RFC 4028, 5). */
const shortestSession = 60
const minSession = 90

/** The fields JsSIP parses, and drops a message for when it cannot. */
const grammar: Readonly<Record<string, { readonly rule: string; readonly kind?: 'address' | 'needed' }>> = {
  via: { rule: 'Via', kind: 'needed' },
  from: { rule: 'From', kind: 'address' },
  to: { rule: 'To', kind: 'address' },
  contact: { rule: 'Contact', kind: 'address' },
  'record-route': { rule: 'Record_Route', kind: 'address' },
  'refer-to': { rule: 'Refer_To', kind: 'address' },
  'call-id': { rule: 'Call_ID', kind: 'needed' },
  cseq: { rule: 'CSeq', kind: 'needed' },
  replaces: { rule: 'Replaces', kind: 'needed' },
  'max-forwards': { rule: 'Max_Forwards' },
  'content-type': { rule: 'Content_Type' },
  'www-authenticate': { rule: 'WWW_Authenticate' },
  'proxy-authenticate': { rule: 'Proxy_Authenticate' },
  'session-expires': { rule: 'Session_Expires' },
  event: { rule: 'Event' },
}

/** A message that cannot be handed on as it came: what its sender is told. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly fields: readonly SipField[] = [],
  ) {
    super(message)
  }
}

export interface GuardOptions {
  readonly send: (text: string) => void
  /** Who we are now: address of our Contact, the users that mean us, our domain. */
  readonly self: () => { readonly contact: string; readonly users: readonly string[]; readonly domain: string }
  /** Answers to this invitation are of no use: each is acknowledged and ended (RFC 3261, 13.2.2.4). */
  readonly onUnusable: (response: string) => void
  /** Nobody confirmed a provisional answer to this invitation (RFC 3262, 3). */
  readonly onUnconfirmed: (callId: string) => void
}

/** A request of ours that has no final answer yet. */
interface Sent {
  readonly request: SipText
  readonly method: string
}

/**
 * The room between the connection and JsSIP. JsSIP says nothing of a message it cannot read: nobody rings, nobody
 * answers, nobody is told. So each that comes in ends in one of three ways: it is handed on, in words JsSIP reads; a
 * request is answered with what is wrong with it; a response that cannot be used becomes a failure, which ends what
 * waits for it. See docs/decisions/a-room-before-jssip.md.
 */
export class SipGuard {
  readonly #options: GuardOptions
  readonly #reliable: ReliableAnswers
  /** By the branch of their Via. */
  readonly #sent = new Map<string, Sent>()
  /** Branches of invitations whose failure was made here: the far side must not see them acknowledged. */
  readonly #silenced = new Set<string>()

  constructor(options: GuardOptions) {
    this.#options = options
    this.#reliable = new ReliableAnswers(options.send, options.onUnconfirmed)
  }

  /** The message as JsSIP shall have it; `null` when it has been dealt with. */
  incoming(text: string): string | null {
    if (text.trim() === '') return text
    const message = text.length <= sizeLimit ? readText(text) : null
    if (!message || message.fields.length > fieldLimit) {
      log.warn('A message was dropped: it is no SIP, or too large', text.length)
      return null
    }
    const isResponse = message.first.startsWith('SIP/2.0 ')
    try {
      return isResponse ? this.#response(message, text) : this.#request(message, text)
    } catch (thrown) {
      // A fault of ours is no reason for silence: who sent the message waits for an answer.
      const error = thrown instanceof Refusal ? thrown : new Refusal(500, 'Server Internal Error')
      log.warn(`A message was refused: ${error.message}`, message.first, thrown)
      if (isResponse)
        return this.#failure(
          message,
          `${error.message.startsWith('Bad') ? 'The answer cannot be read: ' : ''}${error.message}`,
        )
      this.#refuse(message, error)
      return null
    }
  }

  /** A message of JsSIP as it shall leave; `null` when it must not. */
  outgoing(text: string): string | null {
    const plain = undisguised(text)
    if (plain.startsWith('SIP/2.0 ')) return this.#reliable.outgoing(withOwnAllow(plain))
    const message = readText(plain)
    if (!message) return plain
    const [method = ''] = message.first.split(' ', 1)
    const branch = branchOf(message)
    if (method === 'ACK') return this.#silenced.delete(branch) ? null : plain
    if (method === 'CANCEL') return plain
    this.#sent.set(branch, { request: message, method })
    const [oldest] = this.#sent.keys()
    if (this.#sent.size > memory && oldest !== undefined) this.#sent.delete(oldest)
    const own = withOwnAllow(plain)
    return method === 'INVITE' ? own.replace('\r\nSupported: ', '\r\nSupported: 100rel,') : own
  }

  /** JsSIP failed over a request: who sent it is told, unless an answer left before. */
  failed(text: string): void {
    const message = readText(text)
    if (message && !message.first.startsWith('SIP/2.0 '))
      this.#refuse(message, new Refusal(500, 'Server Internal Error'))
  }

  close(): void {
    this.#reliable.close()
    this.#sent.clear()
    this.#silenced.clear()
  }

  #request(message: SipText, text: string): string | null {
    const [method = '', uri = '', version = ''] = message.first.split(' ')
    if (/^SIP\/\d/i.test(version) && version !== 'SIP/2.0') throw new Refusal(505, 'Version Not Supported')
    if (version !== 'SIP/2.0' || !/^[\w.!%*+`'~-]+$/.test(method)) throw new Refusal(400, 'Bad Request Line')
    const readable = readableFields(message, 'refer-to', (address) => this.#reachable(address))
    if (methodOf(message) !== method) throw new Refusal(400, 'CSeq Of Another Method')
    const target = this.#target(method, uri)
    if (method !== 'ACK' && method !== 'CANCEL') requireKnown(message)
    // RFC 3515, 2.4.2. JsSIP keeps the last of several.
    if (method === 'REFER' && message.fields.filter(({ name }) => name === 'refer-to').length !== 1)
      throw new Refusal(400, 'One Refer-To Is Needed')
    if (method === 'PRACK') {
      const confirmed = this.#reliable.confirm(message)
      this.#refuse(message, confirmed ? new Refusal(200, 'OK') : new Refusal(481, 'Nothing To Confirm'))
      return null
    }
    if (method === 'NOTIFY' && valueOf(readable, 'event') === undefined) throw new Refusal(489, 'Bad Event')
    const opensDialog = method === 'INVITE' && !hasTag(valueOf(message, 'to') ?? '')
    if (opensDialog && valueOf(readable, 'contact') === undefined) throw new Refusal(400, 'No Contact To Answer To')
    const bodied = described.test(method) ? withPlainBody(readable, method !== 'ACK') : readable
    requireLongSession(message, method)
    if (opensDialog) this.#reliable.invited(message)
    const first = target === uri ? message.first : `${method} ${target} SIP/2.0`
    return bodied === message && first === message.first ? text : writeText({ ...bodied, first })
  }

  /** The Request-URI as JsSIP knows us by it. */
  #target(method: string, uri: string): string {
    if (!/^sips?:/i.test(uri)) throw new Refusal(416, 'Unsupported URI Scheme')
    const readable = readableUri(uri)
    if (readable === null) throw new Refusal(400, 'Bad Request-URI')
    const { contact, users } = this.#options.self()
    const user = decoded(/^sips?:([^@;?]*)@/i.exec(readable)?.[1]?.split(':')[0] ?? '')
    if (user === '') return method === 'OPTIONS' ? contact : readable
    if (users.includes(user)) return readable
    return users.some((own) => own.toLowerCase() === user.toLowerCase()) ? contact : readable
  }

  /** A number is reached by our own exchange (RFC 3261, 19.1.6). */
  #reachable(address: string): string {
    if (!/^tel:/i.test(address)) return address
    const [number = ''] = address.slice(4).split(';')
    return `sip:${number}@${this.#options.self().domain};user=phone`
  }

  #response(message: SipText, text: string): string | null {
    const status = Number(/^SIP\/2\.0 (\d{3})\b/.exec(message.first)?.[1] ?? 0)
    if (status < 100 || status > 699) throw new Refusal(502, 'An answer could not be read: it has no status')
    const branch = branchOf(message)
    const sent = this.#sentFor(message)
    const isRedirection = status >= 300 && status < 400
    const readable = readableFields(message, isRedirection ? 'contact' : '', (address) => this.#reachable(address))
    const bodied = described.test(methodOf(message)) ? withPlainBody(readable, false) : readable
    if (status < 200) {
      const response = readMessage(text)
      if (response && !this.#reliable.counts(response)) return null
    } else {
      const opensDialog = sent?.method === 'INVITE' && !hasTag(valueOf(sent.request, 'to') ?? '')
      if (opensDialog && status < 300 && valueOf(readable, 'contact') === undefined) {
        const why =
          valueOf(message, 'contact') === undefined ? 'The answer has no Contact' : 'The Contact cannot be read'
        this.#options.onUnusable(text)
        throw new Refusal(502, why)
      }
      // An invitation may be answered more than once.
      if (sent && sent.method !== 'INVITE') this.#sent.delete(branch)
    }
    return bodied === message ? text : writeText(bodied)
  }

  /** What waits for this response fails in its stead. */
  #failure(response: SipText, why: string): string | null {
    const branch = branchOf(response)
    const sent = this.#sentFor(response)
    // A provisional one is no end, and one that nobody waits for has none to bring.
    if (!sent || response.first.startsWith('SIP/2.0 1')) return null
    this.#sent.delete(branch)
    const isAnswer = response.first.startsWith('SIP/2.0 2')
    if (sent.method === 'INVITE' && isAnswer) this.#silenced.add(branch)
    const value = (name: string) => valueOf(sent.request, name) ?? ''
    const to = hasTag(value('to')) ? value('to') : `${value('to')};tag=unreadable`
    const fields = [
      field('Via', value('via')),
      field('From', value('from')),
      field('To', to),
      field('Call-ID', value('call-id')),
      field('CSeq', value('cseq')),
      field('Content-Length', '0'),
    ]
    return writeText({ first: `SIP/2.0 502 ${why}`, fields, body: '' })
  }

  /** The request of ours that this answers. A CANCEL has the branch of what it cancels, and is not remembered. */
  #sentFor(response: SipText): Sent | undefined {
    const sent = this.#sent.get(branchOf(response))
    return sent?.method === methodOf(response) ? sent : undefined
  }

  #refuse(request: SipText, { status, message, fields }: Refusal): void {
    const value = (name: string) => valueOf(request, name) ?? ''
    const needed = ['via', 'from', 'to', 'call-id', 'cseq']
    if (request.first.startsWith('ACK ') || needed.some((name) => value(name) === '')) return
    const to = value('to')
    const answer = [
      ...request.fields.filter(({ name }) => name === 'via'),
      field('From', value('from')),
      field('To', hasTag(to) ? to : `${to};tag=${newId().slice(0, 8)}`),
      field('Call-ID', value('call-id')),
      field('CSeq', value('cseq')),
      ...fields,
      field('Content-Length', '0'),
    ]
    this.#options.send(writeText({ first: `SIP/2.0 ${String(status)} ${message}`, fields: answer, body: '' }))
  }
}

/**
 * Each field as JsSIP can read it. A field that nothing depends on is left out where it cannot be. What the field
 * `called` names we are to call: `reach` says how.
 */
function readableFields(message: SipText, called: string, reach: (address: string) => string): SipText {
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq'])
    if (valueOf(message, name) === undefined) throw new Refusal(400, `Missing ${name}`)
  let changed = false
  const fields = message.fields.flatMap((each): readonly SipField[] => {
    const { rule, kind } = grammar[each.name] ?? {}
    if (!rule) return [each]
    const value = readableValue(each, rule, kind, each.name === called ? reach : undefined)
    if (value === each.value && each.label.length > 1) return [each]
    changed = true
    if (value !== null) return [field(each.label, value)]
    if (kind === undefined || each.name === 'contact') return []
    throw new Refusal(400, `Bad ${each.label}`)
  })
  return changed ? { ...message, fields } : message
}

function readableValue(
  { name, value }: SipField,
  rule: string,
  kind: 'address' | 'needed' | undefined,
  reach: ((address: string) => string) | undefined,
): string | null {
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return null
  if (kind === 'address') {
    return readableAddress(value, rule, /tel:/i.test(value) ? reach : undefined)
  }
  if (isReadable(value, rule)) return value
  if (name !== 'via') return null
  const via = value.replace(
    /^(\s*SIP\s*\/\s*2\.0\s*\/\s*\w+\s+)([^\s;,]+)/i,
    (_, start: string, host: string) => start + readableName(host),
  )
  return isReadable(via, rule) ? via : null
}

/** RFC 3261, 8.2.2.3: what must be understood and is not. */
function requireKnown(message: SipText): void {
  const unknown = tokensOf(message, 'require').filter((tag) => !supported.has(tag.toLowerCase()))
  if (unknown.length > 0) throw new Refusal(420, 'Bad Extension', [field('Unsupported', unknown.join(', '))])
}

/** RFC 4028, 9. */
function requireLongSession(message: SipText, method: string): void {
  if (method !== 'INVITE' && method !== 'UPDATE') return
  const interval = /^\d{1,9}/.exec(valueOf(message, 'session-expires') ?? '')?.[0]
  const knowsTimers = [...tokensOf(message, 'supported'), ...tokensOf(message, 'require')].includes('timer')
  if (interval === undefined || Number(interval) >= shortestSession || !knowsTimers) return
  throw new Refusal(422, 'Session Interval Too Small', [field('Min-SE', String(minSession))])
}

/** The message with a bare description of media, or without a body. `strict`: who cannot be understood is told. */
function withPlainBody(message: SipText, strict: boolean): SipText {
  const length = valueOf(message, 'content-length')
  const bytes = new TextEncoder().encode(message.body)
  if (length !== undefined && (!/^\d{1,9}$/.test(length) || Number(length) > bytes.length))
    throw new Refusal(400, 'Bad Content-Length')
  // What comes behind the body is none of it (RFC 3261, 18.3).
  const isWhole = length === undefined || Number(length) === bytes.length
  const cut = isWhole ? message : { ...message, body: new TextDecoder().decode(bytes.slice(0, Number(length))) }
  const body = bodyOf(cut)
  if (body.kind === 'unknown' && strict) throw new Refusal(415, 'Unsupported Media Type', body.fields)
  if (body.kind === 'sdp' && body.sdp === message.body && valueOf(message, 'content-type') === 'application/sdp')
    return message
  if (body.kind === 'none' && cut.body === '') return cut
  const sdp = body.kind === 'sdp' ? body.sdp : ''
  const others = message.fields.filter(({ name }) => !/^content-(type|length|disposition|encoding)$/.test(name))
  const ofBody = [
    ...(sdp ? [field('Content-Type', 'application/sdp')] : []),
    field('Content-Length', String(new TextEncoder().encode(sdp).length)),
  ]
  return { ...message, fields: [...others, ...ofBody], body: sdp }
}

/** JsSIP tells of methods it answers with 405, and not of PRACK, which is answered here. */
function withOwnAllow(text: string): string {
  return text.replace(/\r\nAllow: [A-Z,]+\r\n/, () => `\r\nAllow: ${methods}\r\n`)
}

function methodOf(message: SipText): string {
  return valueOf(message, 'cseq')?.trim().split(/\s+/)[1] ?? ''
}

function branchOf(message: SipText): string {
  return /;\s*branch\s*=\s*([^\s;,]+)/i.exec(valueOf(message, 'via') ?? '')?.[1] ?? ''
}

const hasTag = (value: string): boolean => /;\s*tag\s*=/i.test(value.slice(value.lastIndexOf('>') + 1))

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

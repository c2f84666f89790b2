import { inTime } from '../../phone/api/testing/in-time.ts'
import type { RecordedPhone } from '../../phone/api/testing/recorded-phone.ts'
import { phoneEventNames, type MediaType } from '../../index.ts'
import { legacyPhone, type LegacyPhone } from '../legacy-phone.ts'
import { wrongEntry, wrongFields } from './measured-payloads.ts'
import { allowRequests, cutEvents, refuseRequests, type Answer } from './refused-requests.ts'

type Payload = Readonly<Record<string, unknown>>

/** These carry the ordinal of the call, and say nothing by it: the original left it out. */
const early = [
  'warning',
  'dialing',
  'answering',
  'call:incoming',
  'conference:invitation-received',
  'conference:joining',
]

/** Told with a text by us, and with none by the original. */
const explained = /:(canceled|rejected|disconnected|ended|invitation-rejected)$/

/** Somebody who uses the old face of a phone, and what it told, as the table of what was measured writes it. */
export class LegacyActor {
  readonly phone: LegacyPhone
  readonly heard: string[] = []
  readonly #recorded: RecordedPhone
  readonly #watchers = new Set<() => void>()
  #listens = true

  constructor(recorded: RecordedPhone) {
    this.#recorded = recorded
    this.phone = legacyPhone(recorded.phone)
    for (const name of phoneEventNames) {
      this.phone.on(name, (payload) => {
        if (!this.#listens) return
        const wrong = wrongFields(name, payload as never)
        this.heard.push(`${inWords(name, payload as never)} ${this.#read()}${wrong && ` (${wrong})`}`)
        for (const look of [...this.#watchers]) look()
      })
    }
  }

  get address(): string {
    return this.#recorded.address
  }

  get recorded(): RecordedPhone {
    return this.#recorded
  }

  signIn(): void {
    void this.phone.login(this.#recorded.credentials)
  }

  dial(to: LegacyActor | string, mediaType: MediaType = 'audio'): void {
    void this.phone.dial({ destination: addressOf(to), mediaType })
  }

  addCall(to: LegacyActor | string, mediaType: MediaType = 'audio'): void {
    void this.phone.addCall({ destination: addressOf(to), mediaType })
  }

  answer(action?: 'hold' | 'end'): void {
    void this.phone.answer(action ? { action } : {})
  }

  /** Both dial in the same turn. */
  dialEachOther(other: LegacyActor): void {
    this.dial(other)
    other.dial(this)
  }

  /** Dials, and takes it back in the same turn. */
  dialAndCancel(to: LegacyActor): void {
    this.dial(to)
    void this.phone.cancel()
  }

  /** Dials, and takes it back in the handler of the first event. */
  dialAndCancelInside(to: LegacyActor): void {
    const hear = (): void => {
      this.phone.off('dialing', hear)
      void this.phone.cancel()
    }
    this.phone.on('dialing', hear)
    this.dial(to)
  }

  /** Dials, and takes it back in the handler that tells of it. */
  dialAndCancelOnConnecting(to: LegacyActor): void {
    const hear = (): void => {
      this.phone.off('call:connecting', hear)
      void this.phone.cancel()
    }
    this.phone.on('call:connecting', hear)
    this.dial(to)
  }

  /** Dials, and does not let it ring for long. */
  dialBriefly(to: LegacyActor): void {
    this.#recorded.phone.configure({ ringTimeout: 300 })
    this.dial(to)
  }

  /** Signs in without hearing it: who waits for the events of a step would take `session:ready` for one of them. */
  async joinUnheard(): Promise<void> {
    this.#listens = false
    const ready = new Promise<void>((resolve) => this.phone.on('session:ready', () => resolve()))
    await Promise.all([this.recorded.signIn(), ready])
    this.#listens = true
  }

  /** Dials somebody who signs in at this second device first. */
  async dialBeside(second: LegacyActor): Promise<void> {
    await second.joinUnheard()
    this.dial(second)
  }

  /** Has the call go on at this second device, which signs in first. */
  async moveTo(second: LegacyActor): Promise<void> {
    await second.joinUnheard()
    await this.phone.move()
  }

  /** Starts a conference, and invites somebody to it, by the engine. */
  async hostAndInvite({ address }: LegacyActor, mediaType: MediaType = 'audio'): Promise<void> {
    const { phone } = this.#recorded
    await phone.startConference({ mediaType })
    await phone.addParticipant(address)
  }

  /** Does something in a browser that refuses its devices, until that is told. */
  async withoutDevices(act: () => void): Promise<void> {
    const { mediaDevices } = navigator
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Forced', 'NotAllowedError'))
    try {
      act()
      await this.until('the error', () => this.heard.some((line) => line.startsWith('error')))
    } finally {
      Reflect.deleteProperty(mediaDevices, 'getUserMedia')
    }
  }

  /** Each request is answered so from now on, or by the gateway again. */
  isRefused(answer: Answer | null): void {
    if (answer === null) allowRequests()
    else refuseRequests(this.#token, answer)
  }

  /** The same, and the events are cut, so that it is asked for them again. */
  async losesGateway(answer: Answer): Promise<void> {
    this.isRefused(answer)
    const { server } = this.#recorded
    await cutEvents(server ?? '', this.phone.getSession().getId() ?? '', this.#token)
  }

  signInAgain(): void {
    this.isRefused(null)
    this.signIn()
  }

  get #token(): string {
    return String(this.#recorded.credentials.token)
  }

  forget(): void {
    this.heard.length = 0
  }

  /** Resolves when `holds`, which is looked at with every event. */
  until(what: string, holds: () => boolean): Promise<void> {
    const waiting = new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
    return inTime(() => `${what}. So far: ${JSON.stringify(this.heard)}`, waiting)
  }

  #isInProgress(): boolean {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- old pages ask it
    return this.phone.isCallInProgress()
  }

  #read(): string {
    const { phone } = this
    const calls = phone.getCalls().map((entry) => {
      const { index, breed, state } = entry
      return `${index}:${breed === 'call' ? '' : 'conf '}${state}${wrongEntry(entry)}`
    })
    return `{${calls.join('+') || '-'}, ${this.#isInProgress() ? 't' : 'f'}, ${String(phone.getMediaType())}}`
  }
}

const addressOf = (to: LegacyActor | string): string => (typeof to === 'string' ? to : to.address)

function party({ index, to, from, mediaType }: Payload): string {
  // A conference has no other party at its host.
  const address = typeof to === 'string' ? ` to ${nameOf(to)}` : typeof from === 'string' ? ` from ${nameOf(from)}` : ''
  return `${String(index)}${address}${mediaType === 'video' ? ' video' : ''}`
}

/** The letter in the table of the user who has this address: tests name users by it. */
const nameOf = (address: string): string => address.replace(/^\w+:/, '').charAt(0).toUpperCase()

/** `‹connecting>connected› [video #2]`. */
function inWords(name: string, payload: Payload | undefined): string {
  if (name === 'error') return `error ${String(payload?.['ErrorCode'])} ${String(payload?.['JSMethod'])}`
  if (!payload) return name
  if (name === 'session:call-switched') {
    const [from, to] = [payload['from'], payload['to']] as [Payload | undefined, Payload]
    return `${name}(${from ? party(from) : '–'}, ${party(to)})`
  }
  if (name === 'session:disconnected') return `${name} [error=${String(payload['ErrorCode'])}]`
  const { index, mediaType, generator, message } = payload
  const { newMediaType, operation, tone } = payload as Readonly<Record<string, string | undefined>>
  const by = generator === undefined ? '' : generator === 'initiator' ? 'I' : 'R'
  const change = by && `${operation ?? '–'},${by}`
  const more = [
    mediaType === 'video' && 'video',
    newMediaType !== undefined && `new=${newMediaType}`,
    payload['background'] === true && 'bg',
    typeof index === 'number' && index > 1 && !early.includes(name) && `#${index}`,
    'from' in payload && Array.isArray(payload['codec']) && payload['codec'].length === 0 && 'no codec',
    message !== undefined && !explained.test(name) && 'message',
    tone !== undefined && `tone=${tone}`,
  ].filter(Boolean)
  const told =
    name === 'call:state-changed'
      ? `‹${String(payload['oldState'])}>${String(payload['newState'])}${change && ` ${change}`}›`
      : `${name}${change && `(${change})`}`
  return more.length > 0 ? `${told} [${more.join(' ')}]` : told
}

import type { AnswerOptions, DialOptions, LoginOptions, MediaType, Phone, PhoneError } from '../index.ts'
import type { AssociateOptions } from '../phone/phone.ts'
import { readAddress } from '../phone/numbers/address.ts'
import { Refusal, requireMedia, requireMediaType } from '../phone/refuse.ts'
import type { LegacyParticipant, LegacySession } from './legacy-phone.ts'
import type { LegacyStory } from './legacy-story.ts'

/** The code that a method refuses with; `null` where nothing speaks against it. */
type Objection = string | null

/** What a method takes and gives: pages may pass anything. */
type Method = (...args: never[]) => unknown

/** What pages of the original pass in. */
type Loose<Options> = { readonly [Key in keyof Options]?: unknown }

/** What `check` refuses with. */
function refusalOf(check: () => unknown): Objection {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** The conditions of each method, in the order in which the original looked at them. */
class Conditions {
  readonly #phone: Phone
  readonly #story: LegacyStory

  constructor(phone: Phone, story: LegacyStory) {
    this.#phone = phone
    this.#story = story
  }

  get ready(): boolean {
    const { state } = this.#phone.snapshot.session
    return state === 'ready' || state === 'recovering'
  }

  /** Signed in, and in a call. `prefix` are the first digits of the method's codes. */
  inCall(prefix: string): Objection {
    if (!this.ready) return `${prefix}01`
    return this.#story.count === 0 ? `${prefix}02` : null
  }

  rings(type: 'call' | 'conference'): boolean {
    return this.#phone.snapshot.calls.some(
      ({ callType, direction, progress }) => callType === type && direction === 'incoming' && progress === 'ringing',
    )
  }

  /** Of `dial` and `addCall`, before anything is asked of the calls there are. */
  dialling(options: unknown, prefix: string): Objection {
    if (options === undefined || options === null) return `${prefix}01`
    const { destination, mediaType, localMedia, remoteMedia } = options as Loose<DialOptions>
    if (typeof destination !== 'string' || destination === '') return `${prefix}11`
    if (readAddress(destination).kind === 'uri') return `${prefix}12`
    return (
      refusalOf(() => requireMediaType(mediaType, `${prefix}21`)) ??
      refusalOf(() => requireMedia(localMedia, `${prefix}31`)) ??
      refusalOf(() => requireMedia(remoteMedia, `${prefix}32`)) ??
      (this.ready ? null : `${prefix}41`)
    )
  }

  /** Of `answer` and `joinConference`: what rings, and what is to become of the call one is in. */
  answering(options: unknown, prefix: string, rings: boolean): Objection {
    if (options === undefined || options === null) return `${prefix}01`
    const { localMedia, remoteMedia, action } = options as Loose<AnswerOptions>
    const wrong =
      refusalOf(() => requireMedia(localMedia, `${prefix}11`)) ??
      refusalOf(() => requireMedia(remoteMedia, `${prefix}12`))
    if (wrong) return wrong
    if (!this.ready) return `${prefix}21`
    if (!rings) return `${prefix}31`
    return this.#story.count > 0 && action !== 'hold' && action !== 'end' ? `${prefix}41` : null
  }

  upgrading(): Objection {
    const { front } = this.#story
    const none = this.inCall('46')
    if (none || !front) return none
    return front.breed === 'call' && front.asking === 'video' ? '4604' : null
  }

  downgrading(): Objection {
    const { front } = this.#story
    const none = this.inCall('45')
    if (none || !front || front.breed === 'conference') return none
    return front.state === 'connected' && front.mediaType === 'audio' ? '4504' : null
  }

  modification(prefix: string): Objection {
    const none = this.inCall(prefix)
    return none ?? (this.#story.front?.asked ? null : `${prefix}04`)
  }

  twoCalls(prefix: string, onlyOne: string): Objection {
    return this.inCall(prefix) ?? (this.#story.count < 2 ? `${prefix}${onlyOne}` : null)
  }

  tones(options: unknown): Objection {
    if (options === undefined || options === null) return '4711'
    const { input } = options as { readonly input?: unknown }
    if (input === undefined) return '4712'
    if (!this.ready) return '4721'
    return this.#story.count === 0 ? '4731' : null
  }

  removing(address: unknown): Objection {
    if (address === undefined) return '3711'
    if (!this.ready) return '3721'
    return this.#phone.snapshot.conference?.role === 'host' ? null : '3731'
  }

  participant(address: unknown): Objection {
    if (typeof address !== 'string' || address === '') return '3611'
    if (readAddress(address).kind === 'uri') return '3612'
    return this.ready ? null : '3621'
  }
}

/** Two functions for one method: what speaks against it, and what it does else. */
interface Behaviour {
  readonly refuses: (...args: never[]) => Objection
  readonly does: Method
}

/** Nobody to tie a token to. */
const unnamed = {} as AssociateOptions

const asObject = <Options extends object>(options: Options): Options =>
  typeof options === 'object' ? options : ({} as Options)

/** Methods that ask for more, or for less, than the engine does. */
function behaviours(phone: Phone, story: LegacyStory): Readonly<Record<string, Behaviour>> {
  const when = new Conditions(phone, story)
  const inCall = (prefix: string, does: Method): Behaviour => ({ refuses: () => when.inCall(prefix), does })
  return {
    login: { refuses: () => null, does: (options: LoginOptions) => login(phone, story, options) },
    associateAccessToken: {
      refuses: () => null,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- old pages call it
      does: (options?: AssociateOptions | null) => phone.associateAccessToken(asObject(options ?? unnamed)),
    },
    dial: {
      refuses: (options: unknown) => when.dialling(options, '22'),
      does: (options: DialOptions) => phone.dial(options),
    },
    addCall: {
      refuses: (options: unknown) => when.dialling(options, '39') ?? (story.count === 0 ? '3951' : null),
      does: (options: DialOptions) => phone.addCall(options),
    },
    answer: {
      refuses: (options: unknown) => when.answering(options, '23', when.rings('call') || when.rings('conference')),
      does: (options: AnswerOptions) => answer(phone, story, when.rings('call') ? 'answer' : 'joinConference', options),
    },
    joinConference: {
      refuses: (options: unknown) => when.answering(options, '32', when.rings('conference')),
      does: (options: AnswerOptions) => answer(phone, story, 'joinConference', options),
    },
    reject: {
      refuses: () => null,
      does: () => (!when.rings('call') && when.rings('conference') ? phone.rejectConference() : phone.reject()),
    },
    rejectConference: {
      refuses: () => null,
      does: () => (!when.rings('conference') && when.rings('call') ? phone.reject() : phone.rejectConference()),
    },
    hangup: inCall('24', () => phone.hangup()),
    hold: inCall('25', () => phone.hold()),
    resume: inCall('26', () => phone.resume()),
    mute: inCall('27', () => phone.mute()),
    unmute: inCall('28', () => phone.unmute()),
    move: inCall('40', () => phone.move()),
    transfer: { refuses: () => when.twoCalls('41', '05'), does: () => phone.transfer() },
    switchCall: { refuses: () => when.twoCalls('42', '03'), does: () => switchCall(phone, story) },
    acceptModification: { refuses: () => when.modification('43'), does: () => phone.acceptModification() },
    rejectModification: { refuses: () => when.modification('44'), does: () => phone.rejectModification() },
    upgrade: { refuses: () => when.upgrading(), does: () => settling(story, 'video', phone.upgrade()) },
    downgrade: { refuses: () => when.downgrading(), does: () => settling(story, 'audio', phone.downgrade()) },
  }
}

/** A network that says why it does not let somebody in leaves them signed out, and that is told, too. */
async function login(phone: Phone, story: LegacyStory, options: LoginOptions): Promise<void> {
  try {
    await phone.login(options)
  } catch (error) {
    if ((error as PhoneError).MessageId) story.signedOut(error as PhoneError)
    throw error
  }
}

/** The same, of what is neither a call nor a change of one. */
function furtherBehaviours(phone: Phone, story: LegacyStory): Readonly<Record<string, Behaviour>> {
  const when = new Conditions(phone, story)
  const addParticipant = (participant: string) => phone.addParticipant(participant)
  return {
    sendDTMFTone: {
      refuses: (options: unknown) => when.tones(options),
      does: (options: { readonly input: string }) => phone.sendDTMFTone(options),
    },
    startConference: {
      refuses: (options: unknown) => (typeof options === 'object' && options !== null ? null : '3101'),
      does: (options: object) => phone.startConference(options),
    },
    addParticipant: { refuses: (address: unknown) => when.participant(address), does: addParticipant },
    removeParticipant: {
      refuses: (address: unknown) => when.removing(address),
      does: (address: string) => phone.removeParticipant(address),
    },
    addParticipants: {
      refuses: (addresses: unknown) =>
        Array.isArray(addresses) && addresses.length > 0
          ? (addresses.map((each) => when.participant(each)).find((code) => code !== null) ?? null)
          : '3611',
      does: (addresses: readonly string[]) => void addresses.map(addParticipant),
    },
    setIceServers: {
      refuses: (servers: unknown) => (Array.isArray(servers) && servers.length === 0 ? '4811' : null),
      does: (servers: Parameters<Phone['setIceServers']>[0]) => phone.setIceServers(servers),
    },
    logout: { refuses: () => null, does: () => hushed(story, 'ringing', () => phone.logout()) },
  }
}

function answer(
  phone: Phone,
  story: LegacyStory,
  method: 'answer' | 'joinConference',
  options: AnswerOptions,
): Promise<void> {
  const { action, ...others } = asObject(options)
  // Beside no call the original did not look at it.
  const wanted = { ...others, ...(story.count > 0 && action && { action }) }
  const answering = () => phone[method](wanted)
  return action === 'end' ? hushed(story, 'disconnecting', answering) : answering()
}

async function switchCall(phone: Phone, story: LegacyStory): Promise<void> {
  story.switching()
  await phone.switchCall()
}

/** What is ended on the way is told in fewer words. */
async function hushed(story: LegacyStory, hush: LegacyStory['hush'], task: () => Promise<void>): Promise<void> {
  story.hush = hush
  try {
    await task()
  } finally {
    story.hush = null
  }
}

async function settling(story: LegacyStory, asked: MediaType, asking: Promise<void>): Promise<void> {
  try {
    await asking
    story.settled(asked, true)
  } catch (error) {
    story.settled(asked, false)
    throw error
  }
}

/** The methods of the old face that are not those of the phone itself. A refusal is told by the `error` event. */
export function legacyMethods(phone: Phone, story: LegacyStory): Readonly<Record<string, Method>> {
  const refusing = Object.entries({ ...behaviours(phone, story), ...furtherBehaviours(phone, story) }).map(
    ([name, { refuses, does }]): [string, Method] => [
      name,
      (...args) => {
        const code = refuses(...args)
        if (code === null) return quiet(does(...args))
        story.refuse(code, name === 'switchCall' ? 'switch' : name)
        return undefined
      },
    ],
  )
  return { ...Object.fromEntries(refusing), ...getters(phone, story) }
}

/** A promise that nobody looks at stays quiet: the `error` event has told. */
function quiet(result: unknown): unknown {
  if (result instanceof Promise) result.catch(() => {})
  return result
}

function getters(phone: Phone, story: LegacyStory): Readonly<Record<string, Method>> {
  return {
    getCalls: () => story.calls,
    isCallInProgress: () => story.calls.length > 0,
    getMediaType: () => story.mediaType,
    getSession: (): LegacySession => ({ getId: () => phone.snapshot.session.id }),
    getStatistics: (index?: number) => phone.getStatistics(index === undefined ? undefined : story.engineIndex(index)),
    getParticipants: () => participants(phone),
    getCallerInfo: (uri: unknown) => {
      if (uri === undefined) return null
      if (typeof uri === 'string') return callerInfo(phone, uri)
      story.refuse('3830', 'getCallerInfo')
      return {}
    },
    dispose: async () => {
      await phone.dispose()
      story.events.clear()
    },
  }
}

/** A text without a caller, `sip:` among them, has empty parts, and is no error. */
function callerInfo(phone: Phone, uri: string): object {
  const [, scheme, rest = ''] = /^\s*(?:(sips?|tel):)?(.*)$/is.exec(uri) ?? []
  const parts = { ...(scheme && { protocol: scheme.toLowerCase(), port: '' }), callerId: rest.trim(), domain: '' }
  return rest.trim() === '' ? parts : { ...parts, ...phone.getCallerInfo(uri) }
}

function participants(phone: Phone): Readonly<Record<string, LegacyParticipant>> | undefined {
  try {
    const all = Object.entries(phone.getParticipants())
    return Object.fromEntries(
      all.map(([address, each]) => [address, { ...each, participant: address, status: 'active' }]),
    )
  } catch {
    // The error event has told.
    return undefined
  }
}

import type { PhoneEvents } from '../../phone-events.ts'
import { phoneEventNames } from '../../phone-events.ts'
import type { PhoneOptions } from '../../phone-options.ts'
import { Phone, type LoginOptions } from '../../phone.ts'
import type { CallSnapshot, MediaType, ParticipantSnapshot, PhoneSnapshot } from '../../snapshot.ts'
import { inTime } from './in-time.ts'

export interface Heard {
  readonly name: keyof PhoneEvents
  readonly payload: Readonly<Record<string, unknown>>
}

/** A phone and everything it has told since it was made, or since `forget`. */
export class RecordedPhone {
  readonly phone: Phone
  readonly address: string
  /** Address of its network. */
  readonly server: string | null
  readonly heard: Heard[] = []
  readonly #login: LoginOptions
  readonly #watchers = new Set<() => void>()

  constructor(options: PhoneOptions, address: string, login: LoginOptions) {
    this.phone = new Phone(options)
    this.address = address
    this.server = options.server ?? null
    this.#login = login
    for (const name of phoneEventNames) this.#record(name)
    this.phone.subscribe(() => this.#look())
  }

  get snapshot(): PhoneSnapshot {
    return this.phone.snapshot
  }

  /** The call with this ordinal. */
  call(index = 1): CallSnapshot {
    const found = this.snapshot.calls.find((call) => call.index === index)
    if (!found) throw new Error(`There is no call ${index}`)
    return found
  }

  /** What was told, one line an event: its name, then what tells one occurrence from another. */
  get story(): readonly string[] {
    return this.heard.map(inWords)
  }

  /** What it signs in with. */
  get credentials(): LoginOptions {
    return this.#login
  }

  signIn(): Promise<void> {
    return this.phone.login(this.#login)
  }

  dial(to: RecordedPhone | string, mediaType: MediaType = 'audio'): Promise<void> {
    return this.phone.dial({ destination: addressOf(to), mediaType })
  }

  addCall(to: RecordedPhone | string, mediaType: MediaType = 'audio'): Promise<void> {
    return this.phone.addCall({ destination: addressOf(to), mediaType })
  }

  /** Forgets what was told so far: a test begins its story there. */
  forget(): void {
    this.heard.length = 0
  }

  /** Resolves with the `count`th event of this name, past or to come. */
  async hears<Name extends keyof PhoneEvents>(name: Name, count = 1): Promise<PhoneEvents[Name]> {
    const found = () => this.heard.filter((event) => event.name === name)[count - 1]
    await this.until(`${name}, ${count}×`, () => found() !== undefined)
    return found()?.payload as PhoneEvents[Name]
  }

  /** Resolves when `holds`, which is looked at with every event and every change of the snapshot. */
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
    return inTime(() => `${what}. So far: ${JSON.stringify(this.story)}`, waiting)
  }

  /** Resolves when a call rings here. */
  rings(): Promise<void> {
    return this.until('a call rings', () =>
      this.snapshot.calls.some(({ direction, progress }) => direction === 'incoming' && progress === 'ringing'),
    )
  }

  /** Resolves when an invitation to a conference waits here. */
  isInvited(): Promise<void> {
    return this.until('an invitation waits', () =>
      this.snapshot.calls.some(({ callType, progress }) => callType === 'conference' && progress === 'ringing'),
    )
  }

  /** Resolves when the host of a conference wants this phone to host it. */
  isAskedToHost(): Promise<void> {
    return this.until('it is asked to host', () => this.snapshot.calls.some(({ handOverAsked }) => handOverAsked))
  }

  /** Who takes part in the conference that this phone hosts, or was invited to it. */
  participant(who: RecordedPhone | string): ParticipantSnapshot | undefined {
    return this.snapshot.conference?.participants.find(({ address }) => address === addressOf(who))
  }

  /** Resolves at the next event. */
  next(): Promise<void> {
    const count = this.heard.length
    return this.until('another event', () => this.heard.length > count)
  }

  #record(name: keyof PhoneEvents): void {
    this.phone.on(name, (payload: object) => {
      this.heard.push({ name, payload: payload as Heard['payload'] })
      this.#look()
    })
  }

  #look(): void {
    for (const look of [...this.#watchers]) look()
  }
}

function addressOf(to: RecordedPhone | string): string {
  return typeof to === 'string' ? to : to.address
}

/** `call:held #2 initiator`: what is as usual (the first call, sound alone, the foreground) is not said. */
function inWords({ name, payload }: Heard): string {
  if (name === 'error') return `error ${String(payload['ErrorCode'])}`
  const { index, mediaType, operation, generator, tone } = payload
  const { newMediaType, oldState, newState, message } = payload as Readonly<Record<string, string | undefined>>
  const words = [
    typeof index === 'number' && index > 1 && `#${index}`,
    mediaType === 'video' && 'video',
    payload['downgrade'] === true && 'downgrade',
    newMediaType && `asks ${newMediaType}`,
    operation,
    generator,
    tone,
    oldState && `${oldState}→${newState ?? ''}`,
    payload['background'] === true && 'background',
    message && `(${message})`,
  ]
  return [name, ...words.filter(Boolean)].join(' ')
}

import { afterEach, beforeEach } from 'node:test'
import type { Colour } from '../../../src/media/mixing/testing/colour-picture.ts'
import { useBrowser, type BrowserName, type BrowserWindow } from '../../e2e/harness.ts'
import { usePages } from '../harness.ts'
import type {} from '../page/conference-phone.ts'
import { useJanusGateway, type JanusGateway } from './janus-gateway.ts'
import type { JanusOptions } from './janus.ts'

const colours = ['red', 'green', 'blue', 'yellow', 'violet'] as const satisfies readonly Colour[]

type MediaType = 'audio' | 'video'

/** A phone in a window of its own, whose microphone hums a tone of its own and whose camera sees a colour of its own. */
export class ConferencePhoneWindow {
  constructor(
    readonly address: string,
    readonly tone: number,
    readonly window: BrowserWindow,
    readonly all: readonly ConferencePhoneWindow[],
    readonly colour: Colour = 'red',
  ) {}

  /** Resolves when the phone has told this event, so many times. */
  async tells(event: string, times = 1): Promise<void> {
    await this.window.until(
      `${this.address} tells ${event}`,
      (name, wanted) => conferencePhone.heard.filter((heard) => heard === name).length >= wanted,
      event,
      times,
    )
  }

  /** What it told since it was last asked to forget. */
  story(): Promise<readonly string[]> {
    return this.window.evaluate(() => [...conferencePhone.heard])
  }

  async forget(): Promise<void> {
    await this.window.evaluate(() => void conferencePhone.heard.splice(0))
  }

  /** Resolves when those whom it invited are these: `bob@example.com joined`. */
  async shows(...roster: readonly string[]): Promise<void> {
    await this.window.until(
      `the roster is ${roster.join()}`,
      (text) => conferencePhone.roster.join() === text,
      roster.join(),
    )
  }

  /** Resolves when the tones of these arrive, and of all others none. */
  async hears(...others: readonly ConferencePhoneWindow[]): Promise<void> {
    const tones = others.map(({ tone }) => tone).sort((a, b) => a - b)
    const all = this.all.map(({ tone }) => tone)
    try {
      await this.window.until(
        `${this.address} hears ${others.map(({ address }) => address).join()} alone`,
        (among, wanted) => conferencePhone.hears(among).join() === wanted,
        all,
        tones.join(),
      )
    } catch (error) {
      const heard = await this.window.evaluate((among) => conferencePhone.hears(among), all)
      throw new Error(`${this.address} hears ${heard.join()} in place of ${tones.join()}`, { cause: error })
    }
  }

  /** Resolves when the link of the call in front has been so, one after the other, and is the last. */
  async tellsLinks(...links: readonly string[]): Promise<void> {
    const wanted = links.join()
    await this.window.until(`the link was ${wanted}`, (text) => conferencePhone.links.join().endsWith(text), wanted)
  }

  /** Resolves when those in the list of the conference are these, each with their own picture. */
  async sees(...others: readonly ConferencePhoneWindow[]): Promise<void> {
    await this.looks(...others.map(({ address, colour }) => `${address} ${colour}`))
  }

  /** Resolves when those in the list of the conference look so, `bob@example.com red`; without a colour: no picture. */
  async looks(...sights: readonly string[]): Promise<void> {
    const wanted = [...sights].sort().join()
    try {
      await this.window.until(`it is seen ${wanted}`, (text) => conferencePhone.sights.join() === text, wanted)
    } catch (error) {
      const seen = await this.window.evaluate(() => conferencePhone.sights)
      throw new Error(`${this.address} sees ${seen.join()} in place of ${wanted}`, { cause: error })
    }
  }

  /** How many connections it has made, and how much sound was made up for because it did not come, in ms. */
  path(): Promise<{ readonly connections: number; readonly madeUp: number }> {
    return this.window.evaluate(() => conferencePhone.path())
  }

  /** What it is in the conference it is in. */
  async isRole(role: 'host' | 'participant'): Promise<void> {
    await this.window.until(
      `${this.address} is ${role}`,
      (wanted) => conferencePhone.phone.snapshot.conference?.role === wanted,
      role,
    )
  }

  /** What mixes the conference it hosts. */
  mix(): Promise<string | null | undefined> {
    return this.window.evaluate(() => conferencePhone.phone.snapshot.conference?.mix)
  }

  /** How somebody is whom it invited. */
  async shown(other: ConferencePhoneWindow, how: Readonly<Record<string, unknown>>): Promise<void> {
    await this.window.until(
      `${other.address} is ${JSON.stringify(how)}`,
      (address, wanted) => {
        const { participants = [] } = conferencePhone.phone.snapshot.conference ?? {}
        const one = participants.find((each) => each.address === address) as Record<string, unknown> | undefined
        return one !== undefined && Object.entries(wanted).every(([name, value]) => one[name] === value)
      },
      other.address,
      how,
    )
  }

  invites(guest: ConferencePhoneWindow): Promise<void> {
    return this.window.evaluate((address) => conferencePhone.phone.addParticipant(address), guest.address)
  }

  /** Calls somebody who answers; a call there is goes on hold. */
  async talksTo(other: ConferencePhoneWindow): Promise<void> {
    await this.window.evaluate(async (address) => {
      const { phone } = conferencePhone
      const options = { destination: address, mediaType: 'audio' } as const
      await (phone.snapshot.calls.length > 0 ? phone.addCall(options) : phone.dial(options))
    }, other.address)
    await other.tells('call:incoming')
    await other.window.evaluate(() => conferencePhone.phone.answer({}))
    await this.hears(other)
    await other.hears(this)
  }

  async hosts(mediaType: MediaType = 'audio'): Promise<void> {
    await this.window.evaluate((media) => conferencePhone.phone.startConference({ mediaType: media }), mediaType)
    await this.tells('conference:connected')
  }

  /** Takes the invitation that came. */
  async joins(mediaType: MediaType = 'audio'): Promise<void> {
    await this.tells('conference:invitation-received')
    await this.window.evaluate((media) => conferencePhone.phone.joinConference({ mediaType: media }), mediaType)
    await this.tells('conference:connected')
  }
}

export interface ConferencePhonesOptions extends JanusOptions {
  /** Of the conferences. Default `audio`. */
  readonly mediaType?: MediaType
}

export interface ConferencePhones {
  /** The gateway, and the instances of Janus it has. */
  readonly server: () => JanusGateway
  signIn(name: string): Promise<ConferencePhoneWindow>
  /** So many, signed in. */
  signedIn<Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ readonly [Key in keyof Names]: ConferencePhoneWindow }>
  /** A conference that the first hosts and the others have joined. */
  confer<Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ readonly [Key in keyof Names]: ConferencePhoneWindow }>
}

/** Phones at a gateway whose conferences so many instances of Janus mix. In each test they have names of their own. */
export function useConferencePhones(
  browser: BrowserName,
  instances = 1,
  { mediaType = 'audio', ...options }: ConferencePhonesOptions = {},
): ConferencePhones {
  const server = useJanusGateway(instances, options)
  const pages = usePages('conference-phone')
  const open = useBrowser(browser)
  let phones: ConferencePhoneWindow[] = []
  let round = 0

  beforeEach(() => {
    round += 1
    phones = []
  })

  afterEach(() => server().restore())

  async function signIn(name: string): Promise<ConferencePhoneWindow> {
    const window = await open(pages().url('conference-phone'))
    // What a phone says of its media may cross the end of its conference on the way.
    window.forgive(/response 404: (PUT|PATCH) \S+\/conferences\//)
    const person = {
      userId: `${name}-${round}@phones.example`,
      tone: 440 + phones.length * 210,
      colour: colours[phones.length % colours.length] ?? 'red',
    }
    await window.evaluate((url, who) => conferencePhone.signIn(url, who), server().url, person)
    const phone = new ConferencePhoneWindow(person.userId, person.tone, window, phones, person.colour)
    phones.push(phone)
    return phone
  }

  async function signedIn(names: readonly string[]): Promise<readonly ConferencePhoneWindow[]> {
    const all: ConferencePhoneWindow[] = []
    for (const name of names) all.push(await signIn(name))
    return all
  }

  return {
    server,
    signIn,
    signedIn: (...names) => signedIn(names) as never,
    async confer(...names) {
      const [host, ...guests] = await signedIn(names)
      await host?.hosts(mediaType)
      for (const guest of guests) {
        await host?.invites(guest)
        await guest.joins(mediaType)
      }
      await host?.shows(...guests.map(({ address }) => `${address} joined`))
      return [host, ...guests] as never
    },
  }
}

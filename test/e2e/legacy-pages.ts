import assert from 'node:assert/strict'
import { beforeEach } from 'node:test'
import type {} from '../../src/att/global.ts'
import type { Phone } from '../../src/index.ts'
import {
  browserNames,
  everywhere,
  useBrowsers,
  useServer,
  type BrowserName,
  type BrowserWindow,
  type Server,
} from './harness.ts'

/** Where the pages of a test call: through the gateway, or between the tabs of one person with no server. */
export type Network = 'gateway' | 'local'

/** Both networks are tried in one browser: another one differs by its media alone. */
const networksIn = (browser: BrowserName): readonly Network[] =>
  everywhere || browser === browserNames[0] ? ['gateway', 'local'] : ['gateway']

/** A browser and a network that the tests of a page run in. */
export interface Setting {
  readonly title: string
  readonly browser: BrowserName
  readonly network: Network
}

export const settings: readonly Setting[] = browserNames.flatMap((browser) =>
  networksIn(browser).map((network) => ({
    title: network === 'gateway' ? `over the gateway in ${browser}` : `between tabs of ${browser}`,
    browser,
    network,
  })),
)

const changed = 'call:state-changed'

/** What the caller's page hears until the call is up, in this order. */
export const outgoing = ['dialing', changed, 'call:connecting', changed, 'call:connected', 'media:established']
/** What the page at the other side hears. */
export const incoming = [
  ...['call:incoming', 'answering', 'media:established'],
  ...[changed, 'call:connecting', changed, 'call:connected'],
]
/** What the page hears that holds or resumes, and the one at the other side. */
export const holding = [changed, 'call:modification-in-progress', changed, 'call:held']
export const held = [changed, changed, 'call:held']
export const resuming = [changed, 'call:modification-in-progress', 'media:established', changed, 'call:resumed']
export const resumed = [changed, changed, 'call:resumed']
/** What the page hears that hangs up, and the one at the other side. */
export const hangingUp = [changed, 'call:disconnecting', changed, 'call:disconnected']
export const ended = [changed, 'call:disconnected']

/** A page of the original SDK in a window, and somebody who uses it. */
export class LegacyPage {
  readonly window: BrowserWindow
  /** What others dial to reach this one. */
  readonly user: string

  constructor(window: BrowserWindow, user: string) {
    this.window = window
    this.user = user
  }

  /** Clicks what this selector names, a button's id without its `#` included, as soon as it shows. */
  async press(selector: string): Promise<void> {
    const target = /^[\w-]+$/.test(selector) ? `#${selector}` : selector
    await this.window.until(
      `to press ${target}`,
      (css) => document.querySelector<HTMLElement>(css)?.checkVisibility(),
      target,
    )
    await this.window.page.bringToFront()
    await this.window.page.click(target)
  }

  /** Puts a text into a field, in place of what is there. */
  async fill(id: string, text: string): Promise<void> {
    await this.window.evaluate(
      (id, text) => {
        const field = document.getElementById(id) as HTMLInputElement
        field.value = text
      },
      id,
      text,
    )
  }

  /** Signs in by the page's own form, and waits until it is. */
  async signIn(): Promise<this> {
    await this.fill('user', this.user)
    await this.press('#sign-in button')
    await this.hears('session:ready')
    return this
  }

  async call(other: LegacyPage | string, button = 'call'): Promise<void> {
    await this.fill('destination', typeof other === 'string' ? other : other.user)
    await this.press(button)
  }

  /** Invites somebody to the conference. A machine that mixes at its limit refuses: then once more when it has room. */
  async invites(guest: LegacyPage): Promise<void> {
    await this.fill('participant', guest.user)
    for (;;) {
      await this.hasRoom()
      const before = (await this.events()).length
      await this.press('add')
      const said = await this.window.until(
        `an invitation to ${guest.user}`,
        (before) =>
          [...document.querySelectorAll('#events > li')]
            .map((item) => item.getAttribute('data-event') ?? '')
            .filter((name) => name !== 'session:ready')
            .slice(before)
            .find((name) => name === 'conference:invitation-sent' || name === 'error'),
        before,
      )
      if (said !== 'error') return
      const error = await this.reads('#error')
      if (!error.includes('3600')) throw new Error(`${this.user} could not invite ${guest.user}: ${error}`)
    }
  }

  /** Resolves when the conference takes one more. */
  async hasRoom(): Promise<void> {
    await this.window.until('the conference has room', () => {
      const { phone } = globalThis as unknown as { readonly phone: Phone }
      return phone.snapshot.conference?.atLimit === false
    })
  }

  /** Names of the events so far, in order, without the sign-in. */
  events(): Promise<readonly string[]> {
    return this.window.evaluate(() =>
      [...document.querySelectorAll('#events > li')]
        .map((item) => item.getAttribute('data-event') ?? '')
        .filter((name) => name !== 'session:ready'),
    )
  }

  /** Resolves when this event has come as often as said. */
  async hears(event: string, times = 1): Promise<void> {
    try {
      await this.window.until(
        event,
        (event, times) => document.querySelectorAll(`#events > li[data-event="${event}"]`).length >= times,
        event,
        times,
      )
    } catch (error) {
      const said = await this.reads('#events')
      throw new Error(`${this.user} never heard ${event}, but:\n${said}`, { cause: error })
    }
  }

  /** Waits for the last of these events and checks that they came in this order, nothing missing and nothing more. */
  async heard(...events: readonly string[]): Promise<void> {
    const last = events.at(-1) ?? ''
    await this.hears(last, events.filter((event) => event === last).length)
    assert.deepEqual(await this.events(), events)
  }

  /** The text of an element. */
  reads(selector: string): Promise<string> {
    return this.window.evaluate((css) => document.querySelector<HTMLElement>(css)?.innerText ?? '', selector)
  }

  /** Resolves when a picture of the other side shows in the element that the page passed in. */
  async seesPicture(): Promise<void> {
    await this.window.until('a picture in #remoteVideo', () => {
      const video = document.querySelector<HTMLVideoElement>('#remoteVideo')
      return video !== null && video.videoWidth > 0 && !video.paused
    })
  }

  /** Resolves when sound has come from the other side. */
  async hearsSound(): Promise<void> {
    await this.window.until('packets of sound', async () => {
      const statistics = await ATT.rtc.Phone.getPhone().getStatistics()
      return (statistics?.audio.received.packets ?? 0) > 0
    })
  }
}

export interface LegacyPages {
  readonly server: () => Server
  /** A page that is not signed in yet. The users of a test are its own; the same name is the same user. */
  open(setting: Setting, page: string, name: string): Promise<LegacyPage>
  /** Two users at the same page, each in a window, signed in. */
  meet(setting: Setting, page: string): Promise<readonly [alice: LegacyPage, bob: LegacyPage]>
  /** As `meet`, and in a call that is up at both sides; Alice made it with the button of this id. */
  talk(setting: Setting, page: string, button?: string): Promise<readonly [alice: LegacyPage, bob: LegacyPage]>
  /** As `meet`, three of them. */
  meetThree(setting: Setting, page: string): Promise<readonly [alice: LegacyPage, bob: LegacyPage, carol: LegacyPage]>
}

/** The demo pages of the original SDK, served as `npm start` serves them. */
export function useLegacyPages(): LegacyPages {
  const server = useServer()
  const openWindow = useBrowsers()
  let test = 0
  let first: BrowserWindow | undefined
  beforeEach(() => {
    test += 1
    first = undefined
  })

  async function open({ browser, network }: Setting, page: string, name: string): Promise<LegacyPage> {
    const url = new URL(`legacy/${page}.html${network === 'local' ? '?network=local' : ''}`, server().url)
    // Tabs that call each other with no server belong to one person.
    const beside = network === 'local' && first ? { beside: first } : {}
    const window = await openWindow(browser, url.href, beside)
    first ??= window
    return new LegacyPage(window, /^\d/.test(name) ? name : `${name}${test}`)
  }

  async function signIn(setting: Setting, page: string, name: string): Promise<LegacyPage> {
    return (await open(setting, page, name)).signIn()
  }

  const meet: LegacyPages['meet'] = async (setting, page) => [
    await signIn(setting, page, 'alice'),
    await signIn(setting, page, 'bob'),
  ]

  return {
    server,
    open,
    meet,
    talk: async (setting, page, button = 'call') => {
      const [alice, bob] = await meet(setting, page)
      await alice.call(bob, button)
      await bob.press('answer')
      await Promise.all([alice.hears('media:established'), bob.hears('call:connected')])
      return [alice, bob]
    },
    meetThree: async (setting, page) => [
      await signIn(setting, page, 'alice'),
      await signIn(setting, page, 'bob'),
      await signIn(setting, page, 'carol'),
    ],
  }
}

import { beforeEach } from 'node:test'
import {
  browserNames,
  everywhere,
  useBrowsers,
  useServer,
  type BrowserName,
  type Capture,
  type OpenOptions,
} from '../harness.ts'
import { Person } from './person.ts'
import type { Server, ServerOptions } from './server.ts'
import type { Launch } from './test-browser.ts'

/** Who calls from which browser, and where it rings. */
export interface Seats {
  readonly caller: BrowserName
  readonly callee: BrowserName
}

export interface Pair extends Seats {
  readonly title: string
}

const wanted: readonly (readonly [caller: BrowserName, callee: BrowserName])[] = [
  ['chromium', 'chromium'],
  ['firefox', 'firefox'],
  ['chromium', 'firefox'],
]

const seated = wanted.filter((pair) => pair.every((name) => browserNames.includes(name)))

/** The pairs of browsers that this machine can seat two people at. Where two browsers meet, each is tried without the last. */
export const pairs: readonly Pair[] = seated
  .filter(([caller, callee]) => everywhere || caller !== callee || caller === browserNames[0])
  .map(([caller, callee]) => ({
    title: caller === callee ? `between two windows of ${caller}` : `from ${caller} to ${callee}`,
    caller,
    callee,
  }))

/** What the author of the page wrote into the tag, and the page into the phone. */
export interface PhoneSetup extends OpenOptions {
  /** Whether the person lets the page use microphone and camera; by default they do. */
  readonly capture?: Capture
  readonly mediaType?: 'audio' | 'video'
  /** ms */
  readonly ringTimeout?: number
  /** Writes down the tones that arrive. */
  readonly hearTones?: boolean
  /** Has a conference panel beside the phone. */
  readonly conference?: boolean
  /** The microphone is one tone of this frequency, in Hz. */
  readonly tone?: number
  /** Where the page and the gateway are reached; the server itself by default. */
  readonly origin?: string
  /** Where the page gets its tokens; the server itself by default. */
  readonly tokens?: string
}

export interface People {
  readonly server: () => Server
  /** A window with a phone that is signed in at the gateway. */
  signIn(browser: BrowserName, name: string, setup?: PhoneSetup): Promise<Person>
  /** Two windows, another person at each. */
  meet(seats: Seats, setup?: PhoneSetup): Promise<readonly [alice: Person, bob: Person]>
  /** The address of somebody in the domain of this test. */
  addressOf(name: string): string
}

/**
 * A gateway, and people with browsers who use it. In each test they live in a domain of their own.
 *
 * @param launch what their browsers are started with
 */
export function usePeople(options: ServerOptions = {}, launch: Launch = {}): People {
  const server = useServer({ ...options, serve: ['/e2e/=test/e2e/pages', ...(options.serve ?? [])] })
  const open = useBrowsers(launch)
  let domain = 0
  beforeEach(() => {
    domain += 1
  })
  const addressOf = (name: string): string => `${name}@house${domain}.example`

  async function signIn(browser: BrowserName, name: string, setup: PhoneSetup = {}): Promise<Person> {
    const { mediaType = 'audio', ringTimeout, hearTones = false, conference = false, tone, tokens, ...options } = setup
    const { origin = server().url } = setup
    const address = addressOf(name)
    const url = new URL('/e2e/phone.html', origin)
    url.search = new URLSearchParams({
      server: origin,
      'user-id': address,
      'media-type': mediaType,
      ...(hearTones && { 'hear-tones': '' }),
      ...(conference && { conference: '' }),
      ...(tokens !== undefined && { tokens }),
      ...(tone !== undefined && { tone: String(tone) }),
      ...(ringTimeout !== undefined && { 'ring-timeout': String(ringTimeout) }),
    }).toString()
    const window = await open(browser, url.href, options)
    // A candidate may cross the end of its call on the way.
    window.forgive(/response 404: PATCH/)
    const person = new Person(window, address)
    await person.sees('Ready')
    return person
  }

  return {
    server,
    signIn,
    addressOf,
    meet: ({ caller, callee }, setup) => Promise.all([signIn(caller, 'alice', setup), signIn(callee, 'bob', setup)]),
  }
}

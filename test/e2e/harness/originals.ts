import assert from 'node:assert/strict'
import { useBrowsers, useServer, type BrowserName } from '../harness.ts'
import { Original } from './original.ts'
import { Person } from './person.ts'

const names = ['alice', 'bob', 'carol'] as const

export type Three = Readonly<Record<(typeof names)[number], Original>>

export interface Originals {
  /** Somebody who signed in. */
  readonly original: (browser: BrowserName, address: string) => Promise<Original>
  /** Three of them, in a domain of their own. */
  readonly meet: (browser: BrowserName) => Promise<Three>
  /** Somebody at a page with our phone, `panel`: and a panel for conferences. */
  readonly phone: (browser: BrowserName, address: string, panel?: boolean) => Promise<Person>
  /** Nobody's client heard anything it could make nothing of, or was refused. */
  readonly allIsWell: (...clients: readonly Original[]) => Promise<void>
  /** A call that is up, and heard by both. */
  readonly talk: (caller: Original, callee: Original, mediaType?: 'audio' | 'video') => Promise<void>
  /** `asker` does something that the other side's client answers by itself. */
  readonly asks: (asker: Original, step: 'hold' | 'resume', other: Original) => Promise<void>
  /** An address in the domain of those who met last. */
  readonly addressOf: (name: string) => string
}

/** Clients of the original protocol, and phones of ours, at one gateway: for all tests of a group. */
export function useOriginals(): Originals {
  const server = useServer({ serve: ['/e2e/=test/e2e/pages'] })
  const open = useBrowsers()
  let domains = 0

  async function original(browser: BrowserName, address: string): Promise<Original> {
    return Original.signedIn(await open(browser, new URL('/e2e/original-client.html', server().url).href), address)
  }

  async function meet(browser: BrowserName): Promise<Three> {
    domains += 1
    const [alice, bob, carol] = await Promise.all(names.map((name) => original(browser, addressOf(name))))
    assert.ok(alice && bob && carol)
    return { alice, bob, carol }
  }

  async function phone(browser: BrowserName, address: string, panel = false): Promise<Person> {
    const url = new URL('/e2e/phone.html', server().url)
    const options = {
      server: server().url,
      'user-id': address,
      'media-type': 'audio',
      ...(panel && { conference: '' }),
    }
    url.search = new URLSearchParams(options).toString()
    const person = new Person(await open(browser, url.href), address)
    await person.sees(address)
    return person
  }

  async function allIsWell(...clients: readonly Original[]): Promise<void> {
    for (const client of clients) assert.deepEqual(await client.complaints(), [], await client.tells())
  }

  async function talk(caller: Original, callee: Original, mediaType: 'audio' | 'video' = 'audio'): Promise<void> {
    await caller.dial(callee, mediaType)
    await callee.becomes('ringing')
    await callee.does('answer')
    await Promise.all([caller.becomes('connected'), callee.becomes('connected')])
    await Promise.all([caller.receives(), callee.receives()])
  }

  async function asks(asker: Original, step: 'hold' | 'resume', other: Original): Promise<void> {
    await asker.does(step)
    await asker.becomes(step === 'hold' ? 'held' : 'connected')
    await other.isHeldByOther(step === 'hold')
  }

  const addressOf = (name: string): string => `${name}@originals${domains}.example`

  return { original, meet, phone, allIsWell, talk, asks, addressOf }
}

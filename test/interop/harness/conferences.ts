import { beforeEach } from 'node:test'
import { useBrowser, type BrowserName, type BrowserWindow } from '../../e2e/harness.ts'
import { usePages } from '../harness.ts'
import { useJanusGateway, type JanusGateway } from './janus-gateway.ts'
import type {} from '../page/conference-room.ts'

/** Somebody in a conference, who hums a tone of their own. */
export class Attendee {
  constructor(
    readonly name: string,
    readonly tone: number,
    readonly window: BrowserWindow,
    readonly tones: ReadonlyMap<string, number>,
  ) {}

  /** Resolves when the tones of these arrive, and of all others none. */
  async hearsOnly(...others: readonly Attendee[]): Promise<void> {
    const wanted = others.map(({ tone }) => tone).sort((a, b) => a - b)
    const all = [...this.tones.values()].sort((a, b) => a - b)
    try {
      await this.window.until(
        `${this.name} hears ${others.map(({ name }) => name).join(', ') || 'nobody'}`,
        (name, among, expected) => conferenceRoom.get(name).hears(among).join() === expected,
        this.name,
        all,
        wanted.join(),
      )
    } catch (error) {
      const heard = await this.window.evaluate((name, among) => conferenceRoom.get(name).hears(among), this.name, all)
      throw new Error(`${this.name} hears ${heard.join()} in place of ${wanted.join()}`, { cause: error })
    }
  }

  /** Resolves when the conference, or of somebody in it, told this; with what it told. */
  async hearsOf(event: string, payload: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return this.window.until(
      `${this.name} is told ${event} ${JSON.stringify(payload)}`,
      (name, wanted, fields) =>
        conferenceRoom
          .get(name)
          .heard.find(
            (heard) =>
              heard.name === wanted &&
              Object.entries(fields).every(([key, value]) => (heard.payload as Record<string, unknown>)[key] === value),
          ),
      this.name,
      event,
      payload,
    )
  }

  /** Resolves when the leg told this and, later, that: `link ok` is the event and its value. */
  async hearsInOrder(first: string, then: string): Promise<void> {
    await this.window.until(
      `${this.name} is told ${first}, then ${then}`,
      (name, before, after) => {
        const told = conferenceRoom
          .get(name)
          .heard.map((heard) => `${heard.name} ${String((heard.payload as Record<string, unknown>)['value'])}`)
        return told.includes(before) && told.lastIndexOf(after) > told.indexOf(before)
      },
      this.name,
      first,
      then,
    )
  }

  host(): Promise<void> {
    return this.window.evaluate((name) => conferenceRoom.get(name).host(), this.name)
  }

  invite(other: Attendee): Promise<void> {
    return this.window.evaluate((name, address) => conferenceRoom.get(name).invite(address), this.name, other.name)
  }

  /** Resolves when an invitation has come. */
  async isInvited(): Promise<void> {
    await this.hearsOf('leg', { conference: true })
  }

  join(): Promise<void> {
    return this.window.evaluate((name) => conferenceRoom.get(name).join(), this.name)
  }

  /** Does something to their own leg. */
  does(what: 'hold' | 'resume' | 'end' | 'restartMedia'): Promise<void> {
    return this.window.evaluate((name, method) => conferenceRoom.get(name).leg[method](), this.name, what)
  }

  /** By what the path to the media server is known now. */
  path(): Promise<string> {
    return this.window.evaluate((name) => {
      const { connection } = conferenceRoom.get(name).leg
      return /a=ice-ufrag:(\S+)/.exec(connection?.currentRemoteDescription?.sdp ?? '')?.[1] ?? ''
    }, this.name)
  }

  /** Resolves when there is another path than this. */
  async hasAnotherPath(former: string): Promise<void> {
    await this.window.until(
      `${this.name} has another path`,
      (name, known) => {
        const { connection } = conferenceRoom.get(name).leg
        const [, path] = /a=ice-ufrag:(\S+)/.exec(connection?.currentRemoteDescription?.sdp ?? '') ?? []
        return path !== undefined && path !== known && connection?.connectionState === 'connected'
      },
      this.name,
      former,
    )
  }

  /** Declines the invitation. */
  declines(reason: 'rejected' | 'busy'): Promise<void> {
    return this.window.evaluate((name, why) => conferenceRoom.get(name).leg.reject(why), this.name, reason)
  }

  /** Takes somebody out, or their invitation back. */
  removes(other: Attendee): Promise<void> {
    return this.window.evaluate(
      (name, address) => conferenceRoom.get(name).participant(address).remove(),
      this.name,
      other.name,
    )
  }

  silences(other: Attendee, silenced: boolean): Promise<void> {
    return this.window.evaluate(
      (name, address, quiet) => conferenceRoom.get(name).participant(address).silence(quiet),
      this.name,
      other.name,
      silenced,
    )
  }

  /** The HTTP status that starting a conference is refused with. */
  refusalOfHosting(): Promise<number | null> {
    return this.window.evaluate((name) => conferenceRoom.refusal(() => conferenceRoom.get(name).host()), this.name)
  }

  /** The HTTP status that inviting this address is refused with. */
  refusalOfInviting(address: string): Promise<number | null> {
    return this.window.evaluate(
      (name, to) => conferenceRoom.refusal(() => conferenceRoom.get(name).invite(to)),
      this.name,
      address,
    )
  }
}

export interface Conferences {
  /** The gateway, and the instances of Janus it has. */
  readonly server: () => JanusGateway
  /** Somebody signed in, in a window of their own or beside others. */
  signIn(name: string, window?: BrowserWindow): Promise<Attendee>
  /** A conference that the first hosts and the others have joined. */
  confer<Names extends readonly string[]>(...names: Names): Promise<{ readonly [Key in keyof Names]: Attendee }>
}

/** A gateway with so many instances of Janus, and people who use it. In each test they have names of their own. */
export function useConferences(browser: BrowserName, instances = 1): Conferences {
  const server = useJanusGateway(instances)
  const open = useBrowser(browser)
  const pages = usePages('conference-room')
  const tones = new Map<string, number>()
  let round = 0

  beforeEach(() => {
    round += 1
    tones.clear()
  })

  async function signIn(name: string, window?: BrowserWindow): Promise<Attendee> {
    const own = `${name}-${round}@conference.example`
    const tone = 440 + tones.size * 210
    tones.set(own, tone)
    const at = window ?? (await open(pages().url('conference-room')))
    await at.evaluate((url, user, hz) => conferenceRoom.signIn(url, user, hz), server().url, own, tone)
    return new Attendee(own, tone, at, tones)
  }

  return {
    server,
    signIn,
    async confer(...names) {
      const all: Attendee[] = []
      for (const name of names) all.push(await signIn(name))
      const [host, ...others] = all
      await host?.host()
      await host?.hearsOf('established')
      for (const other of others) {
        await host?.invite(other)
        await other.isInvited()
        await other.join()
        await other.hearsOf('established')
      }
      return all as never
    },
  }
}

/**
 * How soon a call over SIP is there: ours, JsSIP as it comes, JsSIP told to hurry, SIP.js, and two bare connections.
 * One Kamailio, one browser, the same fake devices; each row is the median of its runs. What else a machine does falls
 * on all alike, because they call by turns; whether ours is the first is judged by the differences within each turn.
 *
 * `npx tsx bench/sip.ts [runs] [audio] [video] [dead] [distance]`, with Chromium: all of it, or what is named (`dead`:
 * with a dead STUN server; `distance`: each page a tenth of a second away from the server). What is missing of the
 * servers is installed on Debian as root, named elsewhere. Prints tables; exits with 1 where ours is not the first.
 */
import { TestBrowser, type BrowserWindow } from '../test/e2e/harness.ts'
import { Kamailio } from '../test/interop/harness/kamailio.ts'
import { startPageServer, type PageServer } from '../test/interop/harness/page-server.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
import { SlowConnection } from '../test/interop/harness/slow-connection.ts'
import type { Moments } from './sip/contender.ts'

const [count = '15', ...named] = process.argv.slice(2)
const runs = Number(count)
/** JsSIP waits 40 s for a dead server, on each side: nobody wants to see that often. */
const patientRuns = 1
const warmUps = 2
/** Nobody is at this address (RFC 5737). */
const deadServer: RTCIceServer = { urls: 'stun:198.51.100.7:3478' }
/** How much later than another's the median of ours may be and still be the same, in ms: statistics are asked every 2 ms. */
const grain = 5

/** How long signalling is under way from a distant page to the server, and from there to a page, in ms. */
const distance = 100
const roundTrip = 2 * distance
/** The offer goes to the server and on to the other page, the answer comes back: two round trips, and what pages do. */
const roundTripsToConfirmed = 2.1

const contenders = ['ours', 'jssip', 'jssip#early', 'sipjs', 'bare'] as const
type Name = (typeof contenders)[number]

const rivals = ['jssip', 'jssip#early', 'sipjs'] as const
const signingIn = ['ours', 'jssip', 'sipjs'] as const

const median = (values: readonly (number | null)[]): number =>
  [...values].map((value) => value ?? NaN).sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/** The two windows of a contender, signed in. */
class Pair {
  readonly moments: Moments[] = []
  readonly #caller: BrowserWindow
  readonly #callee: string

  private constructor(caller: BrowserWindow, callee: string) {
    this.#caller = caller
    this.#callee = callee
    caller.page.setDefaultTimeout(0)
  }

  static async open(
    browser: TestBrowser,
    pages: PageServer,
    name: Name,
    server: string,
    servers: RTCIceServer[],
  ): Promise<Pair> {
    const [page = '', hash = ''] = name.split('#')
    const url = `${pages.url(page)}#${hash}`
    const user = name.replace('#', '-')
    const [caller, callee] = [await browser.open(url), await browser.open(url)]
    for (const [window, who] of [
      [caller, `${user}-caller`],
      [callee, `${user}-callee`],
    ] as const) {
      await window.evaluate(
        (as, at, ice) => {
          globalThis.iceServers = ice
          return stage.register(as, at)
        },
        who,
        server,
        servers,
      )
    }
    return new Pair(caller, `${user}-callee`)
  }

  async call(video: boolean): Promise<Moments> {
    const moments = await this.#caller.evaluate((to, wanted) => stage.measure(to, wanted), this.#callee, video)
    await this.#caller.evaluate(() => stage.hangUp())
    // The far side closes its devices meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 300))
    return moments
  }

  median(moment: keyof Moments): number {
    return median(this.moments.map((moments) => moments[moment]))
  }

  /** How much later than `other` this one is, in ms: the median of the differences within each turn. */
  behind(other: Pair, moment: keyof Moments): number {
    const turns = Math.min(this.moments.length, other.moments.length)
    const difference = (turn: number) => (this.moments[turn]?.[moment] ?? NaN) - (other.moments[turn]?.[moment] ?? NaN)
    return median(Array.from({ length: turns }, (_, turn) => difference(turn)))
  }
}

interface Circumstances {
  readonly video: boolean
  /** Whether there is a STUN server that does not answer. */
  readonly dead: boolean
  /** Address of the exchange. */
  readonly server: string
}

/** Calls by every contender in turn, so that what else the machine does falls on all alike. */
async function measure({ video, dead, server }: Circumstances): Promise<ReadonlyMap<Name, Pair>> {
  const browser = await TestBrowser.launch('chromium')
  try {
    const pairs = new Map<Name, Pair>()
    const servers = dead ? [deadServer] : []
    for (const name of contenders) pairs.set(name, await Pair.open(browser, pages, name, server, servers))
    // The first calls of a browser pay for what it loads once.
    for (let run = -warmUps; run < runs; run++) {
      // Nobody is always the first of a turn, or always after the same one.
      const all = [...pairs]
      const first = (run + warmUps) % all.length
      const turn = [...all.slice(first), ...all.slice(0, first)]
      for (const [name, pair] of turn) {
        const patient = dead && (name === 'jssip' || name === 'sipjs')
        if (patient && (run < 0 || run >= patientRuns)) continue
        const moments = await pair.call(video)
        if (run >= 0) pair.moments.push(moments)
      }
    }
    return pairs
  } finally {
    await browser.close()
  }
}

/** How long registering takes, from nothing to ready, by turns: the durations in ms. */
async function registrations(server: string): Promise<Readonly<Record<(typeof signingIn)[number], number[]>>> {
  const browser = await TestBrowser.launch('chromium')
  const durations = { ours: [] as number[], jssip: [] as number[], sipjs: [] as number[] }
  try {
    for (let run = -1; run < runs; run++) {
      const first = (run + 1) % signingIn.length
      for (const name of [...signingIn.slice(first), ...signingIn.slice(0, first)]) {
        const window = await browser.open(pages.url(name))
        const register = async (who: string, at: string): Promise<number> => {
          const began = performance.now()
          await stage.register(who, at)
          return performance.now() - began
        }
        const duration = await window.evaluate(register, name, server)
        if (run >= 0) durations[name].push(duration)
        await window.close()
      }
    }
  } finally {
    await browser.close()
  }
  return durations
}

/** Prints how long signing in takes, and yields the others before whom ours is not ready. */
function* shortfallsOfRegistration(
  title: string,
  durations: Readonly<Record<(typeof signingIn)[number], number[]>>,
): Generator<string> {
  const { ours } = durations
  const inTurns = (other: readonly number[], compare: (ours: number, other: number) => number): number =>
    median(ours.map((duration, turn) => compare(duration, other[turn] ?? NaN)))
  const rows = signingIn.map((name) => {
    const other = durations[name]
    const later = inTurns(other, (one, two) => one - two)
    const times = inTurns(other, (one, two) => one / two)
    return { name, later, times, ready: median(other) }
  })
  console.log(`\n${title} (ms, medians of ${String(runs)})`)
  const shown = rows.map(({ name, ready, later, times }) => {
    const against = name === 'ours' ? {} : { 'ours later': rounded(later), 'times as long': times.toFixed(2) }
    return [name, { ready: rounded(ready), ...against }] as const
  })
  console.table(Object.fromEntries(shown))
  for (const { name, later } of rows)
    if (later > grain) yield `${title}: ours ${later.toFixed(1)} ms later than ${name}`
}

const columns = ['offer', 'confirmed', 'audio', 'video'] as const
const rounded = (value: number): number | string => (Number.isNaN(value) ? '' : Math.round(value * 10) / 10)

function report(title: string, pairs: ReadonlyMap<Name, Pair>): void {
  console.log(`\n${title} (ms, medians of ${String(runs)})`)
  const ours = pairs.get('ours')
  const behind = (pair: Pair, column: keyof Moments) => (ours && pair !== ours ? ours.behind(pair, column) : NaN)
  const rows = [...pairs].map(([name, pair]) => {
    const medians = columns.map((column) => [column, rounded(pair.median(column))] as const)
    const differences = columns.map((column) => [`ours ${column}`, rounded(behind(pair, column))] as const)
    return [name, Object.fromEntries([...medians, ...differences])] as const
  })
  console.table(Object.fromEntries(rows))
}

/** Where ours is later than another. */
function* shortfallsOf(title: string, pairs: ReadonlyMap<Name, Pair>, dead: boolean): Generator<string> {
  const ours = pairs.get('ours')
  for (const column of columns) {
    for (const name of rivals) {
      const rival = pairs.get(name)
      const behind = ours && rival ? ours.behind(rival, column) : NaN
      if (behind > grain) yield `${title}, ${column}: ours ${behind.toFixed(1)} ms later than ${name}`
    }
  }
  const times = (pairs.get('jssip')?.median('offer') ?? 0) / (pairs.get('ours')?.median('offer') ?? Infinity)
  if (dead && times < 100) yield `${title}: ours leaves only ${times.toFixed(0)} times sooner`
}

/** Where a call takes more round trips than it has to. */
function* shortfallsOfDistance(title: string, pairs: ReadonlyMap<Name, Pair>): Generator<string> {
  const trips = (pairs.get('ours')?.median('confirmed') ?? Infinity) / roundTrip
  console.log(`dial to confirmed: ${trips.toFixed(3)} round trips of ${String(roundTrip)} ms`)
  if (trips > roundTripsToConfirmed) yield `${title}: confirmed after ${trips.toFixed(3)} round trips`
}

requirePrograms()
const pages = await startPageServer(['ours', 'jssip', 'sipjs', 'bare'], new URL('./sip/', import.meta.url))
const kamailio = await Kamailio.start({ authenticateCalls: false })
const distant = await SlowConnection.to(Number(new URL(kamailio.url).port), distance)
const shortfalls: string[] = []
const isWanted = (name: string): boolean => named.length === 0 || named.includes(name)
const kinds = [false, true].filter((video) => isWanted(video ? 'video' : 'audio'))
const titled = (video: boolean): string => (video ? 'audio and video' : 'audio')
try {
  shortfalls.push(...shortfallsOfRegistration('registration', await registrations(kamailio.url)))
  for (const dead of [false, true].filter((each) => !each || isWanted('dead'))) {
    for (const video of kinds) {
      const title = `${titled(video)}${dead ? ', dead STUN server' : ''}`
      const pairs = await measure({ video, dead, server: kamailio.url })
      report(title, pairs)
      shortfalls.push(...shortfallsOf(title, pairs, dead))
    }
  }
  if (isWanted('distance')) {
    const server = `ws://127.0.0.1:${String(distant.port)}`
    const far = `${String(distance)} ms each way`
    shortfalls.push(...shortfallsOfRegistration(`registration, ${far}`, await registrations(server)))
    for (const video of kinds) {
      const title = `${titled(video)}, ${far}`
      const pairs = await measure({ video, dead: false, server })
      report(title, pairs)
      shortfalls.push(...shortfallsOf(title, pairs, false), ...shortfallsOfDistance(title, pairs))
    }
  }
} finally {
  await distant.close()
  await kamailio.stop()
  await pages.stop()
}
for (const line of shortfalls) console.log(line)
process.exitCode = shortfalls.length > 0 ? 1 : 0

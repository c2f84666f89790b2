/**
 * How soon a call over SIP is there: ours, JsSIP as it comes, JsSIP told to hurry, SIP.js, and two bare connections.
 * One Kamailio, one browser, the same fake devices; each row is the median of its runs. What else a machine does falls
 * on all alike, because they call by turns; whether ours is the first is judged by the differences within each turn.
 *
 * `npx tsx bench/sip.ts [runs] [audio] [video] [dead]`, with Chromium: all of it, or what is named (`dead`: with a dead
 * STUN server). What is missing of the servers is installed on Debian as root, named elsewhere. Prints tables; exits
 * with 1 where ours is not the first.
 */
import { TestBrowser, type BrowserWindow } from '../test/e2e/harness.ts'
import { Kamailio } from '../test/interop/harness/kamailio.ts'
import { startPageServer, type PageServer } from '../test/interop/harness/page-server.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
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

const contenders = ['ours', 'jssip', 'jssip#early', 'sipjs', 'bare'] as const
type Name = (typeof contenders)[number]

const rivals = ['jssip', 'jssip#early', 'sipjs'] as const

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

  static async open(browser: TestBrowser, pages: PageServer, name: Name, servers: RTCIceServer[]): Promise<Pair> {
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
        kamailio.url,
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

/** Calls by every contender in turn, so that what else the machine does falls on all alike. */
async function measure(video: boolean, dead: boolean): Promise<ReadonlyMap<Name, Pair>> {
  const browser = await TestBrowser.launch('chromium')
  try {
    const pairs = new Map<Name, Pair>()
    for (const name of contenders) pairs.set(name, await Pair.open(browser, pages, name, dead ? [deadServer] : []))
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

/**
 * How long registering takes, from nothing to ready, ours and plain JsSIP by turns: medians in ms, and the median of how
 * many times as long ours takes as the other in the same turn.
 */
async function registrations(): Promise<Readonly<Record<'ours' | 'jssip' | 'times', number>>> {
  const browser = await TestBrowser.launch('chromium')
  const durations = { ours: [] as number[], jssip: [] as number[] }
  try {
    for (let run = -1; run < runs; run++) {
      for (const name of run % 2 === 0 ? (['ours', 'jssip'] as const) : (['jssip', 'ours'] as const)) {
        const window = await browser.open(pages.url(name))
        const register = async (who: string, server: string): Promise<number> => {
          const began = performance.now()
          await stage.register(who, server)
          return performance.now() - began
        }
        const duration = await window.evaluate(register, name, kamailio.url)
        if (run >= 0) durations[name].push(duration)
        await window.close()
      }
    }
  } finally {
    await browser.close()
  }
  const times = median(durations.ours.map((duration, turn) => duration / (durations.jssip[turn] ?? NaN)))
  return { ours: median(durations.ours), jssip: median(durations.jssip), times }
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

requirePrograms()
const pages = await startPageServer(['ours', 'jssip', 'sipjs', 'bare'], new URL('./sip/', import.meta.url))
const kamailio = await Kamailio.start({ authenticateCalls: false })
const shortfalls: string[] = []
try {
  const ready = await registrations()
  const { ours, jssip, times } = ready
  console.log(
    `\nregistration: ours ${ours.toFixed(1)} ms, JsSIP ${jssip.toFixed(1)} ms; ${times.toFixed(2)} times as long in a turn`,
  )
  if (times > 1.2) shortfalls.push('registration takes more than 1.2 times as long as by plain JsSIP')
  const isWanted = (name: string): boolean => named.length === 0 || named.includes(name)
  for (const dead of [false, true].filter((each) => !each || isWanted('dead'))) {
    for (const video of [false, true].filter((each) => isWanted(each ? 'video' : 'audio'))) {
      const title = `${video ? 'audio and video' : 'audio'}${dead ? ', dead STUN server' : ''}`
      const pairs = await measure(video, dead)
      report(title, pairs)
      shortfalls.push(...shortfallsOf(title, pairs, dead))
    }
  }
} finally {
  await kamailio.stop()
  await pages.stop()
}
for (const line of shortfalls) console.log(line)
process.exitCode = shortfalls.length > 0 ? 1 : 0

/**
 * What a conference on a media server costs: processor and memory of Janus by the number of participants, how soon one
 * who joins hears the others, and whether each hears all.
 *
 * `npx tsx bench/janus.ts` on Linux, with Chromium; Janus is installed on Debian as root. The participants are
 * connections of one page on the same machine, which has to do the work of all of them. Prints a table; exits with 1
 * where a figure falls short.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { TestBrowser, type BrowserWindow } from '../test/e2e/harness.ts'
import { JanusGateway } from '../test/interop/harness/janus-gateway.ts'
import { startPageServer } from '../test/interop/harness/page-server.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
import { usageOf } from './conference/process-usage.ts'
import type {} from './janus/room.ts'

/** Participants, the host among them, at which is measured. */
const sizes = [3, 10, 25] as const

/** How long is measured, in ms. */
const measuring = 10_000

/** Participants that a server on two cores has to bear. */
const required = 25

/** Most of the sound that may be made up because it did not come in time, in %. */
const concealedLimit = 2

/** Tones that no two of which are confused, in Hz. */
const toneOf = (index: number): number => 400 + index * 150

interface Row {
  readonly participants: number
  /** Of one core. */
  readonly 'processor of Janus, %': number
  readonly 'memory of Janus, MB': number
  /** Median over those who joined since the row before. */
  readonly 'join to hearing, ms': number
  readonly 'sound concealed, %': number
  /** Of all pairs of participants, how many times one hears the other. */
  readonly 'pairs that hear, %': number
}

const rounded = (value: number): number => Math.round(value * 10) / 10

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN

/** One conference in one page, which grows. */
class GrowingConference {
  readonly #window: BrowserWindow
  readonly #server: JanusGateway
  readonly #tones: Record<string, number> = {}

  constructor(window: BrowserWindow, server: JanusGateway) {
    this.#window = window
    this.#server = server
  }

  get size(): number {
    return Object.keys(this.#tones).length
  }

  /** One more; resolves to the time until they heard the host, in ms. */
  async join(): Promise<number> {
    const index = this.size
    const [name, tone] = [`p${index}@bench.example`, toneOf(index)]
    await this.#window.evaluate((url, as, hz) => conferenceRoom.signIn(url, as, hz), this.#server.url, name, tone)
    this.#tones[name] = tone
    const [host = name] = Object.keys(this.#tones)
    if (host === name) {
      await this.#window.evaluate((as) => conferenceRoom.get(as).host(), name)
      await this.#told(name, 'established')
      return 0
    }
    await this.#window.evaluate((as, invitee) => conferenceRoom.get(as).invite(invitee), host, name)
    await this.#told(name, 'leg')
    return this.#window.evaluate((as, hz) => room.joinAndHear(as, [hz]), name, toneOf(0))
  }

  async measure(joining: readonly number[]): Promise<Row> {
    const pid = this.#server.servers[0]?.pid ?? 0
    const names = Object.keys(this.#tones)
    const received = () => this.#window.evaluate((all) => room.received(all), names)
    const [before, got, began] = [usageOf(pid), await received(), performance.now()]
    await pause(measuring)
    const [after, now, elapsed] = [usageOf(pid), await received(), (performance.now() - began) / 1000]
    const heard = await this.#window.evaluate((tones) => room.pairsHeard(tones), this.#tones)
    return {
      participants: this.size,
      'processor of Janus, %': rounded(((after.cpu - before.cpu) / elapsed) * 100),
      'memory of Janus, MB': rounded(after.memory),
      'join to hearing, ms': Math.round(median(joining)),
      'sound concealed, %': rounded(((now.concealed - got.concealed) / (now.samples - got.samples)) * 100),
      'pairs that hear, %': rounded((heard / (this.size * (this.size - 1))) * 100),
    }
  }

  async #told(name: string, event: string): Promise<void> {
    await this.#window.until(
      `${name} is told ${event}`,
      (as, wanted) => conferenceRoom.get(as).heard.some((heard) => heard.name === wanted),
      name,
      event,
    )
  }
}

function shortfalls(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => [
    ...(row['pairs that hear, %'] === 100 ? [] : [`${row.participants} participants do not all hear each other`]),
    ...(row.participants < required || row['sound concealed, %'] <= concealedLimit
      ? []
      : [`With ${row.participants} participants ${row['sound concealed, %']} % of the sound had to be made up`]),
  ])
}

requirePrograms()
const pages = await startPageServer(['room'], new URL('./janus/', import.meta.url))
const server = await JanusGateway.start(1)
const browser = await TestBrowser.launch('chromium')
const rows: Row[] = []
try {
  const window = await browser.open(pages.url('room'))
  window.page.setDefaultTimeout(0)
  const conference = new GrowingConference(window, server)
  for (const size of sizes) {
    const joining: number[] = []
    while (conference.size < size) {
      const time = await conference.join()
      if (time > 0) joining.push(time)
    }
    rows.push(await conference.measure(joining))
  }
} finally {
  await browser.close()
  await server.stop()
  await pages.stop()
}
console.table(rows)
const failures = shortfalls(rows)
for (const failure of failures) console.error(`Falls short: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

/**
 * What a conference costs its host: processor and memory by the number of participants, and how much later one hears
 * the other because of the mix.
 *
 * `npx tsx bench/conference.ts [latency] [audio] [video]` on Linux, with Chromium; all three where none is named. The
 * host is in one browser, the participants in another one of the same machine, which has to do the work of all of them.
 * Prints tables; exits with 1 where a figure falls short.
 */
import { TestBrowser, type BrowserWindow } from '../test/e2e/harness.ts'
import { startPageServer, type PageServer } from '../test/interop/harness/page-server.ts'
import type { MediaType } from '../src/media/media-type.ts'
import { usageOf } from './conference/process-usage.ts'

/** The most participants of each kind that are measured. */
const most = { audio: 8, video: 4 } as const

/** Participants that a host on two cores has to bear. */
const required = { audio: 6, video: 4 } as const

/** How long a new participant is left to settle, and how long is measured, in ms. */
const settling = 3000
const measuring = 5000

/** Tones whose delay is measured. */
const rounds = 20

/** ms */
const latencyLimit = 40

interface Row {
  readonly participants: number
  /** Whether the tab of the host is seen. */
  readonly tab: string
  /** Of one core. */
  readonly 'processor, %': number
  readonly 'memory, MB': number
  readonly 'pictures a second': number
  /** Of the picture that the first participant gets, in points. */
  readonly width: number
  /** Sound that was made up for at the participants because it did not come in time. */
  readonly 'sound concealed, %': number
  readonly overload: boolean
}

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))
const rounded = (value: number): number => Math.round(value * 10) / 10

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN

async function measure(participants: number, host: BrowserWindow, guests: BrowserWindow): Promise<Row> {
  const pid = host.page.browser().process()?.pid ?? 0
  const received = () => guests.evaluate(() => globalThis.received())
  const [before, got, began] = [usageOf(pid), await received(), performance.now()]
  await pause(measuring)
  const [after, now, elapsed] = [usageOf(pid), await received(), (performance.now() - began) / 1000]
  const samples = now.samples - got.samples
  return {
    participants,
    tab: await host.evaluate(() => document.visibilityState),
    'processor, %': rounded(((after.cpu - before.cpu) / elapsed) * 100),
    'memory, MB': rounded(after.memory),
    'pictures a second': participants ? rounded((now.frames - got.frames) / elapsed / participants) : 0,
    width: now.width,
    'sound concealed, %': samples ? rounded(((now.concealed - got.concealed) / samples) * 100) : 0,
    overload: await host.evaluate(() => overloaded()),
  }
}

/** A conference that participants join one after the other. */
async function measureHost(pages: PageServer, mediaType: MediaType): Promise<readonly Row[]> {
  const browsers = [await TestBrowser.launch('chromium'), await TestBrowser.launch('chromium')] as const
  try {
    const host = await browsers[0].open(pages.url('host'))
    const guests = await browsers[1].open(pages.url('guest'))
    await host.evaluate((media) => openConference(media), mediaType)
    const rows: Row[] = []
    for (let count = 0; count <= most[mediaType]; count++) {
      if (count > 0) {
        const id = `guest ${count}`
        const offer = await guests.evaluate((as, media) => globalThis.offer(as, media), id, mediaType)
        const answer = await host.evaluate((as, sdp) => admit(as, sdp), id, offer)
        await guests.evaluate((as, sdp) => answered(as, sdp), id, answer)
      }
      await pause(settling)
      rows.push(await measure(count, host, guests))
    }
    const front = await host.page.browserContext().newPage()
    await front.bringToFront()
    await pause(settling)
    return [...rows, await measure(most[mediaType], host, guests)]
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()))
  }
}

interface Latency {
  /** Medians in ms. */
  readonly 'one connection': number
  readonly 'two connections': number
  readonly 'two connections and the mixer': number
  /** What the mixer adds to the two connections, tone by tone. */
  readonly 'added by the mixer': number
}

async function measureLatency(pages: PageServer): Promise<Latency> {
  const browser = await TestBrowser.launch('chromium')
  try {
    const window = await browser.open(pages.url('latency'))
    window.page.setDefaultTimeout(0)
    const delays = await window.evaluate((count) => measureDelays(count), rounds)
    return {
      'one connection': rounded(median(delays.map(({ direct }) => direct))),
      'two connections': rounded(median(delays.map(({ forwarded }) => forwarded))),
      'two connections and the mixer': rounded(median(delays.map(({ mixed }) => mixed))),
      'added by the mixer': rounded(median(delays.map(({ mixed, forwarded }) => mixed - forwarded))),
    }
  } finally {
    await browser.close()
  }
}

const wanted = process.argv.slice(2)
const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part)

const shortfalls: string[] = []
const pages = await startPageServer(['latency', 'host', 'guest'], new URL('./conference/', import.meta.url))
try {
  if (isWanted('latency')) {
    const latency = await measureLatency(pages)
    console.log(`\nfrom mouth to ear (ms, medians of ${rounds})`)
    console.table(latency)
    const added = latency['added by the mixer']
    if (!(added <= latencyLimit)) shortfalls.push(`the mixer adds ${added} ms, may add ${latencyLimit}`)
  }
  for (const mediaType of (['audio', 'video'] as const).filter(isWanted)) {
    const rows = await measureHost(pages, mediaType)
    console.log(`\nthe host of a conference, ${mediaType}`)
    console.table(rows)
    if (rows[required[mediaType]]?.overload) shortfalls.push(`${required[mediaType]} participants by ${mediaType}`)
  }
} finally {
  await pages.stop()
}
for (const line of shortfalls) console.error(`Falls short: ${line}`)
process.exitCode = shortfalls.length > 0 ? 1 : 0

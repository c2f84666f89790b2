/**
 * What the pictures of a conference on a media server cost: processor and memory of Janus by the number of participants,
 * how soon one who joins sees another, and how many of the frames arrive.
 *
 * `npx tsx bench/janus-pictures.ts` on Linux, with Chromium; Janus is installed on Debian as root. The participants are
 * connections of one page on the same machine, which has to code and decode the pictures of all of them. Prints a table;
 * exits with 1 where a figure falls short.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { TestBrowser, type BrowserWindow } from '../test/e2e/harness.ts'
import { JanusGateway } from '../test/interop/harness/janus-gateway.ts'
import { startPageServer } from '../test/interop/harness/page-server.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
import { usageOf } from './conference/process-usage.ts'
import type {} from './janus/pictures.ts'

/** Participants, the host among them, at which is measured: the last is as many as there can be. */
const sizes = [3, 6, 13] as const

/** How long is measured, in ms, and how long before that the pictures may find their quality. */
const measuring = 10_000
const settling = 5000

interface Row {
  readonly participants: number
  /** Of one core. */
  readonly 'processor of Janus, %': number
  readonly 'memory of Janus, MB': number
  /** Of all pictures to all participants. */
  readonly 'passed on, Mbit/s': number
  /** Median over those who joined since the row before. */
  readonly 'join to seeing, ms': number
  /** Of those sent to each, decoded. */
  readonly 'frames that arrive, %': number
  /** Of all pairs of participants, how many times one sees the other. */
  readonly 'pairs that see, %': number
}

const rounded = (value: number): number => Math.round(value * 10) / 10

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN

const nameOf = (index: number): string => `p${index}@bench.example`

async function told(window: BrowserWindow, name: string, event: string): Promise<void> {
  await window.until(
    `${name} is told ${event}`,
    (as, wanted) => conferenceRoom.get(as).heard.some((heard) => heard.name === wanted),
    name,
    event,
  )
}

/** One more; resolves to the time until they saw somebody, in ms; 0 for the host, who sees nobody yet. */
async function join(window: BrowserWindow, server: string, index: number): Promise<number> {
  const [host, name] = [nameOf(0), nameOf(index)]
  await window.evaluate((url, as) => pictures.signIn(url, as), server, name)
  if (index === 0) {
    await window.evaluate((as) => conferenceRoom.get(as).host(), host)
    await told(window, host, 'established')
    return 0
  }
  await window.evaluate((as, invitee) => conferenceRoom.get(as).invite(invitee), host, name)
  await told(window, name, 'leg')
  return window.evaluate((as) => pictures.joinAndSee(as), name)
}

async function measure(window: BrowserWindow, pid: number, size: number, joining: readonly number[]): Promise<Row> {
  const names = Array.from({ length: size }, (_, index) => nameOf(index))
  const flow = () => window.evaluate((all) => pictures.flow(all), names)
  await pause(settling)
  const [before, from, began] = [usageOf(pid), await flow(), performance.now()]
  await pause(measuring)
  const [after, to, elapsed] = [usageOf(pid), await flow(), (performance.now() - began) / 1000]
  const seen = await window.evaluate((all) => pictures.pairsSeen(all), names)
  const expected = (to.framesSent - from.framesSent) * (size - 1)
  return {
    participants: size,
    'processor of Janus, %': rounded(((after.cpu - before.cpu) / elapsed) * 100),
    'memory of Janus, MB': rounded(after.memory),
    'passed on, Mbit/s': rounded(((to.bytesReceived - from.bytesReceived) * 8) / elapsed / 1e6),
    'join to seeing, ms': Math.round(median(joining)),
    'frames that arrive, %': rounded(((to.framesReceived - from.framesReceived) / expected) * 100),
    'pairs that see, %': rounded((seen / (size * (size - 1))) * 100),
  }
}

requirePrograms()
const pages = await startPageServer(['pictures'], new URL('./janus/', import.meta.url))
const server = await JanusGateway.start(1)
const browser = await TestBrowser.launch('chromium')
const rows: Row[] = []
try {
  const window = await browser.open(pages.url('pictures'))
  window.page.setDefaultTimeout(0)
  let present = 0
  for (const size of sizes) {
    const joining: number[] = []
    for (; present < size; present++) joining.push(await join(window, server.url, present))
    rows.push(
      await measure(
        window,
        server.servers[0]?.pid ?? 0,
        size,
        joining.filter((time) => time > 0),
      ),
    )
  }
} finally {
  await browser.close()
  await server.stop()
  await pages.stop()
}
console.table(rows)
const blind = rows.filter((row) => row['pairs that see, %'] !== 100)
for (const { participants } of blind)
  console.error(`Falls short: ${participants} participants do not all see each other`)
process.exitCode = blind.length > 0 ? 1 : 0

/**
 * How long a sign-in and a call take where the gateway is far: each way to it takes 100 ms, the page is of another
 * origin, and media stays on the machine. By the channel of commands and by HTTP alone, in turns, in one run.
 *
 * `npx tsx bench/far.ts [calls]`, with Chromium. Prints a table, in ms and in round trips; exits with 1 where a figure of
 * the channel falls short.
 */
import { startServer, TestBrowser } from '../test/e2e/harness.ts'
import { SlowConnection } from '../test/interop/harness/slow-connection.ts'

/** Each way, in ms. */
const delay = 100
const roundTrip = 2 * delay
const rounds = 3
const calls = Number(process.argv[2] ?? 5)

interface Moments {
  readonly rings: number
  readonly connected: number
  readonly sound: number
  readonly ended: number
}

interface Measured {
  readonly ready: number
  readonly warm: readonly Moments[]
}

declare global {
  /** Of the page: signs two phones in, and times calls between them. */
  function measureFar(server: string, channel: boolean, name: string, calls: number): Promise<Measured>
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/** What is measured, and how many round trips it may take. */
const figures = [
  ['login → session:ready, cold', (all: readonly Measured[]) => median(all.map(({ ready }) => ready)), 3.3],
  ['dial → the callee rings', (all: readonly Measured[]) => medianOf(all, 'rings'), 1.1],
  ['dial → caller connected', (all: readonly Measured[]) => medianOf(all, 'connected'), 2.1],
  ['dial → first sound at the caller', (all: readonly Measured[]) => medianOf(all, 'sound'), 2.3],
  ['hang-up → the other side knows', (all: readonly Measured[]) => medianOf(all, 'ended'), 1.1],
] as const

const medianOf = (all: readonly Measured[], moment: keyof Moments): number =>
  median(all.flatMap(({ warm }) => warm.map((moments) => moments[moment])))

const server = await startServer({ serve: ['/bench/=bench/calls/pages'] })
const far = await SlowConnection.to(server.port, delay)
const browser = await TestBrowser.launch('chromium')
const measured = { channel: [] as Measured[], http: [] as Measured[] }
try {
  for (let round = 0; round < rounds; round++) {
    for (const way of ['channel', 'http'] as const) {
      // A window of its own each time: nothing is open to the gateway yet.
      const window = await browser.open(new URL('bench/far.html', server.url).href)
      // The channel that is not there says so on the console.
      window.forgive(/WebSocket/)
      await window.until('the page is ready', () => 'measureFar' in globalThis)
      const [address, name] = [`http://127.0.0.1:${far.port}`, `${way}${round}`]
      measured[way].push(
        await window.evaluate(
          (url, byChannel, who, count) => measureFar(url, byChannel, who, count),
          address,
          way === 'channel',
          name,
          calls,
        ),
      )
      await window.close()
    }
  }
} finally {
  await browser.close()
  await far.close()
  await server.stop()
}

const rows = figures.map(([name, figure, limit]) => {
  const [channel, http] = [figure(measured.channel), figure(measured.http)]
  return {
    name,
    'by the channel, ms': Math.round(channel),
    'in round trips': (channel / roundTrip).toFixed(2),
    limit,
    'by HTTP alone, ms': Math.round(http),
    'in round trips ': (http / roundTrip).toFixed(2),
    isWithin: channel / roundTrip <= limit,
  }
})
console.table(rows.map(({ isWithin, ...row }) => ({ ...row, 'within it': isWithin })))
const short = rows.filter(({ isWithin }) => !isWithin)
for (const { name } of short) console.error(`Takes too many round trips: ${name}`)
process.exitCode = short.length > 0 ? 1 : 0

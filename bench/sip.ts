/**
 * How soon a call over SIP is there: ours, JsSIP as it comes, JsSIP told to hurry, SIP.js, and two bare connections.
 * One Kamailio, one browser, the same fake devices; each row is the median of its runs.
 *
 * `npx tsx bench/sip.ts [runs]`, with Chromium; what is missing of the servers is installed on Debian as root, named
 * elsewhere. Prints a table; exits with 1 where ours is not the first.
 */
import { TestBrowser } from '../test/e2e/harness.ts'
import { Kamailio } from '../test/interop/harness/kamailio.ts'
import { startPageServer, type PageServer } from '../test/interop/harness/page-server.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
import type { Moments } from './sip/contender.ts'

const runs = Number(process.argv[2] ?? 15)
/** JsSIP waits 40 s for a dead server, on each side: nobody wants to see that often. */
const patientRuns = 1
const warmUps = 3
/** Nobody is at this address (RFC 5737). */
const deadServer: RTCIceServer = { urls: 'stun:198.51.100.7:3478' }
/** How much later than the best of the others a median may be and still be the same, in ms: the grain of the clock. */
const grain = 5

const contenders = ['ours', 'jssip', 'jssip#early', 'sipjs', 'bare'] as const
type Name = (typeof contenders)[number]

type Row = Record<keyof Moments, number> & { readonly registration: number }

const median = (values: readonly (number | null)[]): number =>
  [...values].map((value) => value ?? NaN).sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

async function row(browser: TestBrowser, pages: PageServer, name: Name, video: boolean, dead: boolean): Promise<Row> {
  const times = dead && (name === 'jssip' || name === 'sipjs') ? patientRuns : runs
  const kamailio = await Kamailio.start({ authenticateCalls: false })
  try {
    const [page = '', hash = ''] = name.split('#')
    const url = `${pages.url(page)}#${hash}`
    const [caller, callee] = [await browser.open(url), await browser.open(url)]
    const registrations: number[] = []
    for (const [window, user] of [
      [callee, 'callee'],
      [caller, 'caller'],
    ] as const) {
      const duration = await window.evaluate(
        async (who, server, servers) => {
          globalThis.iceServers = servers
          const began = performance.now()
          await stage.register(who, server)
          return performance.now() - began
        },
        user,
        kamailio.url,
        dead ? [deadServer] : [],
      )
      registrations.push(duration)
    }
    const all: Moments[] = []
    // The first calls of a browser pay for what it loads once.
    for (let run = times > 1 ? -warmUps : 0; run < times; run++) {
      caller.page.setDefaultTimeout(0)
      const moments = await caller.evaluate((to, wanted) => stage.measure(to, wanted), 'callee', video)
      if (run >= 0) all.push(moments)
      await caller.evaluate(() => stage.hangUp())
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    const of = (moment: keyof Moments): number => median(all.map((moments) => moments[moment]))
    return {
      offer: of('offer'),
      confirmed: of('confirmed'),
      audio: of('audio'),
      video: of('video'),
      registration: registrations[1] ?? NaN,
    }
  } finally {
    await browser.closeWindows().catch(() => {})
    await kamailio.stop()
  }
}

requirePrograms()
const pages = await startPageServer(['ours', 'jssip', 'sipjs', 'bare'], new URL('./sip/', import.meta.url))
const shortfalls: string[] = []
try {
  for (const dead of process.env['DEAD'] ? [true] : [false]) {
    for (const video of [false, true]) {
      const browser = await TestBrowser.launch('chromium')
      const table: Partial<Record<Name, Row>> = {}
      try {
        for (const name of contenders) table[name] = await row(browser, pages, name, video, dead)
      } finally {
        await browser.close()
      }
      const title = `${video ? 'audio and video' : 'audio'}${dead ? ', dead STUN server' : ''}`
      console.log(`\n${title} (ms, medians of ${runs})`)
      const rounded = (value: number): number | string => (Number.isNaN(value) ? '' : Math.round(value * 10) / 10)
      console.table(
        Object.fromEntries(
          Object.entries(table).map(([name, values]) => [
            name,
            Object.fromEntries(Object.entries(values).map(([key, value]) => [key, rounded(value)])),
          ]),
        ),
      )
      for (const moment of ['offer', 'confirmed', 'audio', ...(video ? (['video'] as const) : [])] as const) {
        const best = Math.min(
          ...(['jssip', 'jssip#early', 'sipjs'] as const).map((name) => table[name]?.[moment] ?? Infinity),
        )
        const ours = table.ours?.[moment] ?? Infinity
        if (ours > best + grain)
          shortfalls.push(`${title}, ${moment}: ours ${ours.toFixed(1)}, best ${best.toFixed(1)}`)
      }
      const [patient, ours] = [table.jssip?.offer ?? 0, table.ours?.offer ?? Infinity]
      if (dead && patient / ours < 100)
        shortfalls.push(`${title}: ours leaves only ${(patient / ours).toFixed(0)} times sooner`)
    }
  }
} finally {
  await pages.stop()
}
for (const line of shortfalls) console.log(line)
process.exitCode = shortfalls.length > 0 ? 1 : 0

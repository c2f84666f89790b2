/**
 * How fast it is: a call, the gateway near and far, the tags, conferences, SIP.
 *
 * npm run bench                      prints tables; exits with 1 where a figure falls short of its limit
 * npm run bench -- calls tags        these parts: calls gateway-load far tags conference janus janus-pictures sip
 * npm run bench -- --write           writes what was measured into docs/performance.md, too
 * npm run bench -- calls chromium    calls in one browser
 *
 * All of it takes some 20 minutes, and wants a machine that does nothing else. What is missing of the servers is
 * installed on Debian as root, named elsewhere.
 */
import { parseArgs } from 'node:util'
import { build } from '../scripts/build.ts'
import { requireBrowsers } from '../scripts/require-browsers.ts'
import { browserNames } from '../test/e2e/harness.ts'
import { callRows, shortfalls } from './calls/call-figures.ts'
import { measureCalls, type BrowserFigures } from './calls/measure-calls.ts'
import { PerformanceReport } from './performance-report.ts'
import { perform, programs } from './program.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' } },
})
const wantedBrowsers = browserNames.filter((name) => positionals.includes(name))
const wantedParts = positionals.filter((name) => !browserNames.some((browser) => browser === name))
const parts = ['calls', ...programs.map(({ name }) => name)]
const unknown = wantedParts.filter((name) => !parts.includes(name))
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')} to measure; there is ${parts.join(', ')}`)
const isWanted = (part: string): boolean => wantedParts.length === 0 || wantedParts.includes(part)

await requireBrowsers()
await build(['gateway', 'cdn'])

const failures: string[] = []
const report = new PerformanceReport()
if (isWanted('calls')) {
  const figures: BrowserFigures[] = []
  for (const name of wantedBrowsers.length > 0 ? wantedBrowsers : browserNames) {
    const measured = await measureCalls(name)
    figures.push(measured)
    console.log(`\n${measured.browser}, medians of 15`)
    console.table(callRows(measured.calls))
    failures.push(...shortfalls(measured.calls).map((shortfall) => `${measured.browser}, ${shortfall}`))
  }
  report.addCalls(figures)
}
for (const program of programs.filter(({ name }) => isWanted(name))) {
  console.log(`\n${program.title}`)
  const { printed, failed } = await perform(program)
  report.add(program, printed)
  if (failed) failures.push(`${program.title}: see above`)
}

if (options.write) await report.write()
for (const failure of failures) console.error(`Falls short: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

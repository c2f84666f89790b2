/**
 * How long a call takes, and how much the gateway bears.
 *
 * npm run bench                      prints tables; exits with 1 where a figure falls short of its limit
 * npm run bench -- --write           writes them into docs/performance.md, too
 * npm run bench -- chromium          in one browser
 * npm run bench -- --without-load    leaves out the load on the gateway, which takes a minute
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../scripts/build.ts'
import { root } from '../scripts/project.ts'
import { requireBrowsers } from '../scripts/require-browsers.ts'
import { browserNames } from '../test/e2e/harness.ts'
import { callRows, shortfalls } from './calls/call-figures.ts'
import { measureCalls, type BrowserFigures } from './calls/measure-calls.ts'
import { writeReport } from './performance-report.ts'

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, 'without-load': { type: 'boolean' } },
})

/** Runs the load on the gateway; what it prints is shown and kept. */
async function loadGateway(): Promise<{ readonly printed: string; readonly failed: boolean }> {
  const program = path.join(root, 'bench/gateway-load.ts')
  const child = spawn(process.execPath, ['--import=tsx', program], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
    process.stdout.write(chunk)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { printed, failed: code !== 0 }
}

await requireBrowsers()
await build(['gateway', 'cdn'])

const figures: BrowserFigures[] = []
const failures: string[] = []
for (const name of browserNames) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const measured = await measureCalls(name)
  figures.push(measured)
  console.log(`\n${measured.browser}, medians of 15`)
  console.table(callRows(measured.calls))
  failures.push(...shortfalls(measured.calls).map((shortfall) => `${measured.browser}, ${shortfall}`))
}

console.log('\nThe gateway')
const load = options['without-load'] ? { printed: 'Not measured.', failed: false } : await loadGateway()

if (options.write) await writeReport(figures, load.printed)
for (const failure of failures) console.error(`Falls short: ${failure}`)
process.exitCode = failures.length > 0 || load.failed ? 1 : 0

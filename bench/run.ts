/**
 * How long a call takes: `npm run bench`, with `-- --write` into docs/performance.md. Exits with 1 where a figure falls
 * short of its limit.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build } from '../scripts/build.ts'
import { root } from '../scripts/project.ts'
import { requireBrowsers } from '../scripts/require-browsers.ts'
import { browserNames } from '../test/e2e/harness.ts'
import { measureCalls } from './calls/measure-calls.ts'
import { callRows, shortfalls } from './calls/call-table.ts'
import { writeReport } from './report.ts'

await requireBrowsers()
await build(['gateway', 'cdn'])

const failures: string[] = []
const sections: string[] = []
for (const browser of browserNames) {
  const { version, figures } = await measureCalls(browser)
  console.log(version)
  console.table(callRows(figures))
  failures.push(...shortfalls(figures).map((shortfall) => `${browser}: ${shortfall}`))
}

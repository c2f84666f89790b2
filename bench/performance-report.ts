import { writeFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import path from 'node:path'
import { mustRun, root } from '../scripts/project.ts'
import { callRows } from './calls/call-figures.ts'
import type { BrowserFigures } from './calls/measure-calls.ts'

const file = 'docs/performance.md'

function machine(): string {
  const [cpu] = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  return `${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ${memory} GiB of memory, ${platform()} ${release()}, Node ${process.versions.node}`
}

function table(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    columns,
    columns.map((_, n) => (n === 0 ? '---' : '--:')),
    ...rows.map((row) => columns.map((c) => row[c] ?? '')),
  ]
    .map(line)
    .join('\n')
}

/** Writes the figures down, with the machine they were taken on. `load` is what the gateway's load run printed. */
export async function writeReport(figures: readonly BrowserFigures[], load: string): Promise<void> {
  const text = `# How fast it is

Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}: ${machine()}.

## A call

Medians of 15 calls of each kind, taken in turns in one page with the same fake microphone and camera. Times begin with the call: opening the devices, for which permission is given, is within them. The callee answers as it hears of the call. _First sound_ and _first picture_ are those of the callee, at the caller. The offer has to be sent within 50 ms; the first sound may take 1.5 times as long as between two bare peer connections on the local network, twice as long by the gateway; a STUN server that does not answer may cost 150 ms.

${figures.map(({ browser, calls }) => `### ${browser}\n\n${table(callRows(calls))}`).join('\n\n')}

## The gateway

Signed-in sessions with open event channels, 100 calls a second set up and ended. Nothing may be lost; 99 of 100 events are there within 100 ms of the request; memory stays below 300 MB; time per call does not grow with the number of sessions.

\`\`\`text
${load.trim()}
\`\`\`
`
  writeFileSync(path.join(root, file), text)
  await mustRun('npx', ['prettier', '--write', '--log-level', 'warn', file])
  console.log(`Written to ${file}`)
}

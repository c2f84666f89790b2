import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import path from 'node:path'
import { mustRun, root } from '../scripts/project.ts'
import { callRows } from './calls/call-figures.ts'
import type { BrowserFigures } from './calls/measure-calls.ts'
import type { Program } from './program.ts'

const file = 'docs/performance.md'
const aboutCalls = `Medians of 15 calls of each kind, taken in turns in one page with the same fake microphone and camera. Times begin with the call: opening the devices, for which permission is given, is within them. The callee answers as it hears of the call. _First sound_ and _first picture_ are those of the callee, at the caller. The offer has to be sent within 50 ms; the first sound may take 1.5 times as long as between two bare peer connections on the local network, twice as long by the gateway; a STUN server that does not answer may cost 150 ms.`

function measuredOn(): string {
  const [cpu] = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ${memory} GiB of memory, ${platform()} ${release()}, Node ${process.versions.node}`
  return `_${new Date().toISOString().slice(0, 10)}: ${machine}._`
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

/** The figures as they are written down: a part that was measured takes the place of its former figures. */
export class PerformanceReport {
  readonly #sections = new Map<string, string>()

  addCalls(figures: readonly BrowserFigures[]): void {
    const tables = figures.map(({ browser, calls }) => `### ${browser}\n\n${table(callRows(calls))}`)
    this.#add('A call', aboutCalls, tables.join('\n\n'))
  }

  /** `printed` is what the program printed. */
  add({ name, title, about }: Program, printed: string): void {
    this.#add(title, `[\`bench/${name}.ts\`](../bench/${name}.ts). ${about}`, `\`\`\`text\n${printed.trim()}\n\`\`\``)
  }

  async write(): Promise<void> {
    const [head = '', ...former] = readFileSync(path.join(root, file), 'utf8').split(/^(?=## )/m)
    const titleOf = (section: string): string => section.slice(3, section.indexOf('\n'))
    const kept = new Map(former.map((section) => [titleOf(section), section]))
    for (const [title, section] of this.#sections) kept.set(title, section)
    writeFileSync(path.join(root, file), [head, ...kept.values()].join(''))
    await mustRun('npx', ['prettier', '--write', '--log-level', 'warn', file])
    console.log(`Written to ${file}`)
  }

  #add(title: string, about: string, figures: string): void {
    this.#sections.set(title, `## ${title}\n\n${measuredOn()} ${about}\n\n${figures}\n\n`)
  }
}

import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { root } from './project.ts'

/** When anything below `place` changed last, ms since the epoch; tests do not count. 0 where there is nothing. */
function lastChange(place: string): number {
  const stat = statSync(place, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return place.endsWith('.test.ts') ? 0 : stat.mtimeMs
  const inside = readdirSync(place).filter((name) => name !== 'node_modules' && name !== 'dist')
  // The folder's own time tells of a file that was removed.
  return Math.max(stat.mtimeMs, ...inside.map((name) => lastChange(path.join(place, name))))
}

/** Whether `product` is missing or older than any of its sources. Paths are relative to the project's root. */
export function isStale(product: string, sources: readonly string[]): boolean {
  const made = statSync(path.join(root, product), { throwIfNoEntry: false })?.mtimeMs
  return made === undefined || sources.some((source) => lastChange(path.join(root, source)) > made)
}

import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second in /proc (man 5 proc); Linux has 100 on every machine of today. */
const ticksPerSecond = 100

/** What a process and all it started take, as Linux tells in /proc. */
export interface Usage {
  /** Processor time so far, in s. */
  readonly cpu: number
  /** Memory, what is shared counted by its share, in MB. */
  readonly memory: number
}

/** The parent and the processor time, in ticks, of a process; `null` when it is gone. */
function statOf(pid: number): { readonly parent: number; readonly ticks: number } | null {
  try {
    // The name, in parentheses, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return null
  }
}

function memoryOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** @throws {Error} where there is no /proc */
export function usageOf(root: number): Usage {
  const pids = readdirSync('/proc').map(Number).filter(Boolean)
  const stats = new Map(pids.map((pid) => [pid, statOf(pid)] as const))
  if (!stats.get(root)) throw new Error(`Process ${root} is not in /proc: this is measured on Linux, while it runs`)
  const belongs = (pid: number | undefined): boolean => !!pid && (pid === root || belongs(stats.get(pid)?.parent))
  const own = pids.filter(belongs)
  return {
    cpu: own.reduce((sum, pid) => sum + (stats.get(pid)?.ticks ?? 0), 0) / ticksPerSecond,
    memory: own.reduce((sum, pid) => sum + memoryOf(pid), 0) / 1024,
  }
}

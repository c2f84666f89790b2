/**
 * How much the gateway carries: 2,000 signed-in sessions with open event streams, 100 calls a second set up and ended.
 *
 * `npx tsx bench/gateway-load.ts`, on Linux, with the gateway built. Prints a table; exits with 1 where a figure falls
 * short.
 */
import { loadRun, type LoadResult } from './gateway-load/load-run.ts'

const callsPerSecond = 100
const warmUp = 3
const few = { sessions: 200, seconds: 10 }
const many = { sessions: 2000, seconds: 30 }
const limits = { lost: 0, p99: 100, memory: 300e6, growth: 1.5 }

const percentile = ({ latencies }: LoadResult, share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Infinity

function row(result: LoadResult): Readonly<Record<string, string | number>> {
  return {
    sessions: result.sessions,
    calls: result.calls,
    lost: result.lost,
    'p50 ms': percentile(result, 0.5).toFixed(1),
    'p99 ms': percentile(result, 0.99).toFixed(1),
    'memory MB': (result.peakMemory / 1e6).toFixed(0),
    'cpu ms per call': result.cpuPerCall.toFixed(2),
  }
}

function shortfalls(small: LoadResult, large: LoadResult): readonly string[] {
  const growth = large.cpuPerCall / small.cpuPerCall
  const p99 = percentile(large, 0.99)
  return [
    large.lost + small.lost > limits.lost && `${String(large.lost + small.lost)} calls were lost`,
    p99 >= limits.p99 && `99th percentile is ${p99.toFixed(1)} ms, has to be below ${String(limits.p99)}`,
    large.peakMemory >= limits.memory && `memory is ${(large.peakMemory / 1e6).toFixed(0)} MB, has to be below 300`,
    growth > limits.growth && `time per call grows ${growth.toFixed(2)} times from 200 to 2,000 sessions`,
  ].filter((line) => line !== false)
}

const small = await loadRun({ ...few, callsPerSecond, warmUp })
const large = await loadRun({ ...many, callsPerSecond, warmUp })
console.table([row(small), row(large)])
const failures = shortfalls(small, large)
for (const line of failures) console.error(`Falls short: ${line}`)
process.exitCode = failures.length > 0 ? 1 : 0

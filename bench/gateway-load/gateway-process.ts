import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../gateway/dist/cli.js', import.meta.url))
/** Clock ticks of /proc in a second, the same on every Linux. */
const ticksPerSecond = 100

/** The built gateway in a process of its own, and what it costs. */
export class GatewayProcess {
  readonly #process: ChildProcess
  /** The largest resident set seen, in bytes. */
  peakMemory = 0
  readonly #sampler: NodeJS.Timeout

  private constructor(
    process: ChildProcess,
    readonly origin: string,
  ) {
    this.#process = process
    this.#sampler = setInterval(() => void this.#sampleMemory(), 250)
  }

  static async start(): Promise<GatewayProcess> {
    const gateway = spawn(process.execPath, [cli], {
      env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DEV_TOKENS: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface(gateway.stdout)) {
      const [, origin] = /ready at (http\S+)/.exec(line) ?? []
      if (origin) return new GatewayProcess(gateway, origin)
    }
    throw new Error('The gateway did not start: build it first (npm run build -w gateway)')
  }

  /** Processor time used so far, in ms. */
  async cpuTime(): Promise<number> {
    const stat = await readFile(`/proc/${String(this.#process.pid)}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
  }

  async stop(): Promise<void> {
    clearInterval(this.#sampler)
    this.#process.kill('SIGTERM')
    await once(this.#process, 'exit')
  }

  async #sampleMemory(): Promise<void> {
    const status = await readFile(`/proc/${String(this.#process.pid)}/status`, 'utf8').catch(() => '')
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    this.peakMemory = Math.max(this.peakMemory, kilobytes * 1024)
  }
}

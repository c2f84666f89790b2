import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../e2e/harness.ts'
import { Child } from './child.ts'
import type { Kamailio } from './kamailio.ts'

/** How long a scenario may take, in ms: a session is refreshed after half a minute. */
const patience = 50_000

export interface SippOptions {
  /** Values of `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>
  /** Whom a calling scenario calls. */
  readonly calls?: string
  /** Whether it may get what the scenario does not have. Default false. */
  readonly tolerant?: boolean
}

/** One run of a scenario of `test/interop/scenarios`: a peer that does just what is written there, and echoes sound. */
export class Sipp {
  readonly port: number
  readonly #child: Child
  readonly #folder: string

  private constructor(port: number, child: Child, folder: string) {
    this.port = port
    this.#child = child
    this.#folder = folder
  }

  static async start(
    kamailio: Kamailio,
    scenario: string,
    { keys = {}, calls, tolerant = false }: SippOptions = {},
  ): Promise<Sipp> {
    const port = await freeUdpPort()
    const folder = mkdtempSync(path.join(tmpdir(), 'att-phone-sipp-'))
    const file = path.join(folder, `${scenario}.xml`)
    const text = readFileSync(new URL(`../scenarios/${scenario}.xml`, import.meta.url), 'utf8')
    writeFileSync(
      file,
      text.replace(/\[(\w+)\]/g, (whole, name: string) => keys[name] ?? whole),
    )
    const child = Child.start(
      'sipp',
      [
        ...(tolerant ? ['-default_behaviors', 'all,-abortunexp'] : []),
        ...(calls ? [`127.0.0.1:${kamailio.sipPort}`, '-s', calls] : []),
        ...['-sf', file, '-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(port), '-m', '1', '-nostdin', '-rtp_echo'],
        // Some port that is even and free, with the next one.
        ...['-mp', String(((await freePort()) >> 1) << 1), '-trace_err', '-trace_logs', '-timeout', '60'],
      ],
      { cwd: folder },
    )
    await child.until(() => {
      if (!isBound(port)) throw new Error('It is not listening yet')
    })
    return new Sipp(port, child, folder)
  }

  /** The user that Kamailio sends here. */
  get user(): string {
    return `s${this.port}-sipp@127.0.0.1`
  }

  get words(): string {
    return this.#child.words
  }

  /** Resolves when the scenario is over, and went as it is written. */
  async succeeds(): Promise<void> {
    const code = await this.#child.exit(patience).catch(() => 'no end')
    if (code !== 0) throw new Error(`The scenario came to ${String(code)}:\n${this.#child.words.slice(-3000)}`)
  }

  async stop(): Promise<void> {
    await this.#child.stop('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** A port that is free for TCP may be taken for UDP. */
async function freeUdpPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (!isBound(port)) return port
  }
}

/** Whether a program on this machine listens on a UDP port. */
function isBound(port: number): boolean {
  const entry = `:${port.toString(16).toUpperCase().padStart(4, '0')} `
  return readFileSync('/proc/net/udp', 'utf8').includes(entry)
}

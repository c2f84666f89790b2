import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

/** What baresip writes ten times a second while it talks. */
const meter = /\s*\[[\d:]+\] +audio=\S+ \(bit\/s\) */g

/** Children that run: they must not outlive a test that is broken off. */
const running = new Set<ChildProcess>()
const endAll = (): void => running.forEach((child) => child.kill('SIGKILL'))
process.once('exit', endAll)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))

/** A server of a test: a process of our own, ended by its id, its words kept for when something goes wrong. */
export class Child {
  readonly #child: ChildProcess
  #words = ''
  #stopped = false

  private constructor(child: ChildProcess) {
    this.#child = child
    running.add(child)
    child.once('exit', (_code, signal) => {
      running.delete(child)
      // What fails next is not the fault of the test that fails.
      if (signal && !this.#stopped) console.error(`${child.spawnfile} ended by ${signal}:\n${this.#words.slice(-2000)}`)
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#words = (this.#words + chunk.toString().replace(meter, '')).slice(-200_000)
      })
    }
  }

  static start(
    command: string,
    args: readonly string[],
    { cwd, home }: { readonly cwd?: string; readonly home?: string } = {},
  ): Child {
    const env = home === undefined ? process.env : { ...process.env, HOME: home }
    return new Child(spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env, ...(cwd && { cwd }) }))
  }

  /** What it said so far. */
  get words(): string {
    return this.#words
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Resolves as soon as `ready` does not throw. */
  async until(ready: () => unknown, patience = 60_000): Promise<void> {
    const deadline = Date.now() + patience
    for (;;) {
      try {
        await ready()
        return
      } catch (error) {
        if (!this.running || Date.now() > deadline) {
          await this.stop()
          throw new Error(`${this.#child.spawnfile} is not ready: ${String(error)}\n${this.#words.slice(-4000)}`)
        }
      }
      await pause(20)
    }
  }

  /** Resolves to its exit code when it ends by itself; rejects after `patience` ms. */
  async exit(patience: number): Promise<number | null> {
    if (this.running) await once(this.#child, 'exit', { signal: AbortSignal.timeout(patience) })
    return this.#child.exitCode
  }

  write(text: string): void {
    this.#child.stdin?.write(text)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.running) return
    this.#stopped = true
    const exit = once(this.#child, 'exit')
    this.#child.kill(signal)
    const stubborn = setTimeout(() => this.#child.kill('SIGKILL'), 3000)
    await exit
    clearTimeout(stubborn)
  }
}

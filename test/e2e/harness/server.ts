import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { root, servedFolders } from '../../../scripts/project.ts'

export interface ServerOptions {
  /** A free one by default. */
  readonly port?: number
  /** Folders beside those of the demo server, as `PREFIX=DIR` below the project's root. */
  readonly serve?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** The gateway as `npm start` runs it, in a process of its own. */
export interface Server {
  /** Ends with `/`. */
  readonly url: string
  readonly port: number
  /** Ends it the way a service manager does, by SIGTERM; resolves to its exit code. */
  stop(): Promise<number | null>
  /** Ends it without a word, as a crash does. */
  kill(): Promise<void>
  /** Starts it again on the same port, after `stop` or `kill`. */
  restart(): Promise<void>
}

/** Resolves to what the gateway says when it is ready; rejects with its words when it ends instead. */
function readyAddress(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = ''
    const hear = (chunk: Buffer): void => {
      words = (words + chunk.toString()).slice(-4000)
      const address = /ready at (http\S+)/.exec(words)?.[1]
      if (address) resolve(address)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code ?? 'a signal'}:\n${words}`)))
  })
}

async function launch(
  port: number,
  { serve = [], env = {} }: ServerOptions,
): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const folders = [...servedFolders, ...serve].flatMap((folder) => ['--serve', folder])
  const child = spawn(process.execPath, [path.join(root, 'gateway/dist/cli.js'), ...folders], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), DEV_TOKENS: '1', ...env },
  })
  return { child, address: await readyAddress(child) }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
  return child.exitCode
}

/** Starts the built gateway with tokens for the asking; needs `npm run build -- gateway cdn`. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const first = await launch(options.port ?? 0, options)
  let { child } = first
  const url = new URL('/', first.address)
  const port = Number(url.port)
  return {
    url: url.href,
    port,
    stop: () => end(child, 'SIGTERM'),
    async kill() {
      await end(child, 'SIGKILL')
    },
    async restart() {
      await end(child, 'SIGTERM')
      child = (await launch(port, options)).child
    },
  }
}

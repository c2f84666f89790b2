import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { version } from '../src/base/version.ts'

/** The folder of the project's package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** What the demo server serves, as `PREFIX=DIR` below `root`. The pages of the original SDK want its time's jQuery. */
export const servedFolders = [
  '/=demo',
  '/cdn/=dist/cdn',
  `/cdn/${version}/=dist/cdn`,
  '/jquery/=node_modules/jquery/dist',
  '/jquery-1/=node_modules/jquery-1/dist',
] as const

const ignored = new Set(['node_modules', 'dist', '.git'])

/** The files below `folder` whose names end in `ending`, sorted; paths are relative to the project's root. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  const found: string[] = []
  const visit = (place: string): void => {
    for (const entry of readdirSync(path.join(root, place), { withFileTypes: true })) {
      if (ignored.has(entry.name)) continue
      const below = path.join(place, entry.name)
      if (entry.isDirectory()) visit(below)
      else if (entry.name.endsWith(ending)) found.push(below)
    }
  }
  try {
    visit(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return found.sort()
}

export interface RunOptions {
  /** What stands before each line of its output, so that programs that run beside each other can be told apart. */
  readonly prefix?: string | null
  /** A program that says nothing for this long, in ms, is ended as one that hangs. Default: no limit. */
  readonly longestSilence?: number
}

/** Runs a program of the project in its root, its output shown, and resolves to its exit code. */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { prefix = null, longestSilence }: RunOptions = {},
): Promise<number> {
  const piped = prefix !== null || longestSilence !== undefined
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: piped ? ['inherit', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
      // npm and npx are scripts on Windows.
      shell: process.platform === 'win32',
    })
    let silence: ReturnType<typeof setTimeout> | undefined
    const heard = (): void => {
      clearTimeout(silence)
      if (longestSilence === undefined) return
      silence = setTimeout(() => {
        console.error(`${command} said nothing for ${longestSilence / 1000} s and is ended`)
        child.kill('SIGKILL')
      }, longestSilence)
    }
    heard()
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      stream.on('data', heard)
      createInterface({ input: stream }).on('line', (line) =>
        console.log(prefix === null ? line : `${prefix} │ ${line}`),
      )
    }
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(silence)
      resolve(code ?? 1)
    })
  })
}

/** Like `run`, but a program that fails is an error. */
export async function mustRun(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const code = await run(command, args, env)
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}`)
}

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { root, run } from '../../../scripts/project.ts'

const execute = promisify(execFile)
const inShell = { shell: process.platform === 'win32' }

/** A package as npm would publish it. */
export interface Packed {
  /** The tarball. */
  readonly file: string
  /** What is in it, paths in the package. */
  readonly files: readonly string[]
}

/** Packs what is built, without building: the test step has built it. */
export async function pack(destination: string, workspace?: string): Promise<Packed> {
  const of = workspace ? ['--workspace', workspace] : []
  const { stdout } = await execute(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', destination, ...of],
    { cwd: root, maxBuffer: 16 * 2 ** 20, ...inShell },
  )
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[]
  if (!packed) throw new Error('npm packed nothing')
  return { file: path.join(destination, packed.filename), files: packed.files.map((file) => file.path) }
}

/** The output of a program, for the message of a test that fails. */
function wordsOf(error: unknown): string {
  const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string }
  return [message, stdout, stderr].filter(Boolean).join('\n')
}

/** A project of somebody who uses the package: empty but for what a test writes into it. */
export class Consumer {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'att-phone-consumer-'))

  constructor(manifest: Readonly<Record<string, unknown>> = {}) {
    this.write('package.json', JSON.stringify({ private: true, type: 'module', ...manifest }))
  }

  /** Installs tarballs, with what they depend on. */
  async install(...tarballs: readonly string[]): Promise<void> {
    await this.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs])
  }

  /** Writes a file; returns its place. */
  write(name: string, text: string): string {
    const file = path.join(this.folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8')
  }

  /**
   * Runs a program in the folder; resolves to what it printed.
   *
   * @throws {Error} with what it printed when it fails
   */
  async run(command: string, args: readonly string[]): Promise<string> {
    try {
      const { stdout } = await execute(command, args, { cwd: this.folder, maxBuffer: 16 * 2 ** 20, ...inShell })
      return stdout
    } catch (error) {
      throw new Error(wordsOf(error), { cause: error })
    }
  }

  /** Runs a script with this Node. */
  node(script: string, ...args: readonly string[]): Promise<string> {
    return this.run(process.execPath, [script, ...args])
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/**
 * Compiles files of a project as strictly as they come, the declarations of its packages included.
 *
 * @throws {Error} with the errors of the compiler
 */
export async function compile(
  project: Consumer,
  files: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
  }
  const config = { compilerOptions: { ...compilerOptions, ...options }, files }
  const place = project.write('tsconfig.compile.json', JSON.stringify(config))
  await project.node(path.join(root, 'node_modules/typescript/bin/tsc'), '-p', place)
}

/**
 * The folder of tools that only these tests need, of pinned versions; installs them where that was not done since
 * their lock file changed.
 */
export async function tools(name: string): Promise<string> {
  const folder = path.join(root, 'test/package/fixtures', name)
  const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8')
  const stamp = path.join(folder, 'node_modules/.installed-lock.json')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--silent', '--prefix', folder])
    if (code !== 0) throw new Error(`npm ci in ${folder} ended with ${code}`)
    writeFileSync(stamp, lock)
  }
  return folder
}

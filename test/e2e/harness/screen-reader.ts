import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** How long its reader may take to say something, in ms: on a busy machine it lags by seconds. */
const patience = 60_000

const bus = '/usr/libexec/at-spi-bus-launcher'
const programs = ['orca', 'Xvfb', 'speech-dispatcher', 'dbus-daemon', 'gsettings']

/** A voice that is silent, and a sound card that is none: it ends where it has neither. */
const speech =
  'CommunicationMethod "unix_socket"\nAddModule "dummy" "sd_dummy" ""\nDefaultModule dummy\nAudioOutputMethod "alsa"\n'

const profile = ['Default', 'default']

/** It begins to read a page as it loads, word by word as its voice gets on. A silent voice never does. */
const settings = {
  general: { profile, startingProfile: profile },
  profiles: { default: { profile, sayAllOnLoad: false } },
  pronunciations: {},
  keybindings: {},
}

/** What a machine lacks to have a screen reader; `null` where it has all. On Debian the packages say it. */
export function missingForScreenReader(): string | null {
  const isThere = (name: string): boolean => spawnSync('which', [name]).status === 0
  return programs.every(isThere) && existsSync(bus)
    ? null
    : 'needs orca, at-spi2-core, speech-dispatcher, xvfb, dbus and libglib2.0-bin'
}

async function eventually(otherwise: string | (() => string), done: () => boolean): Promise<void> {
  const deadline = Date.now() + patience
  while (!done()) {
    if (Date.now() > deadline) throw new Error(typeof otherwise === 'string' ? otherwise : otherwise())
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Orca on a screen of its own, which speaks to a file. */
export class ScreenReader {
  /** What a program that it is to read is started with. */
  readonly environment: NodeJS.ProcessEnv
  readonly #folder: string
  readonly #children: ChildProcess[] = []
  /** How much of its file was heard before the last `listen`. */
  #heard = 0

  private constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.#folder = folder
    this.environment = environment
  }

  /** Resolves when it reads. */
  static async start(): Promise<ScreenReader> {
    const folder = mkdtempSync(path.join(tmpdir(), 'att-phone-orca-'))
    for (const name of ['config', 'runtime']) mkdirSync(path.join(folder, name), { mode: 0o700 })
    mkdirSync(path.join(folder, '.local/share/orca'), { recursive: true })
    writeFileSync(path.join(folder, '.local/share/orca/user-settings.conf'), JSON.stringify(settings))
    writeFileSync(path.join(folder, 'speechd.conf'), speech)
    writeFileSync(path.join(folder, '.asoundrc'), 'pcm.!default { type null }\nctl.!default { type null }\n')
    const reader = new ScreenReader(folder, {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: path.join(folder, 'config'),
      XDG_RUNTIME_DIR: path.join(folder, 'runtime'),
      GTK_MODULES: 'gail:atk-bridge',
      NO_AT_BRIDGE: '0',
      GNOME_ACCESSIBILITY: '1',
      MOZ_ENABLE_WAYLAND: '0',
    })
    try {
      await reader.#begin()
    } catch (error) {
      await reader.stop()
      throw error
    }
    return reader
  }

  async #begin(): Promise<void> {
    const { environment } = this
    environment['DISPLAY'] = `:${await this.#answers('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24'])}`
    environment['DBUS_SESSION_BUS_ADDRESS'] = await this.#answers('dbus-daemon', [
      '--session',
      '--nofork',
      '--print-address=1',
    ])
    this.#run(bus, ['--launch-immediately'])
    for (const [schema, key] of [
      ['org.gnome.desktop.interface', 'toolkit-accessibility'],
      ['org.gnome.desktop.a11y.applications', 'screen-reader-enabled'],
    ] as const) {
      spawnSync('gsettings', ['set', schema, key, 'true'], { env: environment })
    }
    this.#run('speech-dispatcher', ['--run-single', '--timeout=0', `--config-dir=${this.#folder}`])
    await eventually('speech-dispatcher is not ready', () =>
      existsSync(path.join(this.#folder, 'runtime/speech-dispatcher/speechd.sock')),
    )
    this.#run('orca', ['--replace', '--debug', `--debug-file=${this.#file}`])
    await this.says(/screen reader on/i)
  }

  get #file(): string {
    return path.join(this.#folder, 'said')
  }

  /** All it has spoken since the last `listen`. */
  get spoken(): readonly string[] {
    return this.#all().slice(this.#heard)
  }

  #all(): readonly string[] {
    const text = existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : ''
    return [...text.matchAll(/SPEECH OUTPUT: '(.*?)'(?=\s|\{|$)/gm)].map(([, words = '']) => words)
  }

  /** Forgets what it has spoken so far. */
  listen(): void {
    this.#heard = this.#all().length
  }

  /** Resolves when it has spoken this since the last `listen`. */
  async says(pattern: RegExp): Promise<void> {
    await eventually(
      () => `It has not said ${String(pattern)}, but: ${this.spoken.join(' | ')}`,
      () => this.spoken.some((words) => pattern.test(words)),
    )
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0).reverse()) {
      // Minus nothing would be the group of the test itself.
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue
      const exit = once(child, 'exit')
      // With what it has started itself.
      process.kill(-child.pid, 'SIGKILL')
      await exit
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #run(command: string, args: readonly string[], stdout: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
    const child = spawn(command, args, { env: this.environment, stdio: ['ignore', stdout, 'ignore'], detached: true })
    this.#children.push(child)
    return child
  }

  /** Runs a program and resolves to the first line that it writes. */
  async #answers(command: string, args: readonly string[]): Promise<string> {
    const { stdout } = this.#run(command, args, 'pipe')
    if (!stdout) throw new Error(`${command} has no output`)
    for await (const line of createInterface({ input: stdout })) return line
    throw new Error(`${command} has said nothing`)
  }
}

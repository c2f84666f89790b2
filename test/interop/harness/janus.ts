import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../e2e/harness.ts'
import { Child } from './child.ts'
import { opens } from './kamailio.ts'
import { ownPorts } from './own-ports.ts'
import { librariesOf } from './requirements.ts'
import { filledTemplate } from './template.ts'

/** What the gateway has to know of the instances of the tests. */
export const janusSecrets = { apiSecret: 'api-secret-of-the-test', adminKey: 'admin-key-of-the-test' } as const

/** Its config files. */
const configs = [
  'janus.jcfg',
  'janus.transport.websockets.jcfg',
  'janus.plugin.audiobridge.jcfg',
  'janus.plugin.videoroom.jcfg',
]

export interface JanusOptions {
  /** Whether it passes on pictures too. Default: it does. */
  readonly pictures?: boolean
}

/** A Janus of our own, on loopback, that mixes sound and passes on pictures. */
export class Janus {
  readonly #port: number
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'att-phone-janus-'))
  #child: Child | null = null

  private constructor(port: number, { pictures = true }: JanusOptions) {
    this.#port = port
    const ports = ownPorts()
    const { apiSecret, adminKey } = janusSecrets
    const values = {
      FOLDER: this.#folder,
      LIBRARIES: librariesOf('janus'),
      API_SECRET: apiSecret,
      ADMIN_KEY: adminKey,
      RTP_PORTS: `${ports.first}-${ports.last}`,
      WS_PORT: port,
      WITHOUT: pictures ? '' : ',libjanus_videoroom.so',
    }
    for (const name of configs) writeFileSync(path.join(this.#folder, name), filledTemplate(`janus/${name}`, values))
  }

  static async start(options: JanusOptions = {}): Promise<Janus> {
    const janus = new Janus(await freePort(), options)
    await janus.run()
    return janus
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get isRunning(): boolean {
    return this.#child?.running ?? false
  }

  get words(): string {
    return this.#child?.words ?? ''
  }

  /** Resolves when `done`; rejects with `otherwise` and what it said. */
  async until(otherwise: string, done: () => Promise<boolean>): Promise<void> {
    await this.#child?.until(async () => {
      if (!(await done())) throw new Error(otherwise)
    })
  }

  /** Starts it, again after `kill`. */
  async run(): Promise<void> {
    const child = Child.start('janus', ['-F', this.#folder], { cwd: this.#folder })
    this.#child = child
    await child.until(() => opens(this.#port))
  }

  /** Ends it without a word, as a crash does. */
  async kill(): Promise<void> {
    await this.#child?.stop('SIGKILL')
    this.#child = null
  }

  async stop(): Promise<void> {
    await this.#child?.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

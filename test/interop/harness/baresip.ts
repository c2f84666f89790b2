import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Child } from './child.ts'
import type { Kamailio } from './kamailio.ts'
import { opens } from './kamailio.ts'
import { ownPorts } from './own-ports.ts'
import { modulesOf } from './requirements.ts'
import { filledTemplate } from './template.ts'
import { Recording } from './recording.ts'

export interface BaresipOptions {
  readonly name: string
  /** Whether it answers by itself. Default true. */
  readonly answers?: boolean
  /** Its codecs, best first. */
  readonly codecs?: string
}

/** A plain SIP phone: it plays a tone of 440 Hz and records what it hears. */
export class Baresip {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'att-phone-baresip-'))
  readonly #child: Child
  readonly #controlPort: number

  private constructor(kamailio: Kamailio, sipPort: number, controlPort: number, options: BaresipOptions) {
    const { name, answers = true, codecs = 'opus/48000/2,PCMU/8000/1' } = options
    const config = filledTemplate('baresip.conf', {
      SIP_PORT: sipPort,
      CONTROL_PORT: controlPort,
      MODULES: modulesOf('baresip'),
      FOLDER: this.#folder,
    })
    const server = `127.0.0.1:${kamailio.sipPort};transport=udp`
    writeFileSync(path.join(this.#folder, 'config'), config)
    writeFileSync(path.join(this.#folder, 'contacts'), '')
    writeFileSync(
      path.join(this.#folder, 'accounts'),
      `<sip:${name}@127.0.0.1;transport=udp>;auth_user=${name};auth_pass=secret;outbound="sip:${server}"` +
        `;answermode=${answers ? 'auto' : 'manual'};regint=60;audio_codecs=${codecs}\n`,
    )
    this.#controlPort = controlPort
    this.#child = Child.start('baresip', ['-f', this.#folder], { cwd: this.#folder })
  }

  /** Resolves when it is registered. */
  static async start(kamailio: Kamailio, options: BaresipOptions): Promise<Baresip> {
    // It listens for SIP over TLS beside its SIP port, asked or not.
    const { first, last } = ownPorts(3)
    const baresip = new Baresip(kamailio, first, last, options)
    await baresip.#child.until(() => opens(baresip.#controlPort))
    await baresip.says(/200 OK/)
    return baresip
  }

  get words(): string {
    return this.#child.words
  }

  /** Resolves when it has said something of this kind, `times` times. */
  async says(pattern: RegExp, times = 1): Promise<void> {
    const all = new RegExp(pattern, 'g')
    await this.until(`It has not said ${String(pattern)}`, () => (this.words.match(all) ?? []).length >= times)
  }

  /** Resolves when `done`; rejects with `otherwise` and what it said. */
  async until(otherwise: string, done: () => boolean | Promise<boolean>): Promise<void> {
    await this.#child.until(async () => {
      if (!(await done())) throw new Error(otherwise)
    })
  }

  /** Gives it a command of its menu: `dial`, `hangup`, `hold`, `resume`, `audio_debug`. Resolves to its answer. */
  async command(command: string, params = ''): Promise<string> {
    const text = JSON.stringify({ command, params, token: 'test' })
    return new Promise<string>((resolve, reject) => {
      const socket = connect(this.#controlPort, '127.0.0.1', () => socket.write(`${Buffer.byteLength(text)}:${text},`))
      socket.on('data', (chunk: Buffer) => {
        const said = chunk.toString()
        // Events of the phone come by the same way.
        if (!said.includes('"response":true')) return
        socket.end()
        resolve(said)
      })
      socket.once('error', reject)
    })
  }

  /** How much sound has come in by its own count, in s. */
  async received(): Promise<number> {
    const { data } = JSON.parse((await this.command('audio_debug')).replace(/^\d+:|,$/g, '')) as { data: string }
    const time = /rx:[^]*?time = ([\d.]+) sec/.exec(data)?.[1]
    if (time === undefined) throw new Error(`It says nothing of what it receives: ${data}`)
    return Number(time)
  }

  /** What it has heard so far, up to the first change of the call: without a loudspeaker it stops recording then. */
  recording(): Recording {
    const name = readdirSync(this.#folder).find((file) => file.endsWith('-dec.wav'))
    if (!name) throw new Error('It has recorded nothing')
    return new Recording(readFileSync(path.join(this.#folder, name)))
  }

  async stop(): Promise<void> {
    await this.#child.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

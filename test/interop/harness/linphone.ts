import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Child } from './child.ts'
import type { Kamailio } from './kamailio.ts'
import { ownPorts } from './own-ports.ts'
import { Recording, tone } from './recording.ts'
import { filledTemplate } from './template.ts'

/** The most that a second takes in its recording: 48 kHz, one channel of two bytes. */
const bytesPerSecond = 96_000

export interface LinphoneOptions {
  readonly name: string
  /** Hz */
  readonly plays: number
  /** Whether it sends and takes pictures. Default false. */
  readonly video?: boolean
}

/**
 * linphonec, a phone of another family than baresip: it plays a tone as its microphone and records what it hears. Its
 * camera is a photograph; what it sees it hands out as a picture.
 */
export class Linphone {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'att-phone-linphone-'))
  readonly #child: Child
  #pictures = 0

  private constructor(kamailio: Kamailio, { name, plays, video = false }: LinphoneOptions) {
    const { first, last } = ownPorts(40)
    const config = filledTemplate('linphone.conf', {
      SIP_PORT: first,
      FIRST_MEDIA_PORT: first + 2,
      LAST_MEDIA_PORT: last,
      SERVER_PORT: kamailio.sipPort,
      NAME: name,
      VIDEO: video ? 1 : 0,
    })
    // Without this folder it has no database, and never goes on the network.
    mkdirSync(path.join(this.#folder, '.local/share/linphone'), { recursive: true })
    writeFileSync(path.join(this.#folder, 'config'), config)
    writeFileSync(this.#file('tone'), tone(plays, 60))
    this.#child = Child.start('linphonec', [...(video ? ['-V'] : []), '-c', 'config'], {
      cwd: this.#folder,
      home: this.#folder,
    })
  }

  /** Resolves when it is registered. */
  static async start(kamailio: Kamailio, options: LinphoneOptions): Promise<Linphone> {
    const linphone = new Linphone(kamailio, options)
    linphone.command('soundcard use files')
    linphone.command(`play ${linphone.#file('tone')}`)
    linphone.command(`record ${linphone.#file('heard')}`)
    await linphone.until('It is not registered', () => {
      linphone.command('status register')
      return linphone.#child.words.includes('registered, identity')
    })
    return linphone
  }

  #file(name: string): string {
    return path.join(this.#folder, `${name}.wav`)
  }

  /** Gives it a command of its console: `call`, `answer`, `pause`, `resume`, `transfer`, `terminate`, or digits. */
  command(line: string): void {
    this.#child.write(`${line}\n`)
  }

  /** Resolves when it has said something of this kind, `times` times. */
  async says(pattern: RegExp, times = 1): Promise<void> {
    const all = new RegExp(pattern, 'g')
    await this.until(`It has not said ${String(pattern)}`, () => (this.#child.words.match(all) ?? []).length >= times)
  }

  /** Resolves when `done`; rejects with `otherwise` and what it said. */
  async until(otherwise: string, done: () => boolean | Promise<boolean>): Promise<void> {
    await this.#child.until(async () => {
      if (!(await done())) throw new Error(otherwise)
    }, 20_000)
  }

  /** Resolves when it has recorded so many s more. */
  async recordsMore(seconds: number): Promise<void> {
    const size = (): number => statSync(this.#file('heard')).size
    const before = size()
    await this.until('It records nothing', () => size() - before > seconds * bytesPerSecond)
  }

  /** What it has heard. It writes the head of the file when the call ends. */
  recording(): Recording {
    return new Recording(readFileSync(this.#file('heard')))
  }

  /** What it sees now, a JPEG; nothing where no whole picture came meanwhile. */
  async picture(): Promise<Buffer | undefined> {
    const file = path.join(this.#folder, `seen-${this.#pictures++}.jpg`)
    this.command(`snapshot ${file}`)
    // It waits for its next picture. It once gave none in 20 s, so that a caller asks again.
    for (let looks = 0; looks < 50; looks++) {
      const picture = existsSync(file) ? readFileSync(file) : Buffer.of()
      // The last two bytes of a JPEG.
      if (picture.subarray(-2).toString('hex') === 'ffd9') return picture
      await pause(20)
    }
    return undefined
  }

  async stop(): Promise<void> {
    this.command('quit')
    await this.#child.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

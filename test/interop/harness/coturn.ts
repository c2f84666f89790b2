import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../e2e/harness.ts'
import { Child } from './child.ts'
import { opens } from './kamailio.ts'
import { ownPorts } from './own-ports.ts'
import { mediaAddress } from './rtpengine.ts'

const secret = 'a-secret-of-the-test'

/** A TURN server with short-lived credentials, as operators give them (TURN REST). */
export class Coturn {
  readonly port: number
  readonly #child: Child
  readonly #folder: string

  private constructor(port: number, child: Child, folder: string) {
    this.port = port
    this.#child = child
    this.#folder = folder
  }

  static async start(): Promise<Coturn> {
    const port = await freePort()
    const { first, last } = ownPorts()
    const folder = mkdtempSync(path.join(tmpdir(), 'att-phone-coturn-'))
    const child = Child.start(
      'turnserver',
      [
        ...[
          '-n',
          '--listening-ip=127.0.0.1',
          `--listening-ip=${mediaAddress}`,
          `--relay-ip=${mediaAddress}`,
          `--listening-port=${port}`,
        ],
        ...['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=127.0.0.1', '--allow-loopback-peers'],
        ...[`--min-port=${first}`, `--max-port=${last}`, '--no-tls', '--no-dtls', '--no-cli', '--log-file=stdout'],
        ...[`--pidfile=${path.join(folder, 'pid')}`, `--userdb=${path.join(folder, 'turndb')}`, '--verbose'],
      ],
      { cwd: folder },
    )
    await child.until(() => opens(port))
    return new Coturn(port, child, folder)
  }

  get words(): string {
    return this.#child.words
  }

  /** Where a page finds it, with credentials that live for a minute. */
  get iceServer(): { urls: string; username: string; credential: string } {
    return this.iceServerAt(mediaAddress, this.port)
  }

  /** As `iceServer`, by a way that begins elsewhere. */
  iceServerAt(host: string, port: number): { urls: string; username: string; credential: string } {
    const username = `${Math.floor(Date.now() / 1000) + 60}:alice`
    const credential = createHmac('sha1', secret).update(username).digest('base64')
    return { urls: `turn:${host}:${port}?transport=udp`, username, credential }
  }

  async stop(): Promise<void> {
    await this.#child.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

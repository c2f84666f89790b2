import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../e2e/harness.ts'
import { makeCertificate } from './certificate.ts'
import { Child } from './child.ts'
import { modulesOf } from './requirements.ts'
import { filledTemplate } from './template.ts'

export interface KamailioOptions {
  /** How it asks for credentials. Default `MD5`. */
  readonly algorithm?: 'MD5' | 'SHA-256' | 'Bearer'
  /** Whether invitations are challenged too. Default true. */
  readonly authenticateCalls?: boolean
  /** How long a call may ring, in ms. Default 30 s. */
  readonly ringTimeout?: number
  /** Whether a contact goes with its connection, signed out or not. Default true. */
  readonly forgetsLost?: boolean
  /** Whether it takes `wss:` too, with a certificate of its own. Default false. */
  readonly secure?: boolean
  /** Whether it listens at `[::1]` too. Default false. */
  readonly ipv6?: boolean
  /** Whether it hides the way of each request from the next hop (topos). Default false. */
  readonly hidesTopology?: boolean
  /** Flow-Timer of its registrations, in s. Default none. */
  readonly flowTimer?: number
  /** Control port of an rtpengine. */
  readonly rtpenginePort?: number
}

/** The token that `algorithm: 'Bearer'` wants. */
export const bearerToken = 'a-token-that-lives-shortly'

/** A registrar and proxy of our own, on loopback. Every user has the password `secret`. */
export class Kamailio {
  readonly sipPort: number
  /** What a browser may trust its certificate by: the hash of its key (SPKI) in base64. Empty where it has none. */
  readonly fingerprint: string
  readonly #wsPort: number
  readonly #wssPort: number
  /** What of its configuration is on, beside what always is. */
  readonly #with: readonly string[]
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'att-phone-kamailio-'))
  #child: Child | null = null

  private constructor([sipPort, wsPort, wssPort]: readonly [number, number, number], options: KamailioOptions) {
    this.sipPort = sipPort
    this.#wsPort = wsPort
    this.#wssPort = wssPort
    const {
      algorithm = 'MD5',
      authenticateCalls = true,
      ringTimeout = 30_000,
      forgetsLost = true,
      secure = false,
      ipv6 = false,
      hidesTopology = false,
      flowTimer = 0,
      rtpenginePort = 9,
    } = options
    this.#with = [...(secure ? ['TLS'] : []), ...(ipv6 ? ['IPV6'] : []), ...(hidesTopology ? ['TOPOS'] : [])]
    if (hidesTopology) this.#layTables()
    this.fingerprint = secure ? makeCertificate(this.#folder) : ''
    const text = filledTemplate('kamailio.cfg', {
      SIP_PORT: sipPort,
      WS_PORT: wsPort,
      WSS_PORT: wssPort,
      FOLDER: this.#folder,
      FLOW_TIMER: flowTimer,
      RTPENGINE_PORT: rtpenginePort,
      MODULES: `${modulesOf('kamailio')}/`,
      ALGORITHM: algorithm === 'Bearer' ? '' : algorithm,
      AUTHENTICATE_CALLS: authenticateCalls ? 'yes' : 'no',
      RING_TIMEOUT: ringTimeout,
      FORGET_LOST: forgetsLost ? 1 : 0,
      TOKEN: bearerToken,
    })
    writeFileSync(path.join(this.#folder, 'kamailio.cfg'), text)
  }

  static async start(options: KamailioOptions = {}): Promise<Kamailio> {
    const kamailio = new Kamailio([await freePort(), await freePort(), await freePort()], options)
    await kamailio.run()
    return kamailio
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#wsPort}`
  }

  get ipv6Url(): string {
    return `ws://[::1]:${this.#wsPort}`
  }

  get secureUrl(): string {
    return `wss://127.0.0.1:${this.#wssPort}`
  }

  get words(): string {
    return this.#child?.words ?? ''
  }

  /** Starts it, again after `halt`. It forgets who was registered. */
  async run(): Promise<void> {
    const args = ['-f', path.join(this.#folder, 'kamailio.cfg'), '-DD', '-E', '-m', '64', '-w', this.#folder]
    const switches = this.#with.flatMap((name) => ['-A', `WITH_${name}`])
    const child = Child.start('kamailio', [...args, '-Y', this.#folder, ...switches])
    this.#child = child
    await child.until(() => opens(this.#wsPort))
  }

  /** Takes no registration of this user any more, as after an operator has closed the account. */
  async bar(name: string): Promise<void> {
    const { ok } = await fetch(`${this.url.replace('ws:', 'http:')}/bar/${name}`)
    if (!ok) throw new Error(`${name} could not be barred`)
  }

  /** Ends it, connections and all. */
  async halt(): Promise<void> {
    await this.#child?.stop()
    this.#child = null
  }

  /** Where topos writes down what it hides: files in place of a database, whose columns may be empty. */
  #layTables(): void {
    for (const name of ['version', 'topos_d', 'topos_t']) {
      const table = readFileSync(`/usr/share/kamailio/dbtext/kamailio/${name}`, 'utf8')
      writeFileSync(
        path.join(this.#folder, name),
        name === 'version' ? table : table.replaceAll(/\((string|str|int|time)\)/g, '($1,null)'),
      )
    }
  }

  async stop(): Promise<void> {
    await this.halt()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Rejects when nobody listens on the port. */
export function opens(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}

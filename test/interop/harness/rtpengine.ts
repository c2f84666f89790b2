import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { freePort } from '../../e2e/harness.ts'
import { Child } from './child.ts'
import { ownPorts } from './own-ports.ts'

/**
 * Where media goes by: an address of this machine that is not of the loopback interface, where there is one. Firefox
 * pairs no address of that interface with another.
 */
export const mediaAddress =
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'

/** The media relay between browsers and plain phones, in user space. */
export class Rtpengine {
  readonly port: number
  readonly #args: readonly string[]
  #child: Child

  private constructor(port: number, args: readonly string[]) {
    this.port = port
    this.#args = args
    this.#child = Child.start('rtpengine', args)
  }

  static async start(): Promise<Rtpengine> {
    const port = await freePort()
    const { first, last } = ownPorts()
    const relay = new Rtpengine(port, [
      // That of the package takes a fixed port.
      '--config-file=none',
      '--table=-1',
      `--interface=${mediaAddress}`,
      `--listen-ng=127.0.0.1:${port}`,
      `--listen-cli=127.0.0.1:${await freePort()}`,
      `--port-min=${first}`,
      `--port-max=${last}`,
      '--foreground',
      '--log-stderr',
      '--log-level=5',
    ])
    await relay.#child.until(() => answers(port))
    return relay
  }

  get words(): string {
    return this.#child.words
  }

  /** Ends it as a crash does, and starts it again: it knows none of its calls any more. */
  async restart(): Promise<void> {
    await this.#child.stop('SIGKILL')
    this.#child = Child.start('rtpengine', this.#args)
    await this.#child.until(() => answers(this.port))
  }

  async stop(): Promise<void> {
    await this.#child.stop()
  }
}

/** Rejects when the relay does not answer a ping of its control protocol. */
async function answers(port: number): Promise<void> {
  const socket = createSocket('udp4')
  try {
    socket.send('1 d7:command4:pinge', port, '127.0.0.1')
    const [reply] = (await once(socket, 'message', { signal: AbortSignal.timeout(200) })) as [Buffer]
    if (!reply.toString().includes('pong')) throw new Error(`It says ${reply.toString()}`)
  } finally {
    socket.close()
  }
}

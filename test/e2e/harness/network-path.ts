import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** The way from a browser to a server, which can be cut and mended. */
export class NetworkPath {
  /** Ends with `/`. */
  readonly url: string
  readonly #relay: Server
  readonly #sockets: Set<Socket>
  readonly #port: number

  private constructor(relay: Server, sockets: Set<Socket>, port: number) {
    this.#relay = relay
    this.#sockets = sockets
    this.#port = port
    this.url = `http://127.0.0.1:${port}/`
  }

  /** A way to this port of the loopback interface. */
  static async to(target: number): Promise<NetworkPath> {
    const sockets = new Set<Socket>()
    const relay = createServer((socket) => {
      const onward = connect(target, '127.0.0.1')
      for (const [end, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        sockets.add(end)
        end.pipe(other)
        // What breaks at one end breaks at the other.
        end.on('error', () => other.destroy())
        end.on('close', () => {
          sockets.delete(end)
          other.destroy()
        })
      }
    })
    relay.listen(0, '127.0.0.1')
    await once(relay, 'listening')
    const address = relay.address()
    if (address === null || typeof address === 'string') throw new Error('The port of a TCP server is not known')
    return new NetworkPath(relay, sockets, address.port)
  }

  /** Breaks every connection and lets none be made. */
  async cut(): Promise<void> {
    if (!this.#relay.listening) return
    const closed = once(this.#relay, 'close')
    this.#relay.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  async mend(): Promise<void> {
    if (this.#relay.listening) return
    this.#relay.listen(this.#port, '127.0.0.1')
    await once(this.#relay, 'listening')
  }
}

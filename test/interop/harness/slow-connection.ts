import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A way to a TCP port of the loopback interface on which everything takes its time, and nothing is overtaken. */
export class SlowConnection {
  readonly port: number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  /** @param delay each way, in ms */
  static async to(target: number, delay: number): Promise<SlowConnection> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const path = new SlowConnection(server)
    server.on('connection', (near) => {
      const far = connect(target, '127.0.0.1')
      path.#carry(near, far, delay)
      path.#carry(far, near, delay)
    })
    return path
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #carry(from: Socket, to: Socket, delay: number): void {
    this.#sockets.add(from)
    from.setNoDelay(true)
    from.on('data', (data) => this.#later(delay, () => to.write(data)))
    from.on('end', () => this.#later(delay, () => to.end()))
    // What breaks on one side breaks on the other; nobody else hears of it.
    from.on('error', () => to.destroy())
    from.on('close', () => this.#sockets.delete(from))
  }

  /** Timers of one delay run in the order in which they were set. */
  #later(delay: number, carry: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      carry()
    }, delay)
    this.#timers.add(timer)
  }
}

import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** A way to a UDP port of the loopback interface on which everything takes its time. */
export class SlowPath {
  readonly port: number
  readonly #near: Socket
  /** One socket towards the server for each who comes this way. */
  readonly #far = new Map<string, Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()

  private constructor(near: Socket) {
    this.#near = near
    this.port = near.address().port
  }

  /** @param delay each way, in ms */
  static async to(target: number, delay: number): Promise<SlowPath> {
    const near = createSocket('udp4')
    near.bind(0, '127.0.0.1')
    await once(near, 'listening')
    const path = new SlowPath(near)
    near.on('message', (packet, from) => path.#onward(packet, from, target, delay))
    return path
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const socket of [this.#near, ...this.#far.values()]) socket.close()
  }

  #onward(packet: Buffer, from: RemoteInfo, target: number, delay: number): void {
    const key = `${from.address}:${String(from.port)}`
    let far = this.#far.get(key)
    if (!far) {
      far = createSocket('udp4')
      far.on('message', (answer) => this.#later(delay, () => this.#near.send(answer, from.port, from.address)))
      this.#far.set(key, far)
    }
    const socket = far
    this.#later(delay, () => socket.send(packet, target, '127.0.0.1'))
  }

  #later(delay: number, send: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      send()
    }, delay)
    this.#timers.add(timer)
  }
}

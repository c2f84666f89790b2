import { setTimeout as pause } from 'node:timers/promises'
import { createGateway, type Gateway } from '../../../gateway/src/index.ts'
import { audioBridge } from '../../../gateway/src/janus/audio-bridge-room.ts'
import { JanusClient } from '../../../gateway/src/janus/janus-client.ts'
import { videoRoom } from '../../../gateway/src/janus/video-room.ts'
import { lent } from '../harness.ts'
import { Janus, janusSecrets, type JanusOptions } from './janus.ts'

/** How many rooms there are at a Janus, of sound or of pictures. */
export async function roomsAt({ url }: Janus, plugin = audioBridge): Promise<number> {
  const client = await JanusClient.connect(url, janusSecrets)
  try {
    const handle = await client.attach(plugin)
    const { list } = await handle.ask({ request: 'list', admin_key: janusSecrets.adminKey })
    return Array.isArray(list) ? list.length : -1
  } finally {
    await client.close()
  }
}

/** How many rooms of pictures there are at a Janus. */
export const pictureRoomsAt = (janus: Janus): Promise<number> => roomsAt(janus, videoRoom)

/** A gateway and the instances of Janus that mix its conferences. */
export class JanusGateway {
  readonly url: string
  readonly servers: readonly Janus[]
  readonly #gateway: Gateway

  private constructor(url: string, servers: readonly Janus[], gateway: Gateway) {
    this.url = url
    this.servers = servers
    this.#gateway = gateway
  }

  static async start(instances: number, options: JanusOptions = {}): Promise<JanusGateway> {
    const servers = await Promise.all(Array.from({ length: instances }, () => Janus.start(options)))
    const { apiSecret: janusApiSecret, adminKey: janusAdminKey } = janusSecrets
    const janusUrls = servers.map(({ url }) => url)
    const gateway = createGateway({ port: 0, devTokens: true, janusUrls, janusApiSecret, janusAdminKey })
    const running = new JanusGateway(await gateway.listen(), servers, gateway)
    await running.reaches(instances)
    return running
  }

  /** Resolves when the gateway reaches so many instances. */
  async reaches(instances: number): Promise<void> {
    const deadline = Date.now() + 20_000
    for (;;) {
      const response = await fetch(new URL('/healthz', this.url))
      const { mediaServers } = (await response.json()) as { readonly mediaServers?: number }
      if (mediaServers === instances) return
      if (Date.now() > deadline) throw new Error(`The gateway reaches ${mediaServers} instances, not ${instances}`)
      await pause(20)
    }
  }

  /** The instance that has the only room there is, as soon as there is but one. */
  async onlyBusy(): Promise<Janus> {
    const deadline = Date.now() + 20_000
    for (;;) {
      const rooms = await Promise.all(this.servers.map((server) => roomsAt(server)))
      const busy = this.servers[rooms.indexOf(1)]
      if (busy && rooms.reduce((sum, count) => sum + count) === 1) return busy
      if (Date.now() > deadline) throw new Error(`There are ${rooms.join(' and ')} rooms, not one`)
      await pause(20)
    }
  }

  /** Kills every instance. */
  async halt(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()))
    await this.reaches(0)
  }

  /** Starts those again that were killed. */
  async restore(): Promise<void> {
    for (const server of this.servers) if (!server.isRunning) await server.run()
    await this.reaches(this.servers.length)
  }

  /** Stops the gateway alone, as at the end of its service. */
  async stopGateway(): Promise<void> {
    await this.#gateway.close()
  }

  async stop(): Promise<void> {
    await this.#gateway.close()
    await Promise.all(this.servers.map((server) => server.stop()))
  }
}

/** A gateway with so many instances of Janus, for all tests of this group. */
export const useJanusGateway = (instances = 1, options: JanusOptions = {}): (() => JanusGateway) =>
  lent(() => JanusGateway.start(instances, options), 'The gateway')

import { randomBytes } from 'node:crypto'
import type { JanusClient } from './janus-client.ts'
import type { JanusHandle } from './janus-handle.ts'
import { JanusError, type PluginData } from './janus-message.ts'

export interface RoomOptions {
  /** What Janus asks of who makes rooms, where it is told to (`admin_key` of each plugin). */
  readonly adminKey?: string | undefined
}

/** What a room of a plugin is made with. */
export interface RoomPlan {
  readonly plugin: string
  /** The plugin answers with this code when a room is gone already. */
  readonly noSuchRoom: number
  readonly settings: object
}

/** What lets somebody into a room. Janus names rooms by numbers, or by texts where it is told to. */
export interface RoomKey {
  readonly room: number | string
  readonly pin: string
}

const randomSecret = (): string => randomBytes(16).toString('base64url')

/** A room of a plugin of Janus. Nobody is let in whom we did not bring. */
export class PluginRoom {
  readonly key: RoomKey
  readonly #client: JanusClient
  readonly #handle: JanusHandle
  readonly #plan: RoomPlan
  readonly #secret: string

  /** @throws JanusError */
  static async create(client: JanusClient, plan: RoomPlan, { adminKey }: RoomOptions = {}): Promise<PluginRoom> {
    const handle = await client.attach(plan.plugin)
    const [secret, pin] = [randomSecret(), randomSecret()]
    try {
      const { room } = await handle.ask({
        request: 'create',
        permanent: false,
        description: 'att-phone conference',
        is_private: true,
        secret,
        pin,
        ...plan.settings,
        ...(adminKey !== undefined && { admin_key: adminKey }),
      })
      if (typeof room !== 'number' && typeof room !== 'string') throw new JanusError('Janus gave no room')
      return new PluginRoom(client, handle, plan, { key: { room, pin }, secret })
    } catch (error) {
      await handle.detach()
      throw error
    }
  }

  private constructor(
    client: JanusClient,
    handle: JanusHandle,
    plan: RoomPlan,
    { key, secret }: { readonly key: RoomKey; readonly secret: string },
  ) {
    this.#client = client
    this.#handle = handle
    this.#plan = plan
    this.key = key
    this.#secret = secret
  }

  /** Aborts when Janus is lost, and the room with it. */
  get lost(): AbortSignal {
    return this.#client.lost
  }

  /** For somebody who is about to come in. @throws JanusError */
  attach(): Promise<JanusHandle> {
    return this.#client.attach(this.#plan.plugin)
  }

  /** Asks the plugin for something that only who made the room may. @throws JanusError */
  async ask(request: string, body: object = {}): Promise<PluginData> {
    return this.#handle.ask({ request, room: this.key.room, secret: this.#secret, ...body })
  }

  /** Sends everybody out and forgets the room. Never rejects. */
  async destroy(): Promise<void> {
    try {
      await this.ask('destroy')
    } catch (error) {
      // A lost Janus took its rooms along.
      if (!(error instanceof JanusError) || (error.code !== this.#plan.noSuchRoom && error.code !== 0)) throw error
    } finally {
      await this.#handle.detach()
    }
  }
}

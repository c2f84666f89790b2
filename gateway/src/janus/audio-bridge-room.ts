import { randomBytes } from 'node:crypto'
import { AudioBridgeMember, type MemberId } from './audio-bridge-member.ts'
import type { JanusClient } from './janus-client.ts'
import type { JanusHandle } from './janus-handle.ts'
import { JanusError } from './janus-message.ts'

export const audioBridge = 'janus.plugin.audiobridge'

/** Janus names rooms by numbers, or by texts where it is told to. */
export type RoomId = number | string

export interface RoomOptions {
  /** What Janus asks of who makes rooms, where it is told to (`admin_key` of each plugin). */
  readonly adminKey?: string | undefined
}

/** The plugin answers with this code when a room is gone already. */
const noSuchRoom = 485

const randomSecret = (): string => randomBytes(16).toString('base64url')

/** A room in which every member hears all the others, and nobody is let in whom we did not bring. */
export class AudioBridgeRoom {
  readonly id: RoomId
  readonly #client: JanusClient
  readonly #handle: JanusHandle
  readonly #secret: string
  readonly #pin: string

  /** @throws JanusError */
  static async create(client: JanusClient, { adminKey }: RoomOptions = {}): Promise<AudioBridgeRoom> {
    const handle = await client.attach(audioBridge)
    const [secret, pin] = [randomSecret(), randomSecret()]
    try {
      const { room } = await handle.ask({
        request: 'create',
        permanent: false,
        description: 'att-phone conference',
        is_private: true,
        secret,
        pin,
        // What Opus works with inside, so that nothing is resampled.
        sampling_rate: 48_000,
        audiolevel_ext: true,
        audiolevel_event: true,
        // Half a second that is louder than a quiet room (-dBov) is speech.
        audio_active_packets: 25,
        audio_level_average: 45,
        ...(adminKey !== undefined && { admin_key: adminKey }),
      })
      if (typeof room !== 'number' && typeof room !== 'string') throw new JanusError('Janus gave no room')
      return new AudioBridgeRoom(client, handle, room, secret, pin)
    } catch (error) {
      await handle.detach()
      throw error
    }
  }

  private constructor(client: JanusClient, handle: JanusHandle, id: RoomId, secret: string, pin: string) {
    this.#client = client
    this.#handle = handle
    this.id = id
    this.#secret = secret
    this.#pin = pin
  }

  /** Aborts when Janus is lost, and the room with it. */
  get lost(): AbortSignal {
    return this.#client.lost
  }

  /** Somebody who is about to join. @throws JanusError */
  async member(): Promise<AudioBridgeMember> {
    return new AudioBridgeMember(await this.#client.attach(audioBridge), { room: this.id, pin: this.#pin })
  }

  /** Whether the others do not hear a member, whatever he sends. @throws JanusError */
  async setSilenced(id: MemberId, silenced: boolean): Promise<void> {
    await this.#handle.ask({ request: silenced ? 'mute' : 'unmute', room: this.id, secret: this.#secret, id })
  }

  /** Whether nobody hears anybody, whatever is sent. @throws JanusError */
  async setHeld(held: boolean): Promise<void> {
    await this.#handle.ask({ request: held ? 'mute_room' : 'unmute_room', room: this.id, secret: this.#secret })
  }

  /** Sends everybody out and forgets the room. Never rejects. */
  async destroy(): Promise<void> {
    try {
      await this.#handle.ask({ request: 'destroy', room: this.id, secret: this.#secret })
    } catch (error) {
      // A lost Janus took its rooms along.
      if (!(error instanceof JanusError) || (error.code !== noSuchRoom && error.code !== 0)) throw error
    } finally {
      await this.#handle.detach()
    }
  }
}

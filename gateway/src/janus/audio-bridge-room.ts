import { AudioBridgeMember, type MemberId } from './audio-bridge-member.ts'
import type { JanusClient } from './janus-client.ts'
import { PluginRoom, type RoomOptions, type RoomPlan } from './plugin-room.ts'

export const audioBridge = 'janus.plugin.audiobridge'

const plan: RoomPlan = {
  plugin: audioBridge,
  noSuchRoom: 485,
  settings: {
    // What Opus works with inside, so that nothing is resampled.
    sampling_rate: 48_000,
    audiolevel_ext: true,
    audiolevel_event: true,
    // Half a second that is louder than a quiet room (-dBov) is speech.
    audio_active_packets: 25,
    audio_level_average: 45,
  },
}

/** A room in which every member hears all the others. */
export class AudioBridgeRoom {
  readonly #room: PluginRoom

  /** @throws JanusError */
  static async create(client: JanusClient, options?: RoomOptions): Promise<AudioBridgeRoom> {
    return new AudioBridgeRoom(await PluginRoom.create(client, plan, options))
  }

  private constructor(room: PluginRoom) {
    this.#room = room
  }

  /** Aborts when Janus is lost, and the room with it. */
  get lost(): AbortSignal {
    return this.#room.lost
  }

  /** Somebody who is about to join. @throws JanusError */
  async member(): Promise<AudioBridgeMember> {
    return new AudioBridgeMember(await this.#room.attach(), this.#room.key)
  }

  /** Whether the others do not hear a member, no matter what they send. @throws JanusError */
  async setSilenced(id: MemberId, silenced: boolean): Promise<void> {
    await this.#room.ask(silenced ? 'mute' : 'unmute', { id })
  }

  /** Whether nobody hears anybody, no matter what is sent. @throws JanusError */
  async setHeld(held: boolean): Promise<void> {
    await this.#room.ask(held ? 'mute_room' : 'unmute_room')
  }

  /** Sends everybody out and forgets the room. Never rejects. */
  destroy(): Promise<void> {
    return this.#room.destroy()
  }
}

import { FarParty } from '../../../media/mixing/testing/far-party.ts'
import { localNetwork } from '../../api/testing/local-network.ts'
import { PhoneStage } from '../../api/testing/phone-stage.ts'
import type { PhoneOptions } from '../../phone-options.ts'
import type { RecordedPhone } from '../../api/testing/recorded-phone.ts'

/** A phone with somebody at it who says one tone, and hears what its call brings. */
export interface Speaker {
  readonly phone: RecordedPhone
  readonly party: FarParty
}

const frequencies = [440, 950, 1700, 2600] as const

/** Phones of the local network in which each person says another tone. */
export class SpeakingPhones {
  readonly stage = new PhoneStage(localNetwork)
  readonly #context = new AudioContext()
  readonly #speakers: Speaker[] = []

  /** A phone, signed in. */
  async speaker(name: string, options: PhoneOptions = {}): Promise<Speaker> {
    const phone = await this.stage.signedIn(name, options)
    const frequency = frequencies[this.#speakers.length] ?? 0
    const speaker = { phone, party: new FarParty(this.#context, name, frequency) }
    this.#speakers.push(speaker)
    return speaker
  }

  /** Does what opens the microphone of this speaker, and of nobody else. */
  async opening<T>({ party }: Speaker, task: () => Promise<T>): Promise<T> {
    const { mediaDevices } = navigator
    mediaDevices.getUserMedia = async () => new MediaStream(party.sent.getTracks().map(withoutDevice))
    try {
      return await task()
    } finally {
      Reflect.deleteProperty(mediaDevices, 'getUserMedia')
    }
  }

  /** Alice hosts a conference with Bob and Carol; the options are those of her phone. */
  async conference(options: PhoneOptions = {}): Promise<readonly [Speaker, Speaker, Speaker]> {
    const alice = await this.speaker('alice', options)
    const [bob, carol] = [await this.speaker('bob'), await this.speaker('carol')]
    await this.opening(alice, () => this.stage.host(alice.phone))
    for (const guest of [bob, carol]) await this.opening(guest, () => this.stage.join(alice.phone, guest.phone))
    return [alice, bob, carol]
  }

  /** Resolves when `speaker` hears exactly these, by the call with this ordinal. */
  async hears({ phone, party }: Speaker, others: readonly Speaker[], index?: number): Promise<void> {
    const { remoteStream } = phone.call(index)
    if (remoteStream) party.receive(remoteStream)
    await party.hears(
      others.map((other) => other.party.id),
      this.#speakers.map((each) => each.party),
    )
  }

  async close(): Promise<void> {
    await this.stage.close()
    for (const { party } of this.#speakers) party.close()
    await this.#context.close()
  }
}

/** A copy of a track that names no device: one that is not among those of the machine would be taken for unplugged. */
function withoutDevice(track: MediaStreamTrack): MediaStreamTrack {
  return Object.assign(track.clone(), { getSettings: () => ({}), clone: () => withoutDevice(track) })
}

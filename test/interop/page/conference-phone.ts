import { Phone, phoneEventNames } from '../../../src/index.ts'
import { ToneEar, tokenFor, toneTrack } from './tone-ear.ts'

/** A phone whose microphone hums, and what it told of conferences. */
class ConferencePhone {
  readonly phone = new Phone()
  readonly heard: string[] = []
  readonly #context = new AudioContext()
  readonly #ear = new ToneEar(this.#context)

  constructor() {
    for (const name of phoneEventNames)
      if (name.startsWith('conference:')) this.phone.on(name, () => this.heard.push(name))
    const listen = () => {
      const call = this.phone.snapshot.calls.find(({ foreground }) => foreground)
      if (call?.remoteStream) this.#ear.listen(call.remoteStream)
    }
    this.phone.on('media:established', listen)
    // Somebody else is at the far side.
    this.phone.on('call:state-changed', listen)
  }

  /** With the password of a SIP account, else with a development token of the gateway. */
  async signIn(server: string, userId: string, tone: number, password?: string): Promise<void> {
    await this.#context.resume()
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([toneTrack(this.#context, tone)]))
    this.phone.configure({ server })
    await this.phone.login({ userId, ...(password ? { password } : { token: await tokenFor(server, userId) }) })
  }

  /** Which of these tones arrive now. */
  hears(tones: readonly number[]): readonly number[] {
    return this.#ear.hears(tones)
  }

  /** How those are whom the host invited, `bob@example.com joined`. */
  get roster(): readonly string[] {
    const { participants = [] } = this.phone.snapshot.conference ?? {}
    return participants.map(({ address, state }) => `${address} ${state}`)
  }
}

export type { ConferencePhone }

declare global {
  var conferencePhone: ConferencePhone
}

globalThis.conferencePhone = new ConferencePhone()

import { Phone, phoneEventNames } from '../../../src/index.ts'
import type { CallSnapshot } from '../../../src/phone/snapshot.ts'
import { ToneEar, tokenFor, toneTrack } from './tone-ear.ts'

const peers: RTCPeerConnection[] = []

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    peers.push(this)
  }
}

/** A phone whose microphone hums, and what it told of calls and conferences. */
class ConferencePhone {
  readonly phone = new Phone()
  readonly heard: string[] = []
  readonly #context = new AudioContext()
  readonly #ear = new ToneEar(this.#context)
  #track: MediaStreamTrack | undefined

  constructor() {
    for (const name of phoneEventNames)
      if (/^(conference|call):/.test(name)) this.phone.on(name, () => this.heard.push(name))
  }

  /** With the password of a SIP account, else with a development token of the gateway. */
  async signIn(server: string, userId: string, tone: number, password?: string): Promise<void> {
    await this.#context.resume()
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([toneTrack(this.#context, tone)]))
    this.phone.configure({ server })
    await this.phone.login({ userId, ...(password ? { password } : { token: await tokenFor(server, userId) }) })
  }

  /** Which of these tones arrive now, in the call in front. */
  hears(tones: readonly number[]): readonly number[] {
    const stream = this.#front?.remoteStream
    const track = stream?.getAudioTracks()[0]
    // The same stream may bring another sound: of another connection.
    if (stream && track && track !== this.#track) this.#ear.listen(stream)
    this.#track = track
    return track ? this.#ear.hears(tones) : []
  }

  /** How many connections it has made, and how much sound was made up for because it did not come, in ms. */
  async path(): Promise<{ readonly connections: number; readonly madeUp: number }> {
    let madeUp = 0
    for (const peer of peers) {
      const reports = (await peer.getStats()) as ReadonlyMap<string, RTCInboundRtpStreamStats>
      for (const { type, concealedSamples = 0, silentConcealedSamples = 0 } of reports.values())
        if (type === 'inbound-rtp') madeUp += (concealedSamples - silentConcealedSamples) / 48
    }
    return { connections: peers.length, madeUp }
  }

  get #front(): CallSnapshot | undefined {
    return this.phone.snapshot.calls.find(({ foreground }) => foreground)
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

import { Phone, phoneEventNames } from '../../../src/index.ts'
import { ColourEye, ColourPicture, type Colour } from '../../../src/media/mixing/testing/colour-picture.ts'
import type { CallSnapshot } from '../../../src/phone/snapshot.ts'
import { ToneEar, tokenFor, toneTrack } from './tone-ear.ts'

const peers: RTCPeerConnection[] = []

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    peers.push(this)
  }
}

export interface SignIn {
  readonly userId: string
  /** What the microphone hums, in Hz. */
  readonly tone: number
  /** What the camera sees; by default there is none. */
  readonly colour?: Colour
  /** Of a SIP account; by default a development token of the gateway takes its place. */
  readonly password?: string
}

/** A phone whose microphone hums and whose camera sees one colour, and what it told of calls and conferences. */
class ConferencePhone {
  readonly phone = new Phone()
  readonly heard: string[] = []
  /** How the link of the call in front was, each time it changed. */
  readonly links: string[] = []
  readonly #context = new AudioContext()
  readonly #ear = new ToneEar(this.#context)
  readonly #eyes = new Map<MediaStreamTrack, ColourEye>()
  #track: MediaStreamTrack | undefined

  constructor() {
    this.phone.subscribe(() => {
      const link = this.#front?.link
      if (link && link !== this.links.at(-1)) this.links.push(link)
    })
    for (const name of phoneEventNames)
      if (/^(conference|call):/.test(name)) this.phone.on(name, () => this.heard.push(name))
  }

  async signIn(server: string, { userId, tone, colour, password }: SignIn): Promise<void> {
    await this.#context.resume()
    navigator.mediaDevices.getUserMedia = ({ audio, video } = {}) =>
      Promise.resolve(
        new MediaStream([
          ...(audio ? [toneTrack(this.#context, tone)] : []),
          ...(video && colour ? [new ColourPicture(colour).track] : []),
        ]),
      )
    this.phone.configure({ server, sip: { allowTransfers: true }, allowHandOver: true })
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

  /** The colours that come from each of whom one sees, `bob@example.com red`; nothing of a picture that is black. */
  get sights(): readonly string[] {
    const { participants = [] } = this.phone.snapshot.conference ?? {}
    return participants.map(({ address, stream }) => [address, ...this.#coloursOf(stream)].join(' ')).sort()
  }

  /** The colours of the one picture that the call in front brings. */
  get picture(): readonly Colour[] {
    return this.#coloursOf(this.#front?.remoteStream ?? null)
  }

  /** How those are whom the host invited, `bob@example.com joined`. */
  get roster(): readonly string[] {
    const { participants = [] } = this.phone.snapshot.conference ?? {}
    return participants.map(({ address, state }) => `${address} ${state}`)
  }

  #coloursOf(stream: MediaStream | null): readonly Colour[] {
    const track = stream?.getVideoTracks()[0]
    if (!track) return []
    let eye = this.#eyes.get(track)
    if (!eye) {
      this.#eyes.set(track, (eye = new ColourEye()))
      eye.watch(track)
    }
    return [...eye.colours().keys()]
  }
}

export type { ConferencePhone }

declare global {
  var conferencePhone: ConferencePhone
}

globalThis.conferencePhone = new ConferencePhone()

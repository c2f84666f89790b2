import { endedText } from '../../../elements/base/ended-text.ts'
import { errorWords } from '../../../elements/base/error-words.ts'
import { callFacts, partyName } from '../../../elements/base/party-name.ts'
import type { Messages } from '../../../elements/locales/locale-table.ts'
import { en } from '../../../elements/locales/en.ts'
import { furtherEnglish } from '../../../elements/locales/further-english.ts'
import { Phone, phoneEventNames } from '../../../src/index.ts'
import type { DialOptions } from '../../../src/phone/calling.ts'
import type { PhoneOptions } from '../../../src/phone/phone-options.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../../src/phone/snapshot.ts'
import { Hum, ToneEar } from './tone-ear.ts'

const messages: Messages = { ...en, ...furtherEnglish }

/** The part of a call's snapshot that can leave a page. */
export type PlainCall = Omit<CallSnapshot, 'localStream' | 'remoteStream'>

const plainCall = (call: CallSnapshot): PlainCall =>
  ({ ...call, localStream: undefined, remoteStream: undefined }) as PlainCall

/** The engine with all its events, for tests to drive. */
class Engine {
  readonly heard: { readonly name: string; readonly event: Readonly<Record<string, unknown>> }[] = []
  readonly phone = new Phone()
  #hum: Hum | null = null
  #ear: ToneEar | null = null
  #listened: MediaStreamTrack | undefined

  constructor() {
    for (const name of phoneEventNames)
      this.phone.on(name, (event) => {
        const plain = JSON.parse(JSON.stringify(event ?? {})) as Record<string, unknown>
        this.heard.push({ name, event: plain })
      })
  }

  async signIn(userId: string, options: PhoneOptions): Promise<void> {
    this.phone.configure(options)
    await this.phone.login({ userId, password: 'secret' })
  }

  /** Dials, and waits for nothing: what becomes of it is told by events. */
  dial(options: DialOptions): void {
    this.phone.dial({ mediaType: 'audio', ...options }).catch(() => {})
  }

  answer(): void {
    this.phone.answer({ mediaType: 'audio' }).catch(() => {})
  }

  /** Hums so many Hz in place of the microphone, from now on; to be called before there is a call, and again in it. */
  async hum(frequency: number): Promise<void> {
    if (this.#hum) {
      this.#hum.frequency = frequency
      return
    }
    const context = new AudioContext()
    await context.resume()
    const hum = (this.#hum = new Hum(context, frequency))
    this.#ear = new ToneEar(context)
    // Who stops a microphone does not stop the next one.
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([hum.track.clone()]))
  }

  /** Whether this tone arrives now, in the first call. Needs `hum` before. */
  hears(tone: number): boolean {
    const stream = this.phone.snapshot.calls[0]?.remoteStream
    const track = stream?.getAudioTracks()[0]
    // The same stream may bring another sound: of another connection.
    if (stream && track && track !== this.#listened) this.#ear?.listen(stream)
    this.#listened = track
    return track !== undefined && this.#ear?.hears([tone]).length === 1
  }

  get calls(): readonly PlainCall[] {
    return this.phone.snapshot.calls.map(plainCall)
  }

  get lastCall(): PlainCall | null {
    const { lastCall } = this.phone.snapshot
    return lastCall && plainCall(lastCall)
  }

  get session(): PhoneSnapshot['session'] {
    return this.phone.snapshot.session
  }

  /** What the screen says of the last call. */
  get ending(): string | null {
    const { error, lastCall } = this.phone.snapshot
    if (!lastCall) return null
    if (error && lastCall.endedReason === 'failed') return errorWords(error, this.phone.snapshot, messages).join(' ')
    return endedText(this.phone, lastCall, messages)
  }

  /** The name that the screen shows of the first call, and what the network tells of it. */
  get shown(): readonly [name: string, facts: string | null] {
    const [call] = this.phone.snapshot.calls
    if (!call) return ['', null]
    return [partyName(this.phone, call.remote, messages), callFacts(this.phone, call, messages)]
  }

  get error(): string | null {
    return this.phone.snapshot.error?.code ?? null
  }
}

declare global {
  var engine: Engine
}

globalThis.engine = new Engine()

import { defaultConnectionSettings } from '../../media/connection-settings.ts'
import type { LocalMedia } from '../../media/local-media.ts'
import type { MediaType } from '../../media/media-type.ts'
import {
  SignalingError,
  type Leg,
  type LegMedia,
  type PlaceOptions,
  type SessionInfo,
  type Signaling,
  type SignalingEvents,
} from '../signaling.ts'
import type { Device } from './contract-network.ts'
import { eventually, inTime } from '../../media/testing/eventually.ts'
import { captured, RecordedLeg } from './recorded-leg.ts'

export const never = (): AbortSignal => new AbortController().signal

/** One device of the network under test, and what it hears. */
export class Line {
  readonly signaling: Signaling
  readonly address: string
  readonly links: SignalingEvents['link'][] = []
  readonly expiries: SignalingEvents['expired'][] = []
  readonly media: LocalMedia[] = []
  readonly #device: Device
  readonly #incoming: Leg[] = []
  readonly #watchers = new Set<() => void>()
  readonly #closed = new AbortController()
  #taken = 0

  constructor(device: Device) {
    this.#device = device
    this.signaling = device.signaling
    this.address = device.address
    this.signaling.on('incoming', (leg) => this.#hear(() => this.#incoming.push(leg)))
    this.signaling.on('link', (link) => this.#hear(() => this.links.push(link)))
    this.signaling.on('expired', (error) => this.#hear(() => this.expiries.push(error)))
  }

  signIn(signal = never()): Promise<SessionInfo> {
    return this.signaling.connect(this.#device.identity, signal)
  }

  /** How many calls have come in. */
  get rung(): number {
    return this.#incoming.length
  }

  async captured(mediaType: MediaType): Promise<LegMedia> {
    const local = await captured(mediaType)
    this.media.push(local)
    return { mediaType, local, settings: defaultConnectionSettings }
  }

  async dial(to: Line | string, mediaType: MediaType = 'audio', options?: PlaceOptions): Promise<RecordedLeg> {
    const media = await this.captured(mediaType)
    const address = typeof to === 'string' ? to : to.address
    return new RecordedLeg(await this.signaling.place(address, media, never(), options), media.local)
  }

  /** The next incoming leg as the network hands it over: nobody listens to it yet. */
  async rings(): Promise<Leg> {
    const index = this.#taken++
    await this.until('a call comes in', () => this.#incoming.length > index)
    return this.#incoming[index] as Leg
  }

  async ringing(mediaType: MediaType = 'audio'): Promise<RecordedLeg> {
    const { local } = await this.captured(mediaType)
    const ringing = new RecordedLeg(await this.rings(), local)
    await ringing.leg.ring()
    return ringing
  }

  /** Answers what rings. */
  async answer(ringing: RecordedLeg, mediaType: MediaType = 'audio'): Promise<void> {
    const { local } = ringing
    await ringing.leg.accept({ mediaType, local, settings: defaultConnectionSettings }, never())
  }

  /** Resolves when `holds`, which is looked at with everything the network tells. */
  until(what: string, holds: () => boolean): Promise<void> {
    const waiting = new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
    return inTime(what, waiting, () => ({ links: this.links, rung: this.rung }))
  }

  /** Takes the session up again whenever the path to the network is lost, as the engine would: until it is there. */
  recovers(): void {
    this.signaling.on('link', ({ state }) => {
      if (state !== 'lost') return
      const attempt = (): Promise<boolean> =>
        this.signaling.resume(this.#closed.signal).then(
          () => true,
          // The network comes back a moment after it is missed; what it refuses for good shows in the test itself.
          (error: unknown) =>
            !(error instanceof SignalingError && error.kind === 'unreachable') || this.#closed.signal.aborted,
        )
      void eventually('the session is taken up again', attempt).catch(() => {})
    })
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.signaling.disconnect()
    for (const local of this.media) local.close()
  }

  #hear(write: () => void): void {
    write()
    for (const look of [...this.#watchers]) look()
  }
}

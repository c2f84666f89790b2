import { LocalMedia } from '../../media/local-media.ts'
import type { MediaType, TrackKind } from '../../media/media-type.ts'
import { mediaStatistics, type MediaStatistics } from '../../media/statistics.ts'
import type { Leg, LegEnd, LegEvents } from '../signaling.ts'
import { eventually, inTime } from '../../media/testing/eventually.ts'

type Heard = {
  readonly [Name in keyof LegEvents]: { readonly name: Name; readonly payload: LegEvents[Name] }
}[keyof LegEvents]

/** How long a flow stands still before it counts as stopped, in ms of the statistics' own clock. */
const stillness = 300

/** A leg whose events are written down, with the media that this side sends. */
export class RecordedLeg {
  readonly heard: Heard[] = []
  readonly #watchers = new Set<() => void>()

  constructor(
    readonly leg: Leg,
    readonly local: LocalMedia,
  ) {
    const names = [
      'progress',
      'established',
      'held',
      'resumed',
      'change-requested',
      'change-withdrawn',
      'changed',
    ] as const
    for (const name of [...names, 'track', 'link', 'replaced', 'ended'] as const) this.#record(name)
  }

  /** The call's events in words, `established audio`. Those of the media path are left out: they come in their own time. */
  get story(): readonly string[] {
    return this.heard.filter(({ name }) => name !== 'track' && name !== 'link').map(inWords)
  }

  /** Resolves with the payload of the `count`th event of this name, past or to come. */
  async hears<Name extends keyof LegEvents>(name: Name, count = 1): Promise<LegEvents[Name]> {
    const found = () => this.heard.filter((event) => event.name === name)[count - 1]
    const waiting = new Promise<Heard>((resolve) => {
      const look = () => {
        const event = found()
        if (!event) return
        this.#watchers.delete(look)
        resolve(event)
      }
      this.#watchers.add(look)
      look()
    })
    const event = await inTime(`${name} is heard ${count}×`, waiting, () => this.story)
    return event.payload as LegEvents[Name]
  }

  ended(): Promise<LegEnd> {
    return this.hears('ended')
  }

  async statistics(): Promise<MediaStatistics> {
    const { connection } = this.leg
    if (!connection) throw new Error('The leg has no connection')
    return mediaStatistics(connection)
  }

  /** Resolves when more of this kind has come from the far side than had when it was asked. */
  async receives(kind: TrackKind): Promise<void> {
    const before = (await this.statistics())[kind].received
    const more = ({ [kind]: { received } }: MediaStatistics) =>
      kind === 'audio' ? received.packets > before.packets + 5 : received.frames > before.frames + 2
    await eventually(`${kind} is received`, () => this.statistics(), more)
  }

  /** Resolves when nothing of this kind comes from the far side any more. */
  async receivesNo(kind: TrackKind): Promise<void> {
    let packets = -1
    let since = 0
    await eventually(
      `no more ${kind} is received`,
      async () => {
        const now = performance.now()
        const { received } = (await this.statistics())[kind]
        if (received.packets !== packets) since = now
        packets = received.packets
        return now - since
      },
      (still) => still > stillness,
    )
  }

  #record(name: keyof LegEvents): void {
    this.leg.on(name, (payload) => {
      this.heard.push({ name, payload } as Heard)
      for (const look of [...this.#watchers]) look()
    })
  }
}

function inWords(event: Heard): string {
  switch (event.name) {
    case 'progress':
      return `progress ${event.payload}`
    case 'established':
    case 'change-requested':
    case 'changed':
      return `${event.name} ${event.payload.mediaType}`
    case 'ended':
      return `ended ${event.payload.reason}`
    default:
      return event.name
  }
}

/** What one side sends: a fake microphone, and a fake camera for `video`. */
export async function captured(mediaType: MediaType): Promise<LocalMedia> {
  const local = new LocalMedia()
  await local.capture(mediaType, new AbortController().signal)
  return local
}

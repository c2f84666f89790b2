/** What a call took, in ms from the moment it was begun. */
export interface Timing {
  /** The offer left. */
  readonly offer: number
  /** The first sound of the other side was there to be heard. */
  readonly audio: number
  /** The first picture of the other side was shown; 0 in a call without. */
  readonly video: number
}

/** A way to call. */
export interface CallPath {
  readonly title: string
  readonly leg: 'bare' | 'local' | 'gateway'
  /** Whether a STUN server is configured that does not answer. */
  readonly deadServer: boolean
  /** How often the time of two bare connections the first sound may take. */
  readonly factor?: number
}

export const paths: readonly CallPath[] = [
  { title: 'two bare connections', leg: 'bare', deadServer: false },
  { title: 'local', leg: 'local', deadServer: false, factor: 1.5 },
  { title: 'gateway', leg: 'gateway', deadServer: false, factor: 2 },
  { title: 'local, dead STUN server', leg: 'local', deadServer: true },
  { title: 'gateway, dead STUN server', leg: 'gateway', deadServer: true },
]

export interface CallFigures {
  readonly mediaType: 'audio' | 'video'
  readonly path: CallPath
  readonly timings: readonly Timing[]
}

/** ms */
const latestOffer = 50

/** How much later than without one a call may be whose STUN server is dead, in ms. */
const deadServerCost = 150

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

const of = ({ timings }: CallFigures, moment: keyof Timing): number => median(timings.map((timing) => timing[moment]))

/** The same call over another path. */
function beside(all: readonly CallFigures[], { mediaType }: CallFigures, leg: string): CallFigures {
  const found = all.find(({ path, ...other }) => other.mediaType === mediaType && path.leg === leg && !path.deadServer)
  if (!found) throw new Error(`Nothing was measured of ${mediaType} by ${leg}`)
  return found
}

/** The figures as a person reads them, a line a kind of call. */
export function callRows(all: readonly CallFigures[]): readonly Readonly<Record<string, string>>[] {
  return all.map((figures) => {
    const { mediaType, path } = figures
    const audio = of(figures, 'audio')
    const floor = of(beside(all, figures, 'bare'), 'audio')
    return {
      call: `${mediaType}, ${path.title}`,
      'offer sent': `${of(figures, 'offer').toFixed(0)} ms`,
      'first sound': `${audio.toFixed(0)} ms`,
      'of bare': `${(audio / floor).toFixed(2)} ×`,
      limit: path.factor ? `${path.factor} ×` : path.deadServer ? `${deadServerCost} ms more` : '',
      'first picture': mediaType === 'video' ? `${of(figures, 'video').toFixed(0)} ms` : '',
    }
  })
}

/** Where a figure is beyond its limit. */
export function shortfalls(all: readonly CallFigures[]): readonly string[] {
  return all.flatMap((figures) => {
    const { mediaType, path } = figures
    const found: string[] = []
    const complain = (text: string): unknown => found.push(`${mediaType}, ${path.title}: ${text}`)
    const offer = of(figures, 'offer')
    const audio = of(figures, 'audio')
    if (path.leg !== 'bare' && !(offer <= latestOffer)) {
      complain(`the offer leaves after ${offer.toFixed(0)} ms, has to within ${latestOffer}`)
    }
    const times = audio / of(beside(all, figures, 'bare'), 'audio')
    if (path.factor && !(times <= path.factor)) {
      complain(`the first sound takes ${times.toFixed(2)} times that of bare connections, may take ${path.factor}`)
    }
    const later = audio - of(beside(all, figures, path.leg), 'audio')
    if (path.deadServer && !(later <= deadServerCost)) {
      complain(`the first sound comes ${later.toFixed(0)} ms later than without the server, may come ${deadServerCost}`)
    }
    return found
  })
}

import { PictureCopy } from './picture-copy.ts'
import { fit, tilesOf, type Area, type ConferenceLayout } from './picture-layout.ts'
import { pictureOutput, type PictureOutput } from './picture-output.ts'
import type { PictureQuality } from './picture-quality.ts'

/** Behind the pictures, and the tile of who has none. */
const background = '#111418'
const empty = '#23282f'

/** The line between two tiles, in pixels on each side. */
const gap = 1

/** How old a picture may be that is not sent anew because nothing in it changed, in ms: a decoder may need one. */
const refresh = 1000

interface Party {
  source: PictureCopy | null
  readonly output: PictureOutput | null
  /** What was sent last, and when. */
  shown: string
  shownAt: number
}

/** One picture, by what is on each tile, and all that get it. */
interface Composition {
  readonly tiles: readonly (PictureCopy | null)[]
  readonly parties: Party[]
}

/** The pictures of a conference: for each party one, made of the pictures of all others. */
export class PictureMix {
  readonly #parties = new Map<string, Party>()
  readonly #canvas: OffscreenCanvasRenderingContext2D
  #speakers: readonly string[] = []
  #held = false
  layout: ConferenceLayout = 'speaker'

  /** @throws {Error} when the browser draws no pictures. */
  constructor() {
    const canvas = new OffscreenCanvas(2, 2).getContext('2d', { alpha: false })
    if (!canvas) throw new Error('This browser draws no pictures')
    this.#canvas = canvas
  }

  /** How many pictures are made at once, at most. */
  get size(): number {
    return [...this.#parties.values()].filter(({ output }) => output).length
  }

  /** Takes a party in; returns what they see, or `null` for one who gets no picture. */
  add(id: string, watches: boolean): MediaStreamTrack | null {
    const output = watches ? pictureOutput() : null
    if (output) output.track.contentHint = 'motion'
    this.#parties.set(id, { source: null, output, shown: '', shownAt: 0 })
    return output?.track ?? null
  }

  /** Takes what a party shows from the first video track of `stream` from now on. */
  watch(id: string, stream: MediaStream): void {
    const party = this.#parties.get(id)
    const track = stream.getVideoTracks()[0] ?? null
    if (!party || (party.source?.track ?? null) === track) return
    party.source?.close()
    party.source = track && new PictureCopy(track)
  }

  /** Who spoke last, the latest first: the large tile is theirs, or of the next where the speaker looks. */
  setSpeakers(ids: readonly string[]): void {
    this.#speakers = ids
  }

  /** While held everybody sees an empty picture. */
  setHeld(held: boolean): void {
    this.#held = held
  }

  remove(id: string): void {
    const party = this.#parties.get(id)
    this.#parties.delete(id)
    party?.source?.close()
    party?.output?.close()
  }

  /** Makes and sends one picture for everybody whose picture changed. */
  compose(quality: PictureQuality): void {
    const now = performance.now()
    for (const [key, { tiles, parties }] of this.#compositions(quality)) {
      const due = parties.filter(({ shown, shownAt }) => shown !== key || now - shownAt >= refresh)
      if (due.length === 0) continue
      this.#draw(tiles, quality)
      for (const party of due) {
        party.output?.show(this.#canvas.canvas)
        party.shown = key
        party.shownAt = now
      }
    }
  }

  close(): void {
    for (const id of [...this.#parties.keys()]) this.remove(id)
  }

  /** The different pictures there are to make, each once. */
  #compositions({ width, height }: PictureQuality): ReadonlyMap<string, Composition> {
    const found = new Map<string, Composition>()
    const names = new Map([...this.#parties.values()].map(({ source }, n) => [source, n] as const))
    for (const [id, party] of this.#parties) {
      if (!party.output) continue
      const tiles = this.#held ? [] : this.#seenBy(id)
      const pictures = tiles.map((source) =>
        source?.count == null ? '' : `${names.get(source) ?? ''}:${source.count}`,
      )
      const key = [width, height, this.layout, ...pictures].join()
      const same = found.get(key)
      if (same) same.parties.push(party)
      else found.set(key, { tiles, parties: [party] })
    }
    return found
  }

  /** What is on the tiles of the picture for this party. */
  #seenBy(viewer: string): readonly (PictureCopy | null)[] {
    const others = [...this.#parties.keys()].filter((id) => id !== viewer)
    const speaker = this.#speakers.find((id) => others.includes(id))
    // Tiles that are alike stay where they are; only a large one is worth a move.
    const large = this.layout === 'speaker' && others.length > 2 && speaker !== undefined
    const order = large ? [speaker, ...others.filter((id) => id !== speaker)] : others
    return order.map((id) => this.#parties.get(id)?.source ?? null)
  }

  #draw(tiles: readonly (PictureCopy | null)[], { width, height }: PictureQuality): void {
    const context = this.#canvas
    if (context.canvas.width !== width) context.canvas.width = width
    if (context.canvas.height !== height) context.canvas.height = height
    context.fillStyle = background
    context.fillRect(0, 0, width, height)
    const areas = tilesOf(tiles.length, this.layout, { width, height })
    areas.forEach((area, n) => {
      const image = tiles[n]?.image({ width, height }) ?? null
      this.#drawTile(image, tiles.length > 1 ? inner(area) : area)
    })
  }

  #drawTile(image: OffscreenCanvas | null, tile: Area): void {
    this.#canvas.fillStyle = empty
    this.#canvas.fillRect(tile.x, tile.y, tile.width, tile.height)
    if (!image) return
    const { from, to } = fit({ width: image.width, height: image.height }, tile)
    this.#canvas.drawImage(
      image,
      ...([from.x, from.y, from.width, from.height] as const),
      ...([to.x, to.y, to.width, to.height] as const),
    )
  }
}

function inner({ x, y, width, height }: Area): Area {
  return { x: x + gap, y: y + gap, width: width - 2 * gap, height: height - 2 * gap }
}

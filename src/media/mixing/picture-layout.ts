/** How the pictures of three and more are laid out: who speaks large, or all alike. */
export type ConferenceLayout = 'speaker' | 'grid'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Area extends Size {
  readonly x: number
  readonly y: number
}

/** The share of the width that the speaker gets; the others are in a strip beside it. */
const speakerShare = 0.75

/**
 * How much longer or wider a picture may be than its tile and still fill it, cut at two sides: 16:9 fills a square. One
 * that differs more, upright in a wide tile, is shown whole.
 */
const cut = 1.8

/**
 * The tiles of a picture of `count` parties, in their order. One fills it, two are side by side; of three and more the
 * first is large in the layout `speaker`.
 */
export function tilesOf(count: number, layout: ConferenceLayout, { width, height }: Size): readonly Area[] {
  if (count > 2 && layout === 'speaker') {
    const left = even(width * speakerShare)
    const strip = { x: left, y: 0, width: width - left, height }
    return [{ x: 0, y: 0, width: left, height }, ...rows(count - 1, 1, strip)]
  }
  return rows(count, Math.ceil(Math.sqrt(count)), { x: 0, y: 0, width, height })
}

/** Fills an area row by row; a last row that is not full is in the middle. */
function rows(count: number, columns: number, { x, y, width, height }: Area): readonly Area[] {
  const lines = Math.ceil(count / columns)
  // One tile alone in its column keeps the shape of a picture.
  const size = { width: even(width / columns), height: even(Math.min(height / lines, width / columns)) }
  const top = y + even((height - size.height * lines) / 2)
  return Array.from({ length: count }, (_, n) => {
    const line = Math.floor(n / columns)
    const inLine = Math.min(columns, count - line * columns)
    const indent = even((width - size.width * inLine) / 2)
    return { ...size, x: x + indent + (n % columns) * size.width, y: top + line * size.height }
  })
}

/** Colours are stored for two points together (4:2:0): an odd edge would be blurred. */
function even(length: number): number {
  return 2 * Math.floor(length / 2)
}

/** Which part of a picture is shown, and where: never stretched, cut at two sides or whole in the middle of its tile. */
export function fit(picture: Size, tile: Area): { readonly from: Area; readonly to: Area } {
  const shape = picture.width / picture.height / (tile.width / tile.height)
  if (Math.max(shape, 1 / shape) <= cut) {
    const shown = {
      width: picture.width / Math.max(shape, 1),
      height: picture.height * Math.min(shape, 1),
    }
    return { from: centred(shown, { x: 0, y: 0, ...picture }), to: tile }
  }
  const shown = { width: tile.width * Math.min(shape, 1), height: tile.height / Math.max(shape, 1) }
  return { from: { x: 0, y: 0, ...picture }, to: centred(shown, tile) }
}

function centred({ width, height }: Size, within: Area): Area {
  return { x: within.x + (within.width - width) / 2, y: within.y + (within.height - height) / 2, width, height }
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fit, tilesOf, type Area } from './picture-layout.ts'

const size = { width: 640, height: 360 }
const shape = ({ width, height }: Area): number => width / height

function overlap(one: Area, other: Area): boolean {
  const apart = (from: number, length: number, at: number, other: number): boolean =>
    from + length <= at || at + other <= from
  return !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height)
}

describe('the tiles of a picture', () => {
  it('of one party are the whole picture', () => {
    assert.deepEqual(tilesOf(1, 'speaker', size), [{ x: 0, y: 0, width: 640, height: 360 }])
  })

  it('of nobody are none', () => {
    assert.deepEqual(tilesOf(0, 'speaker', size), [])
  })

  it('of two are side by side, in either layout', () => {
    const tiles = [
      { x: 0, y: 20, width: 320, height: 320 },
      { x: 320, y: 20, width: 320, height: 320 },
    ]
    assert.deepEqual(tilesOf(2, 'speaker', size), tiles)
    assert.deepEqual(tilesOf(2, 'grid', size), tiles)
  })

  it('of three have the first large and the others in a strip beside it', () => {
    assert.deepEqual(tilesOf(3, 'speaker', size), [
      { x: 0, y: 0, width: 480, height: 360 },
      { x: 480, y: 20, width: 160, height: 160 },
      { x: 480, y: 180, width: 160, height: 160 },
    ])
  })

  it('of four are quarters in a grid', () => {
    assert.deepEqual(
      tilesOf(4, 'grid', size).map(({ width, height }) => [width, height]),
      [1, 2, 3, 4].map(() => [320, 180]),
    )
  })

  it('have the rest of a grid in the middle of its last row', () => {
    assert.deepEqual(tilesOf(3, 'grid', size)[2], { x: 160, y: 180, width: 320, height: 180 })
  })

  for (const layout of ['speaker', 'grid'] as const) {
    for (let count = 1; count <= 9; count++) {
      it(`of ${count} in the layout ${layout} lie within the picture and do not cover each other`, () => {
        const tiles = tilesOf(count, layout, size)
        assert.equal(tiles.length, count)
        for (const [n, tile] of tiles.entries()) {
          assert.ok(tile.x >= 0 && tile.y >= 0 && tile.x + tile.width <= 640 && tile.y + tile.height <= 360)
          assert.ok(tile.width > 0 && tile.height > 0)
          assert.ok([tile.x, tile.y, tile.width, tile.height].every((edge) => edge % 2 === 0))
          assert.ok(!tiles.slice(n + 1).some((other) => overlap(tile, other)))
        }
      })
    }
  }
})

describe('a picture on its tile', () => {
  const tile = { x: 100, y: 50, width: 320, height: 180 }

  for (const [what, picture] of [
    ['of the same shape', { width: 1280, height: 720 }],
    ['of 4:3', { width: 640, height: 480 }],
    ['upright', { width: 360, height: 640 }],
    ['very wide', { width: 1000, height: 100 }],
    ['square', { width: 300, height: 300 }],
  ] as const) {
    it(`is never stretched: ${what}`, () => {
      const { from, to } = fit(picture, tile)
      assert.ok(Math.abs(shape(from) / shape(to) - 1) < 1e-9)
    })

    it(`stays within its tile, and shows nothing that is not there: ${what}`, () => {
      const { from, to } = fit(picture, tile)
      const within = (area: Area, { x, y, width, height }: Area): boolean =>
        area.x >= x && area.y >= y && area.x + area.width <= x + width && area.y + area.height <= y + height
      assert.ok(within(to, tile))
      assert.ok(within(from, { x: 0, y: 0, ...picture }))
    })
  }

  it('fills the tile where little is cut', () => {
    assert.deepEqual(fit({ width: 640, height: 480 }, tile), {
      from: { x: 0, y: 60, width: 640, height: 360 },
      to: tile,
    })
  })

  it('is shown whole in the middle where much would be cut', () => {
    const { from, to } = fit({ width: 360, height: 640 }, tile)
    assert.deepEqual(from, { x: 0, y: 0, width: 360, height: 640 })
    assert.deepEqual(to, { x: 209.375, y: 50, width: 101.25, height: 180 })
  })
})

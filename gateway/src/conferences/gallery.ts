import type { Leg } from '../../../src/exchange/leg.ts'
import { type Picture, type PicturesOfAll, PictureSeat } from './picture-seat.ts'
import type { Seating } from './seating.ts'

/** What each is sent of all the others together, in bit/s, and the least and most that one picture takes of it. */
const downlink = 4_000_000
const leastBitrate = 200_000
const mostBitrate = 1_000_000

/** The pictures of one conference: who sends one, and that all the others see it. */
export class Gallery implements PicturesOfAll {
  readonly #seating: Seating
  readonly #seats = new Set<PictureSeat>()

  constructor(seating: Seating) {
    this.#seating = seating
  }

  /** A seat for the pictures of a leg. Only who knows of extensions takes part by picture. */
  seat(leg: Leg): PictureSeat | null {
    if (!leg.session.extensions) return null
    const seat = new PictureSeat(leg, this, this.#seating)
    this.#seats.add(seat)
    return seat
  }

  /** What one picture may take, in bit/s: the more there are, the less. */
  get bitrate(): number {
    const others = [...this.#seats].filter(({ picture }) => picture).length - 1
    return Math.min(mostBitrate, Math.max(leastBitrate, Math.round(downlink / Math.max(1, others))))
  }

  /** What there is to be seen for one of them: all the others. */
  others(seat: PictureSeat): readonly Picture[] {
    return [...this.#seats].flatMap((other) => (other === seat ? [] : (other.picture ?? [])))
  }

  /** There is another picture, one less, or one of them shows somebody who speaks now. */
  changed(): void {
    for (const seat of this.#seats) seat.follow()
  }

  leave(seat: PictureSeat): void {
    this.#seats.delete(seat)
    this.changed()
  }
}

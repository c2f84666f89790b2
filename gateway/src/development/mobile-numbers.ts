import { createHash } from 'node:crypto'

/** 555-0100 to 555-0199 of every area are for fiction alone. */
const perArea = 100
/** Numbers given in order come from areas 201 to 599, those of an authorization from 601 to 999. */
const inOrder = { area: 201, count: 399 * perArea }
const authorized = { area: 601, count: 399 * perArea }

function numberAt({ area, count }: typeof inOrder, index: number): string {
  const place = index % count
  return `+1${String(area + Math.floor(place / perArea))}55501${String(place % perArea).padStart(2, '0')}`
}

/** Numbers that no telephone has, `+12015550100`, for users who come without one. */
export class MobileNumbers {
  #assigned = 0

  /** The number that belongs to an authorization code; without a code the next one. */
  assign(authCode: string | undefined): string {
    if (!authCode) return numberAt(inOrder, this.#assigned++)
    return numberAt(authorized, createHash('sha256').update(authCode).digest().readUInt32BE())
  }
}

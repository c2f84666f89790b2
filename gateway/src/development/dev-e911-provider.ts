import { randomUUID } from 'node:crypto'
import type { E911Address, E911Provider, E911Registration } from '../e911-provider.ts'

/** Ids that are remembered; the oldest go first. */
const limit = 10_000

const states = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR ' +
    'PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI'
  ).split(' '),
)

/** What makes a text the part of an address it stands for. */
const parts: Readonly<Record<'street' | 'city' | 'state' | 'zip', (text: string) => boolean>> = {
  street: (text) => /[\p{L}\d]/u.test(text),
  city: (text) => /\p{L}/u.test(text),
  state: (text) => states.has(text.toUpperCase()),
  zip: (text) => /^\d{5}(-\d{4})?$/.test(text),
}

/** Takes every address of the right shape, and sends nobody anywhere: for development. */
export class DevE911Provider implements E911Provider {
  readonly #ids = new Set<string>()

  async register(address: E911Address, confirmed: boolean): Promise<E911Registration> {
    for (const [name, isGood] of Object.entries(parts)) {
      const text = address[name as keyof typeof parts]?.trim() ?? ''
      if (!isGood(text)) return { refused: 'not-valid', why: name }
    }
    // Whether the address exists is more than its shape tells: its user has to say so.
    if (!confirmed) return { refused: 'not-confirmed', why: 'is_confirmed' }
    const id = randomUUID()
    this.#ids.add(id)
    const [oldest = ''] = this.#ids
    if (this.#ids.size > limit) this.#ids.delete(oldest)
    return { id }
  }

  async has(id: string): Promise<boolean> {
    return this.#ids.has(id)
  }
}

import type { DialPlan } from '../../src/phone/numbers/dial-plan.ts'
import { loadNumberFormat } from '../../src/phone/numbers/load-number-format.ts'
import type { NumberFormat } from '../../src/phone/numbers/number-format.ts'

/** Made of what a number is written with, and nothing else. */
const numeric = /^[\d\s().+-]+$/

/** Shorter ones are extensions, which are not spaced. */
const shortestNumber = 7

/** Spaces numbers while they are typed, by the rules of their country; those are loaded with the first number. */
export class NumberSpacing {
  #format: NumberFormat | null = null

  /** `loaded` is called once the rules are there; `plan` gives the dial plan of the phone, where there is one. */
  constructor(
    private readonly loaded: () => void,
    private readonly plan: () => DialPlan | undefined = () => undefined,
  ) {}

  /** The text as it should stand in a field; names, star codes and extensions stay as they are. */
  space(text: string): string {
    if (!numeric.test(text)) return text
    const plain = text.replace(/[^\d+]/g, '')
    if (plain.length < shortestNumber && !plain.startsWith('+')) return plain
    if (!this.#format) void this.#load()
    return this.#format?.asYouType(plain, this.plan()) ?? plain
  }

  /** Without its last character; of a number the last digit, no matter what follows it. */
  shorten(text: string): string {
    if (!numeric.test(text)) return text.slice(0, -1)
    return this.space(text.replace(/\D*[\d+]\D*$/, ''))
  }

  /** Name of the country of a whole number; empty where it cannot be told. */
  country(text: string, language: string): string {
    const code = numeric.test(text) ? this.#format?.country(text, this.plan()) : null
    return (code && new Intl.DisplayNames([language], { type: 'region' }).of(code)) || ''
  }

  async #load(): Promise<void> {
    try {
      this.#format = await loadNumberFormat()
      this.loaded()
    } catch {
      // A number works without its spaces.
    }
  }
}

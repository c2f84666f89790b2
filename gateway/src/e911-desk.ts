import { ExchangeError } from '../../src/exchange/protocol.ts'
import type { E911Address, E911Provider } from './e911-provider.ts'
import type { UserKind } from './token-holder.ts'

const refusals = {
  'not-valid': ['SVC0015', 'Not a valid E911 address: give street, city, state and zip'],
  'not-confirmed': ['SVC0016', 'The E911 address could not be confirmed: have its user check it, then confirm it'],
} as const

const notKnown = (id: string): ExchangeError =>
  new ExchangeError(400, 'SVC0019', 'The E911 id is not valid: register the address, and pass the id it is given', id)

/** Registers emergency addresses, and sees to it that those sign in with one who have to. */
export class E911Desk {
  readonly #provider: E911Provider | undefined
  readonly #timeout: number

  /** Without a provider ids are checked by their shape alone. `timeout` in ms. */
  constructor(provider: E911Provider | undefined, timeout: number) {
    this.#provider = provider
    this.#timeout = timeout
  }

  /**
   * Registers an address; gives its id.
   *
   * @throws ExchangeError SVC0015 to SVC0018.
   */
  async register(address: E911Address, confirmed: boolean): Promise<string> {
    const registration = await this.#ask((provider) => provider.register(address, confirmed))
    if (!registration) throw new ExchangeError(400, 'SVC0017', 'There is no E911 provider')
    if ('id' in registration) return registration.id
    const [messageId, text] = refusals[registration.refused]
    throw new ExchangeError(400, messageId, text, registration.why)
  }

  /**
   * Checks what a user signs in with.
   *
   * @throws ExchangeError SVC8510 when this kind of user has no address, SVC8511 when it has to have one; see `assertId`.
   */
  async assertSignIn(kind: UserKind | undefined, id: string | undefined): Promise<void> {
    if (id !== undefined) return this.assertId(kind, id)
    if (kind === 'MOBILE_NUMBER' || kind === 'VIRTUAL_NUMBER')
      throw new ExchangeError(400, 'SVC8511', 'A user with a telephone number has to pass an E911 id', 'x-e911Id')
  }

  /**
   * Checks an id that a user passes.
   *
   * @throws ExchangeError SVC8510 when this kind of user has no address, SVC0019 when the id names none, SVC0017 or
   * SVC0018 when the provider does not say.
   */
  async assertId(kind: UserKind | undefined, id: string): Promise<void> {
    if (kind === 'GUEST') throw new ExchangeError(400, 'SVC8510', 'A guest must not pass an E911 id', 'x-e911Id')
    if (!/^[\w.:-]{1,64}$/.test(id)) throw notKnown(id)
    if (kind && (await this.#ask((provider) => provider.has(id))) === false) throw notKnown(id)
  }

  async #ask<Answer>(question: (provider: E911Provider) => Promise<Answer>): Promise<Answer | undefined> {
    if (!this.#provider) return undefined
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new ExchangeError(400, 'SVC0017', 'The E911 provider does not answer: try again later')),
        this.#timeout,
      )
    })
    try {
      return await Promise.race([question(this.#provider), late])
    } catch (error) {
      if (error instanceof ExchangeError) throw error
      throw new ExchangeError(400, 'SVC0018', 'The E911 provider failed: try again later')
    } finally {
      clearTimeout(timer)
    }
  }
}

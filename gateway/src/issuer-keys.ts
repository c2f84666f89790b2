import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, type LocalJWKSet } from 'jose'

/** How long keys are taken as they are, in ms. */
const freshFor = 600_000
/** How long keys serve while the issuer gives no others, in ms. */
const staleFor = 24 * 3_600_000
/** Pause between two questions to the issuer, in ms: tokens with unknown keys must not make the gateway ask on and on. */
const pause = 30_000
/** The same after one that failed. */
const failurePause = 5000
/** How long the issuer may take to answer, in ms. */
const timeout = 5000

/** The keys of the issuer cannot be read, so that nothing can be said of a token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable'
}

/** A token names a key that the issuer may have published since it was asked, a moment ago. */
export class KeyNotRead extends KeysUnavailable {}

/** How many keys are remembered that the issuer does not have. */
const missingLimit = 1000

/** The keys by which an issuer signs, as it publishes them (RFC 7517): read when they are needed, kept while it is away. */
export class IssuerKeys {
  readonly #url: URL
  #keys: LocalJWKSet | null = null
  #readAt = -Infinity
  #askedAt = -Infinity
  /** Why the last question to the issuer failed; `null` where it did not. */
  #fault: KeysUnavailable | null = null
  #reading: Promise<void> | null = null
  /** Keys that tokens named, and that were not there when the issuer was asked for them last. */
  readonly #missing = new Set<string>()

  constructor(url: URL) {
    this.#url = url
  }

  /**
   * The key that signed a token.
   *
   * @throws KeysUnavailable where they cannot be read, JOSEError where the issuer has no such key.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#current()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      const name = `${String(header.alg)} ${String(header.kid)}`
      // The issuer may have changed its keys.
      if (!(await this.renew())) {
        if (this.#missing.has(name)) throw error
        throw new KeyNotRead('The key of a token is not among those that were read a moment ago')
      }
      const fresh = await this.#current()
      try {
        return await fresh(header, token)
      } catch (cause) {
        if (this.#missing.size < missingLimit) this.#missing.add(name)
        throw cause
      }
    }
  }

  /**
   * Reads the keys anew; false where that was done a moment ago.
   *
   * @throws KeysUnavailable where they cannot be read.
   */
  async renew(): Promise<boolean> {
    const before = this.#readAt
    await this.#ask()
    if (this.#fault) throw this.#fault
    return this.#readAt !== before
  }

  /** Whether there are keys to serve; reads them where there are none yet. */
  async areThere(): Promise<boolean> {
    return this.#current().then(
      () => true,
      () => false,
    )
  }

  async #current(): Promise<LocalJWKSet> {
    const age = Date.now() - this.#readAt
    if (this.#keys && age < freshFor) return this.#keys
    const asking = this.#ask()
    // While they serve nobody waits for an issuer that may be silent.
    if (!this.#keys || age > staleFor) await asking
    if (!this.#keys || Date.now() - this.#readAt > staleFor) throw this.#fault ?? new KeysUnavailable('No keys')
    return this.#keys
  }

  /** Asks the issuer, unless it was asked just now. Never rejects: what went wrong is the fault. */
  #ask(): Promise<void> {
    const since = Date.now() - this.#askedAt
    if (since >= 0 && since < (this.#fault ? failurePause : pause) && !this.#reading) return Promise.resolve()
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #read(): Promise<void> {
    this.#askedAt = Date.now()
    try {
      const response = await fetch(this.#url, {
        headers: { accept: 'application/jwk-set+json, application/json' },
        signal: AbortSignal.timeout(timeout),
      })
      if (!response.ok) throw new Error(`The issuer answered ${String(response.status)}`)
      const set = (await response.json()) as JSONWebKeySet
      const keys = createLocalJWKSet(set)
      if (set.keys.length === 0) throw new Error('The issuer publishes no keys')
      this.#keys = keys
      this.#missing.clear()
      this.#readAt = Date.now()
      this.#fault = null
    } catch (cause) {
      this.#fault = new KeysUnavailable('The keys of the token issuer cannot be read', { cause })
    }
  }
}

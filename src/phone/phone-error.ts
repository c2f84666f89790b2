import type { ErrorText } from './error-text.ts'

/** What the network said of a failure. */
export interface NetworkWords {
  /** The error text of the network. */
  readonly apiError?: string
  /** Method and resource, `POST /RTC/v1/sessions`. */
  readonly resourceMethod?: string
  readonly httpStatusCode?: string
  readonly messageId?: string
  /** When it can help again, in s. */
  readonly retryAfter?: number
  readonly additionalInformation?: string
}

/**
 * An error of the catalogue: what the `error` event carries and a refused method rejects with. The capitalised fields
 * are the seed's, so that a page written for the original SDK reads them as before.
 */
export class PhoneError extends Error {
  readonly JSObject = 'Phone'
  readonly JSMethod: string
  readonly ErrorCode: string
  readonly ErrorMessage: string
  readonly Cause: string
  readonly Resolution: string
  declare readonly APIError?: string
  declare readonly ResourceMethod?: string
  declare readonly HttpStatusCode?: string
  declare readonly MessageId?: string
  /** When the network can help again, in s; absent where it did not tell. */
  declare readonly RetryAfter?: number
  declare readonly AdditionalInformation?: string
  readonly timestamp = new Date()

  constructor(text: ErrorText, method: string, words: NetworkWords = {}, cause?: unknown) {
    super(text.message, cause === undefined ? undefined : { cause })
    this.name = 'PhoneError'
    this.JSMethod = method
    this.ErrorCode = text.code
    this.ErrorMessage = text.message
    this.Cause = text.cause
    this.Resolution = text.resolution
    const { apiError, resourceMethod, httpStatusCode, messageId, retryAfter, additionalInformation } = words
    const told = {
      APIError: apiError,
      ResourceMethod: resourceMethod,
      HttpStatusCode: httpStatusCode,
      MessageId: messageId,
      RetryAfter: retryAfter,
      AdditionalInformation: additionalInformation,
    }
    // A field that the network did not tell is absent, not undefined.
    Object.assign(this, Object.fromEntries(Object.entries(told).filter(([, text]) => text !== undefined)))
  }

  /** The code alone, `2241`. */
  get code(): string {
    return this.ErrorCode
  }
}

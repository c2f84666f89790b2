import type { ErrorText } from './error-catalogue.ts'

/** What the network said of a failure. */
export interface NetworkWords {
  /** The error text of the network. */
  readonly apiError?: string
  /** Method and resource, `POST /RTC/v1/sessions`. */
  readonly resourceMethod?: string
  readonly httpStatusCode?: string
  readonly messageId?: string
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
  readonly APIError?: string
  readonly ResourceMethod?: string
  readonly HttpStatusCode?: string
  readonly MessageId?: string
  readonly AdditionalInformation?: string
  readonly timestamp = new Date()

  constructor(text: ErrorText, method: string, words: NetworkWords = {}, cause?: unknown) {
    super(text.message, cause === undefined ? undefined : { cause })
    this.name = 'PhoneError'
    this.JSMethod = method
    this.ErrorCode = text.code
    this.ErrorMessage = text.message
    this.Cause = text.cause
    this.Resolution = text.resolution
    if (words.apiError !== undefined) this.APIError = words.apiError
    if (words.resourceMethod !== undefined) this.ResourceMethod = words.resourceMethod
    if (words.httpStatusCode !== undefined) this.HttpStatusCode = words.httpStatusCode
    if (words.messageId !== undefined) this.MessageId = words.messageId
    if (words.additionalInformation !== undefined) this.AdditionalInformation = words.additionalInformation
  }

  /** The code alone, `2241`. */
  get code(): string {
    return this.ErrorCode
  }
}

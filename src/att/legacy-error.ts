import type { PhoneError } from '../phone/phone-error.ts'

/** What the `error` event of the original carries: no `Error`, and every field there, empty where it does not apply. */
export interface LegacyError {
  readonly JSObject: 'phone'
  /** The method, or `*` for what went wrong below it. */
  readonly JSMethod: string
  readonly ErrorCode: string
  readonly ErrorMessage: string
  readonly Cause: string
  readonly Resolution: string
  readonly APIError: string
  readonly ResourceMethod: string
  readonly HttpStatusCode: string
  readonly MessageId: string
  readonly AdditionalInformation?: string
  readonly timestamp: Date
  readonly timeStamp: Date
  /** The error itself, for pages that look for it one level below. Not enumerable, so that the error can be printed. */
  readonly error: LegacyError
}

/** Codes of the phone begin with the number of a method from 20 on; what is below comes from the network or browser. */
function methodOf({ ErrorCode, JSMethod }: PhoneError): string {
  if (!/^[2-5]\d{3}$/.test(ErrorCode)) return '*'
  return JSMethod === 'switchCall' ? 'switch' : JSMethod
}

/** The error as pages of the original read it. */
export function legacyError(error: PhoneError): LegacyError {
  const { ErrorCode, ErrorMessage, Cause, Resolution, AdditionalInformation, timestamp } = error
  const told = {
    JSObject: 'phone',
    JSMethod: methodOf(error),
    ErrorCode,
    ErrorMessage,
    Cause,
    Resolution,
    APIError: error.APIError ?? '',
    ResourceMethod: error.ResourceMethod ?? '',
    HttpStatusCode: error.HttpStatusCode ?? '',
    MessageId: error.MessageId ?? '',
    ...(AdditionalInformation !== undefined && { AdditionalInformation }),
    timestamp,
    timeStamp: timestamp,
  }
  return Object.defineProperty(told, 'error', { value: told }) as unknown as LegacyError
}

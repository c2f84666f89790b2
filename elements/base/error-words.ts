import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { RefusedCall, Trouble } from '../locales/en.ts'
import type { Messages } from '../locales/locale-table.ts'

/** Answers to a call that another try may change (RFC 3261, 21): all others are for good. */
const passing: ReadonlySet<number> = new Set([401, 407, 408, 429, 480, 486, 487, 491, 494, 500, 502, 503, 504, 580])

/** Answers that mean what another one does. */
const meanings: Readonly<Record<number, RefusedCall>> = {
  403: '403',
  404: '404',
  410: '410',
  414: '404',
  415: '488',
  416: '404',
  433: '433',
  484: '484',
  485: '404',
  488: '488',
  604: '404',
  606: '488',
}

/** By what the words are found of a call that an exchange refused for good; `null` where that is not so. */
function refusedCall({ ResourceMethod: resource, HttpStatusCode: code }: PhoneError): RefusedCall | null {
  const status = Number(code)
  if ((resource !== 'INVITE' && resource !== 'REFER') || !(status >= 300) || passing.has(status)) return null
  return meanings[status] ?? (status < 400 ? '300' : 'other')
}

/** A time to wait as people say it: `20 seconds`, `2 minutes`. */
function waitingTime(seconds: number, language: string): string {
  const unit = seconds < 90 ? 'second' : seconds < 5400 ? 'minute' : 'hour'
  const length = { second: 1, minute: 60, hour: 3600 }[unit]
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.ceil(seconds / length))
}

/** An error in the words of a person: what happened, and what to do. */
export function errorWords(error: PhoneError, { devices }: PhoneSnapshot, messages: Messages): Trouble {
  const denied = error.ErrorCode === '0020' || error.ErrorCode === '0021'
  if (denied && devices.microphone !== 'denied' && devices.camera === 'denied') {
    return messages.cameraDenied
  }
  const refused = refusedCall(error)
  if (refused) return messages.refusals[refused]
  if (error.RetryAfter) {
    const [what] = messages.errors[error.ErrorCode] ?? messages.failed
    return [what, messages.tryAgainIn(waitingTime(error.RetryAfter, messages.language))]
  }
  // The words of an unforeseen failure name a method, which tells a person nothing.
  if (error.ErrorCode.endsWith('00')) return messages.failed
  return messages.errors[error.ErrorCode] ?? [`${error.ErrorMessage}.`, `${error.Resolution}.`]
}

import { isCaptureError } from '../media/capture.ts'
import { isPlaceError, PlaceError, type Cause } from '../place/cause.ts'
import { SignalingError } from '../signaling/signaling.ts'
import { causeOfCapture, causeOfPlace, causeOfUnreachable } from './diagnosis.ts'
import { apiError, sdkError } from './error-catalogue.ts'
import type { ErrorText } from './error-text.ts'
import { PhoneError, type NetworkWords } from './phone-error.ts'
import { codeOfCause } from './place-errors.ts'
import { isRefusal } from './refuse.ts'

/** The unexpected failure of each method, by its first two digits; a method that has none gets 0000. */
const unexpected: Readonly<Record<string, string>> = {
  login: '2000',
  associateE911Id: '2050',
  logout: '2100',
  dial: '2200',
  answer: '2300',
  hangup: '2400',
  hold: '2500',
  resume: '2600',
  mute: '2700',
  unmute: '2800',
  cancel: '2900',
  reject: '3000',
  addCall: '3900',
  move: '4000',
  transfer: '4100',
  acceptTransfer: '4100',
  rejectTransfer: '4100',
  switchCall: '4200',
  acceptModification: '4300',
  rejectModification: '4400',
  downgrade: '4500',
  upgrade: '4600',
  sendDTMFTone: '4700',
  getUserMedia: '5000',
  startConference: '3100',
  joinConference: '3200',
  rejectConference: '3300',
  endConference: '3500',
  addParticipant: '3600',
  removeParticipant: '3700',
  setParticipantMuted: '3700',
  muteAllParticipants: '3700',
  merge: '3100',
  acceptHandOver: '3100',
  rejectHandOver: '3100',
}

/*
 * Loaded with the catalogue when the first error comes, or ahead of it when there is time: no page needs their words
 * before.
 */

/**
 * The catalogue's error for what a method refused, or what went wrong below the phone, with the network's own words: by
 * the place or the machine where that forbids it, by HTTP status and message id where the network refused, 0002 where
 * it did not answer in time, the method's unexpected failure otherwise.
 */
export async function networkError(cause: unknown, method: string): Promise<PhoneError> {
  const place = await placeOf(cause)
  if (place) return placeError(place, cause, method)
  if (isRefusal(cause)) return new PhoneError(sdkError(cause.code), method, cause.words, cause.cause)
  const unknown = sdkError(isCaptureError(cause) ? '0000' : (unexpected[method] ?? '0000'))
  if (!(cause instanceof SignalingError)) {
    const words = cause instanceof Error ? { additionalInformation: `${cause.name}: ${cause.message}` } : {}
    return new PhoneError(unknown, method, words, cause)
  }
  const { status, messageId } = cause.details
  const words = wordsOf(cause)
  // What SIP says of all places (600 and up) is in the catalogue as what it says of one.
  const listed = status !== undefined && status >= 600 ? status - 200 : status
  if (listed !== undefined) return new PhoneError(apiError(listed, messageId), method, words, cause)
  if (cause.kind === 'unreachable') return new PhoneError(apiError(503), method, words, cause)
  return new PhoneError(cause.kind === 'timeout' ? sdkError('0002') : unknown, method, words, cause)
}

/** What the network said. */
function wordsOf({ message, details }: SignalingError): NetworkWords {
  const { status, messageId, resource, retryAfter } = details
  return {
    apiError: message,
    ...(resource !== undefined && { resourceMethod: resource }),
    ...(status !== undefined && { httpStatusCode: String(status) }),
    ...(messageId && { messageId }),
    ...(retryAfter !== undefined && { retryAfter }),
  }
}

/** What of the place, or of the machine, made this go wrong; `null` where it is something else. */
async function placeOf(cause: unknown): Promise<Cause | null> {
  if (isPlaceError(cause)) return cause.place
  if (isCaptureError(cause)) return causeOfCapture(cause)
  if (!(cause instanceof SignalingError) || cause.details.url === undefined) return null
  const server = await causeOfUnreachable(cause)
  // A server that says nothing in time is what the words for that are about.
  return cause.kind === 'timeout' && server === 'no-secure-server' ? null : server
}

/** Codes that the console has had: authors read it once. */
const warned = new Set<string>()

function placeError(place: Cause, cause: unknown, method: string): PhoneError {
  const text = sdkError(codeOfCause[place])
  const words = cause instanceof SignalingError ? wordsOf(cause) : { additionalInformation: detailOf(cause) }
  warnOnce(text)
  return new PhoneError(text, method, words, cause)
}

function warnOnce({ code, message, cause, resolution }: ErrorText): void {
  if (warned.has(code)) return
  warned.add(code)
  // eslint-disable-next-line no-console -- the author of the page has to know, and no log is on by default
  console.warn(`att-phone: ${message}. ${cause}. ${resolution}. (${code})`)
}

function detailOf(cause: unknown): string {
  const { name, message } = (cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause) as Error
  return `${name}: ${message}`
}

/** What keeps this page from any call, as an error to be told; `null` where nothing does. */
export function placeInTheWay(): PlaceError | null {
  const cause = causeOfPlace()
  return cause && new PlaceError(cause)
}

import { SignalingError } from '../signaling/signaling.ts'
import { apiError, sdkError } from './error-catalogue.ts'
import { PhoneError } from './phone-error.ts'
import { isRefusal } from './refuse.ts'

/** The unexpected failure of each method, by its first two digits; a method that has none bears 0000. */
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
}

/*
 * Loaded with the catalogue when the first error comes, or ahead of it when there is time: no page needs their words
 * before.
 */

/**
 * The catalogue's error for whatever a method refused or went wrong below the phone, with the network's own words: by HTTP status and
 * message id where the network refused, 0002 where it did not answer in time, the method's unexpected failure
 * otherwise.
 */
export function networkError(cause: unknown, method: string): PhoneError {
  if (isRefusal(cause)) return new PhoneError(sdkError(cause.code), method, cause.words, cause.cause)
  const unknown = sdkError(unexpected[method] ?? '0000')
  if (!(cause instanceof SignalingError)) {
    const words = cause instanceof Error ? { additionalInformation: `${cause.name}: ${cause.message}` } : {}
    return new PhoneError(unknown, method, words, cause)
  }
  const { status, messageId, resource } = cause.details
  const words = {
    apiError: cause.message,
    ...(resource !== undefined && { resourceMethod: resource }),
    ...(status !== undefined && { httpStatusCode: String(status) }),
    ...(messageId && { messageId }),
  }
  if (status !== undefined) return new PhoneError(apiError(status, messageId), method, words, cause)
  if (cause.kind === 'unreachable') return new PhoneError(apiError(503), method, words, cause)
  return new PhoneError(cause.kind === 'timeout' ? sdkError('0002') : unknown, method, words, cause)
}

import { promptText } from './error-text.ts'
import { PhoneError } from './phone-error.ts'
import { isRefusal } from './refuse.ts'

/** The unexpected failure of the methods that answer at once. */
const unexpected: Readonly<Record<string, string>> = { getParticipants: '3400', setup: '5100' }

const load = () => import('./network-error.ts')

/**
 * Loads the words of all errors ahead of the first: it may be that the network is gone which comes first. `report` hears
 * of a page that stands where no call can be made.
 */
export function prepareErrors(report: (cause: unknown) => void): void {
  load()
    .then(({ placeInTheWay }) => {
      const error = placeInTheWay()
      if (error) report(error)
    })
    .catch(() => {})
}

/** The catalogue's error for what a method refused, or what went wrong below it. */
export async function toPhoneError(cause: unknown, method: string): Promise<PhoneError> {
  if (cause instanceof PhoneError) return cause
  try {
    const { networkError } = await load()
    return await networkError(cause, method)
  } catch {
    return promptPhoneError(cause, method)
  }
}

/** The same without waiting for the catalogue. */
export function promptPhoneError(cause: unknown, method: string): PhoneError {
  if (cause instanceof PhoneError) return cause
  if (isRefusal(cause)) return new PhoneError(promptText(cause.code, method), method, cause.words)
  const words = cause instanceof Error ? { additionalInformation: `${cause.name}: ${cause.message}` } : {}
  return new PhoneError(promptText(unexpected[method] ?? '0000', method), method, words, cause)
}

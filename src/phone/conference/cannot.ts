import { Refusal } from '../refuse.ts'

/** Who was asked to host the conference does not. */
export function declined(address: string, cause?: unknown): Refusal {
  return new Refusal('5241', { additionalInformation: `${address} does not host it` }, cause)
}

/** Refuses what cannot be done with a conference now, with the words why. */
export function cannot(why: string): never {
  throw new Refusal('3100', { additionalInformation: why })
}

import { Refusal } from '../refuse.ts'

/** Refuses what cannot be done with a conference now, with the words why. */
export function cannot(why: string): never {
  throw new Refusal('3100', { additionalInformation: why })
}

import type { MediaType } from '../media-type.ts'

/** The most participants, beside the host, by media type of the conference. */
export type ConferenceLimit = Readonly<Record<MediaType, number>>

/** How many this machine can mix. */
export function conferenceLimit(): ConferenceLimit {
  const cores = navigator.hardwareConcurrency || 2
  return { audio: Math.min(Math.max(4 * cores, 6), 16), video: Math.min(Math.max(2 * cores, 4), 8) }
}

/**
 * What the place a page stands in, or the machine under it, can keep from a phone. Each has an error code of its own
 * (`src/phone/place-errors.ts`), and a row in docs/where-it-runs.md.
 */
export type Cause =
  // Microphone and camera
  | 'denied'
  | 'denied-for-good'
  | 'denied-by-system'
  | 'insecure-page'
  | 'sandboxed'
  | 'frame-not-allowed'
  | 'page-policy'
  | 'no-microphone'
  | 'no-camera'
  | 'microphone-in-use'
  | 'camera-in-use'
  | 'no-webrtc'
  | 'no-devices'
  // Screen and sound
  | 'screen-frame'
  | 'screen-policy'
  | 'no-screen'
  | 'screen-by-system'
  | 'silent-page'
  // The way to the server
  | 'local-network-denied'
  | 'local-network-frame'
  | 'mixed-content'
  | 'untrusted-certificate'
  | 'wrong-server'
  | 'site-not-allowed'
  | 'content-policy'
  | 'no-secure-server'
  // The way of sound and picture
  | 'udp-blocked'
  | 'no-media-path'

/** The place forbids what was to be done. */
export class PlaceError extends Error {
  constructor(
    readonly place: Cause,
    cause?: unknown,
  ) {
    super(`The place of this page forbids it: ${place}`, { cause })
    this.name = 'PlaceError'
  }
}

/** A classic script and what it loads on demand have a copy of the class each, so that the name tells. */
export function isPlaceError(error: unknown): error is PlaceError {
  return error instanceof Error && error.name === 'PlaceError'
}

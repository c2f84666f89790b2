import { abortable } from '../base/abortable.ts'
import type { TrackKind } from './media-type.ts'

export type CaptureProblem = 'denied' | 'missing' | 'busy' | 'unsupported'

/** Why a microphone or camera could not be opened. */
export class CaptureError extends Error {
  constructor(
    readonly problem: CaptureProblem,
    readonly kinds: readonly TrackKind[],
    cause?: unknown,
  ) {
    super(`could not open ${kinds.join(' and ')}: ${problem}`, { cause })
    this.name = 'CaptureError'
  }
}

/** A classic script and what it loads on demand have a copy of the class each, so that the name tells. */
export function isCaptureError(error: unknown): error is CaptureError {
  return error instanceof Error && error.name === 'CaptureError'
}

const problems: Readonly<Record<string, CaptureProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** What is asked of the microphone and of the camera. */
export type CaptureWishes = Readonly<Record<TrackKind, MediaTrackConstraints>>

/** Echo and noise are taken care of by default: a phone is used on loudspeakers. */
export const defaultWishes: CaptureWishes = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, facingMode: 'user' },
}

/**
 * Opens the devices of these kinds, in one prompt.
 *
 * @throws {CaptureError} with the reason; a track that came after an abort is stopped.
 */
export async function capture(
  kinds: readonly TrackKind[],
  signal: AbortSignal,
  wishes = defaultWishes,
): Promise<readonly MediaStreamTrack[]> {
  signal.throwIfAborted()
  const devices = globalThis.navigator?.mediaDevices
  if (!devices) throw new CaptureError('unsupported', kinds)
  const opening = devices.getUserMedia({
    audio: kinds.includes('audio') && wishes.audio,
    video: kinds.includes('video') && wishes.video,
  })
  const stop = () =>
    opening.then(
      (stream) => stream.getTracks().forEach((track) => track.stop()),
      () => {},
    )
  try {
    const stream = await abortable(opening, signal)
    return stream.getTracks()
  } catch (error) {
    if (signal.aborted) {
      void stop()
      throw signal.reason
    }
    throw new CaptureError(problems[(error as DOMException).name] ?? 'busy', kinds, error)
  }
}

/**
 * What the browser would say if it were asked for these devices now, without asking the person. Browsers that do not
 * tell answer `unknown`.
 */
export async function permission(kinds: readonly TrackKind[]): Promise<'granted' | 'denied' | 'prompt' | 'unknown'> {
  const names = { audio: 'microphone', video: 'camera' } as const
  try {
    const states = await Promise.all(kinds.map((kind) => navigator.permissions.query({ name: names[kind] })))
    if (states.some(({ state }) => state === 'denied')) return 'denied'
    return states.every(({ state }) => state === 'granted') ? 'granted' : 'prompt'
  } catch {
    return 'unknown'
  }
}

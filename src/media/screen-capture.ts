import { abortable } from '../base/abortable.ts'

/** Text stays sharp and moves less often: most of what is shared is read. */
const constraints: DisplayMediaStreamOptions = { video: { frameRate: { ideal: 15, max: 30 } }, audio: false }

/** Whether this browser lets a page show the screen; those of phones do not. */
export function canCaptureScreen(): boolean {
  return typeof globalThis.navigator?.mediaDevices?.getDisplayMedia === 'function'
}

/**
 * Lets the person choose a screen, window or tab; within a gesture of the person, or the browser refuses.
 *
 * @throws {DOMException} NotAllowedError when the person or the browser refuses; NotFoundError, NotReadableError when
 * there is nothing to show. A picture that came after an abort is stopped.
 */
export async function captureScreen(signal: AbortSignal): Promise<MediaStreamTrack> {
  signal.throwIfAborted()
  const choosing = navigator.mediaDevices.getDisplayMedia(constraints)
  try {
    const [track] = (await abortable(choosing, signal)).getVideoTracks()
    if (!track) throw new DOMException('Nothing was chosen', 'NotFoundError')
    track.contentHint = 'detail'
    return track
  } catch (error) {
    if (signal.aborted) {
      choosing.then(
        (stream) => stream.getTracks().forEach((track) => track.stop()),
        () => {},
      )
    }
    throw error
  }
}

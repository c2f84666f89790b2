import type { LocalMedia } from './local-media.ts'

/** How long black is sent before a camera stops, in ms: some frames at any rate. */
const blankTime = 300

/** Stops the camera after it sent black for a moment, or the far side would keep its last picture on the screen. */
export async function blankCamera(local: LocalMedia): Promise<void> {
  const track = local.track('video')
  if (!track) return
  track.enabled = false
  await new Promise((resolve) => setTimeout(resolve, blankTime))
  if (local.track('video') === track) await local.release('video')
}

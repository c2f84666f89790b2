import { BlackPicture } from './black-picture.ts'
import type { LocalMedia } from './local-media.ts'

/** Stops the camera or the screen, and sends black in its place, or the far side would keep its last picture. */
export async function blankCamera(local: LocalMedia): Promise<void> {
  if (local.track('video')) await local.release('video', new BlackPicture())
}

import { receivableCodecs } from '../../media/codec-preferences.ts'
import { isAcceptable } from '../../media/sdp.ts'

/** Whether this browser can take part in what an offer wants. */
export function isTakeable(offer: string): boolean {
  return isAcceptable(offer, { audio: receivableCodecs('audio'), video: receivableCodecs('video') })
}

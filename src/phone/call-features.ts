import { abortable } from '../base/abortable.ts'
import { sendTones as insertTones, type ToneListener } from '../media/dtmf.ts'
import { mediaStatistics, type MediaStatistics } from '../media/statistics.ts'
import { SignalingError } from '../signaling/signaling.ts'
import type { Call } from './call.ts'

/* What can be done with a call that is up, and mostly is not. Loaded when it is first asked for. */

/** Offers the call to the user's other devices; call:moved tells that one took it. */
export async function move(call: Call): Promise<void> {
  const { leg } = call
  if (!leg?.move) throw unsupported('move')
  await call.while('move', () => leg.move?.(call.gone))
}

/** Sends the other party to an address, or to the other party of another call. */
export async function transfer(call: Call, to: string | Call): Promise<void> {
  const { leg } = call
  const target = typeof to === 'string' ? to : to.leg
  if (!leg?.transfer || !target) throw unsupported('transfer')
  call.publish('call:transferring')
  await call.while('transfer', () => leg.transfer?.(target, call.gone))
}

/** Sends tones after those that are still on their way: by the audio path, or by the network where that takes none. */
export function sendTones(call: Call, tones: string, gap: number | undefined, listener: ToneListener): Promise<void> {
  return call.tones.run(async () => {
    const dtmf = call.leg?.connection?.getSenders().find((sender) => sender.track?.kind === 'audio')?.dtmf
    if (dtmf?.canInsertDTMF) return insertTones(dtmf, tones, gap, listener, call.gone)
    for (const tone of tones) {
      if (!call.leg?.sendDigits) throw new SignalingError('refused', 'The far side takes no tones', { status: 501 })
      listener.sending(tone)
      await call.leg.sendDigits(tone)
      listener.sent(tone)
    }
  })
}

/** What flowed so far; `null` before there is media. */
export async function statistics(call: Call): Promise<MediaStatistics | null> {
  const connection = call.leg?.connection
  if (!connection) return null
  // Firefox never answers for a connection that is closed meanwhile.
  return abortable(mediaStatistics(connection), call.gone).catch((error: unknown) => {
    if (call.ended) return null
    throw error
  })
}

function unsupported(operation: string): SignalingError {
  return new SignalingError('refused', `This network cannot ${operation} a call`, { status: 501 })
}

import { abortable } from '../base/abortable.ts'
import { sendTones as insertTones, type ToneListener } from '../media/dtmf.ts'
import { mediaStatistics, type MediaStatistics } from '../media/statistics.ts'
import { SignalingError } from '../signaling/signaling.ts'
import type { Call } from './call.ts'
import { isOpen } from './call-conditions.ts'
import { refuseConference } from './call-operations.ts'
import { toneEvent } from './call-payload.ts'
import type { Line } from './line.ts'
import { refuse, requireOptions } from './refuse.ts'
import { whilePending } from './pending-operation.ts'

/* Moving and transferring a call, tones, statistics. */

/** Offers the call to the user's other devices; call:moved tells that one took it. */
export async function move(line: Line): Promise<void> {
  const call = line.active('4001', '4002')
  refuseConference(call, '4004')
  if (!isOpen(call)) refuse('4003')
  const { leg } = call
  if (!leg?.move) throw unsupported('move')
  await whilePending(call, 'move', () => leg.move?.(call.gone))
}

/** Sends the other party to an address, or to the other party of another call. */
export async function transferCall(call: Call, to: string | Call): Promise<void> {
  const { leg } = call
  const target = typeof to === 'string' ? to : to.leg
  if (!leg?.transfer || !target) throw unsupported('transfer')
  call.publish('call:transferring')
  await whilePending(call, 'transfer', () => leg.transfer?.(target, call.gone))
}

/** Sends tones by the call in the foreground, and lets the user hear them where the phone makes tones. */
export async function sendDTMFTone(
  line: Line,
  options: { readonly input: string; readonly gap?: number },
): Promise<void> {
  requireOptions(options, '4711')
  const { input, gap } = options
  if (typeof input !== 'string' || !/^[0-9a-d*#]+$/i.test(input)) refuse('4712')
  const call = line.active('4721', '4731')
  if (!isOpen(call) || call.snapshot.hold.local) refuse('4741')
  const own = line.store.snapshot.session.userId ?? ''
  await sendTones(call, input.toUpperCase(), Number.isFinite(gap) ? gap : undefined, {
    sending: (tone) => {
      line.sounds?.key(tone)
      line.publish('dtmf:tone-sending', toneEvent(call.snapshot, own))
    },
    sent: (tone) => line.publish('dtmf:tone-sent', { ...toneEvent(call.snapshot, own), tone }),
  })
}

/** Sends tones after those that are still on their way: by the audio path, or by the network where that takes none. */
function sendTones(call: Call, tones: string, gap: number | undefined, listener: ToneListener): Promise<void> {
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

/** What flowed so far, in the call in the foreground or the one named; `null` before there is media. */
export async function statistics({ calls }: Line, index?: number): Promise<MediaStatistics | null> {
  const call = index === undefined ? calls.foreground : calls.all.find(({ snapshot }) => snapshot.index === index)
  const { connection, pictureConnections = [] } = call?.leg ?? {}
  if (!call || !connection) return null
  // Firefox never answers for a connection that is closed meanwhile.
  return abortable(mediaStatistics(connection, ...pictureConnections), call.gone).catch((error: unknown) => {
    if (call.ended) return null
    throw error
  })
}

function unsupported(operation: string): SignalingError {
  return new SignalingError('refused', `This network cannot ${operation} a call`, { status: 501 })
}

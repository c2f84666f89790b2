import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import { blankCamera } from '../media/blank-camera.ts'
import type { Call } from './call.ts'
import { isOpen, isSettled, isSteady } from './call-conditions.ts'
import { partyOf } from './call-payload.ts'
import type { Line } from './line.ts'
import { refuse } from './refuse.ts'

const log = logger('call')

/* What each method asks for that changes the call in the foreground, in the order of its codes. */

export async function hold(line: Line): Promise<void> {
  const call = line.active('2501', '2502')
  if (!isSettled(call) || (call.snapshot.hold.local && call.snapshot.hold.explicit)) refuse('2503')
  await call.changes.hold.hold(true)
}

export async function resume(line: Line): Promise<void> {
  const call = line.active('2601', '2602')
  if (!isSettled(call) || !call.snapshot.hold.local) refuse('2603')
  await call.changes.hold.resume()
}

export async function setCamera(line: Line, on: boolean): Promise<void> {
  const call = line.active('4601', '4602')
  if (call.snapshot.mediaType !== 'video' || !isOpen(call)) refuse('4603')
  await showCamera(line, call, on)
}

/** Starts or stops our own picture in a video call; the far side is not asked. */
export async function showCamera({ devices }: Line, call: Call, on: boolean): Promise<void> {
  const { local } = call
  if (!on) await blankCamera(local)
  else {
    // What the screen is shared by is no camera.
    if (call.snapshot.screen) await local.release('video')
    await devices.open(local, 'video', call.gone)
  }
  call.set({ camera: on && local.track('video') !== null, screen: false })
}

export async function upgrade(line: Line): Promise<void> {
  const call = line.active('4601', '4602')
  refuseConference(call, '4605')
  if (!isSteady(call)) refuse('4603')
  // Who refused to send a picture may still add it later.
  if (call.snapshot.mediaType === 'video' && call.snapshot.camera) refuse('4604')
  await call.changes.modification.ask('video')
}

export async function downgrade(line: Line): Promise<void> {
  const call = line.active('4501', '4502')
  refuseConference(call, '4505')
  if (!isSteady(call)) refuse('4503')
  if (call.snapshot.mediaType === 'audio') refuse('4504')
  await call.changes.modification.ask('audio')
}

export async function acceptModification(line: Line): Promise<void> {
  await answerModification(line, '43', true)
}

/** How a change is refused. */
export interface RejectionOptions {
  /** Leaves the call as it is: a picture that was offered does not come either. Default: false, it comes. */
  readonly keepsMedia?: boolean
}

export async function rejectModification(line: Line, { keepsMedia = false }: RejectionOptions = {}): Promise<void> {
  await answerModification(line, '44', false, keepsMedia)
}

export async function acceptTransfer(line: Line): Promise<void> {
  await answerTransfer(line, true)
}

export async function rejectTransfer(line: Line): Promise<void> {
  await answerTransfer(line, false)
}

/** Tells the mixer of the call of a mute; or the page, where it changed nothing. */
export function tellMute(line: Line, { snapshot, leg }: Call, changed: boolean): void {
  const { index, muted, mediaType, codecs } = snapshot
  if (changed) {
    // It holds whether anybody knows of it or not.
    void ignore(log, leg?.tellMute?.(muted), 'the mixer was not told of the mute')
    return
  }
  line.publish('warning', {
    message: muted ? 'The call is muted already' : 'The call is not muted',
    index,
    ...partyOf(snapshot),
    mediaType,
    codec: codecs,
    timestamp: new Date(),
  })
}

/** What is done with one call cannot be done with the legs of many. */
export function refuseConference({ snapshot }: Call, code: string): void {
  if (snapshot.callType === 'conference') refuse(code)
}

/** Of two calls that ask, the one in the foreground is answered first. */
async function answerTransfer(line: Line, accept: boolean): Promise<void> {
  if (!line.session.ready) refuse('4101')
  const asking = line.calls.all.filter(({ snapshot }) => snapshot.transferTo)
  const call = asking.find(({ snapshot }) => snapshot.foreground) ?? asking[0] ?? refuse('4103')
  await call.changes.transferRequest.answer(accept)
}

async function answerModification(line: Line, prefix: string, accept: boolean, keeps = false): Promise<void> {
  const call = line.active(`${prefix}01`, `${prefix}02`)
  if (!isOpen(call)) refuse(`${prefix}03`)
  if (!call.snapshot.asked) refuse(`${prefix}04`)
  await call.changes.modification.answer(accept, keeps)
}

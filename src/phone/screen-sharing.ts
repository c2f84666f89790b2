import { canCaptureScreen, captureScreen } from '../media/screen-capture.ts'
import { PlaceError } from '../place/cause.ts'
import type { Call } from './call.ts'
import { isOpen, isSteady } from './call-conditions.ts'
import { partyOf } from './call-payload.ts'
import { causeOfScreen } from './diagnosis.ts'
import type { Line } from './line.ts'
import { Refusal, refuse } from './refuse.ts'
import { showCamera } from './call-operations.ts'

/* Showing the screen in place of the camera. Loaded when it is asked for. */

/** The calls whose camera was on before their screen was shared. */
const withCamera = new WeakSet<Call>()

/** Shares the screen, or ends it, in the call in the foreground. */
export async function shareScreen(line: Line, on: boolean): Promise<void> {
  const call = line.active('4601', '4602')
  if (typeof on !== 'boolean') throw new Refusal('0000', { additionalInformation: 'Pass true or false' })
  if (on === call.snapshot.screen) return
  if (!on) return end(line, call)
  if (!canCaptureScreen()) throw new PlaceError(causeOfScreen(null) ?? 'no-screen')
  const { callType, mediaType } = call.snapshot
  if (callType === 'conference' && mediaType === 'audio') refuse('4605')
  if (!(mediaType === 'video' ? isOpen(call) : isSteady(call))) refuse('4603')
  await begin(line, call)
}

async function begin(line: Line, call: Call): Promise<void> {
  const track = await captureScreen(call.gone).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'NotAllowedError')) throw error
    const cause = causeOfScreen(error)
    if (cause) throw new PlaceError(cause, error)
    // Who closes the browser's own window has taken it back: that is no error.
    return null
  })
  if (!track) {
    notify(line, call, 'The screen is not shared')
    return
  }
  if (call.ended) {
    track.stop()
    return
  }
  const upgrades = call.snapshot.mediaType === 'audio'
  if (call.snapshot.camera) withCamera.add(call)
  else withCamera.delete(call)
  follow(line, call, track)
  call.set({ camera: false, screen: true })
  await call.local.set(track)
  // The picture is there already, so that no camera is opened for it; a far side that refuses gets none.
  if (upgrades) await call.changes.modification.ask('video')
  if (call.local.track('video') === track) call.set({ camera: false, screen: true })
}

/** `to` goes on with a copy of the screen that `from` shared. */
export function keepScreen(line: Line, from: Call, to: Call): void {
  const track = to.local.track('video')
  if (!from.snapshot.screen || !track) return
  if (withCamera.has(from)) withCamera.add(to)
  follow(line, to, track)
}

/** The browser's own bar ends it, too. */
function follow(line: Line, call: Call, track: MediaStreamTrack): void {
  track.addEventListener('ended', () => void line.run('shareScreen', () => end(line, call)), { signal: call.gone })
}

async function end(line: Line, call: Call): Promise<void> {
  if (call.ended || !call.snapshot.screen) return
  const back = withCamera.delete(call)
  try {
    await showCamera(line, call, back)
  } catch (error) {
    call.set({ camera: false, screen: false })
    throw error
  }
  notify(line, call, 'The screen is no longer shared')
}

function notify(line: Line, { snapshot }: Call, message: string): void {
  const { index, mediaType, codecs } = snapshot
  line.publish('notification', {
    message,
    index,
    ...partyOf(snapshot),
    mediaType,
    codec: codecs,
    timestamp: new Date(),
  })
}

import type { Cause } from './cause.ts'
import type { Feature, PermissionAnswer, PlaceFacts } from './place-facts.ts'

type Kind = 'audio' | 'video'

/** What is known of a microphone or camera that did not open. */
export interface CaptureFacts {
  readonly kinds: readonly Kind[]
  /** Name and message of the browser's own error; empty where it has no such devices at all. */
  readonly errorName: string
  readonly errorMessage: string
  readonly permissions: Readonly<Record<Kind, PermissionAnswer>>
  /** The kinds of devices the browser tells of; `null` where it tells nothing. */
  readonly present: ReadonlySet<Kind> | null
}

const featureOf = { audio: 'microphone', video: 'camera' } as const satisfies Record<Kind, Feature>

/** What forbids `feature` by a policy, or `null` where no policy is seen to. */
function forbidden(feature: Feature, { policy, policyAround, framed }: PlaceFacts): 'frame' | 'page' | null {
  if (policy[feature] !== false) return null
  return framed && policyAround[feature] !== false ? 'frame' : 'page'
}

/** Why nothing could be opened here, known without trying and without asking. `null` where nothing is known. */
export function whyNoMicrophone(place: PlaceFacts): Cause | null {
  if (!place.secure) return 'insecure-page'
  if (place.sandboxed) return 'sandboxed'
  if (!place.webrtc) return 'no-webrtc'
  if (!place.mediaDevices) return 'no-devices'
  const by = forbidden('microphone', place)
  return by && (by === 'frame' ? 'frame-not-allowed' : 'page-policy')
}

/** Why a microphone or camera did not open; `null` for what no browser is known to say. */
export function diagnoseCapture(place: PlaceFacts, capture: CaptureFacts): Cause | null {
  const { kinds, errorName, errorMessage, present } = capture
  const camera = kinds.includes('video')
  const microphone = kinds.includes('audio')
  if (!place.mediaDevices) return place.secure ? 'no-devices' : 'insecure-page'
  if (errorName === 'NotAllowedError' || errorName === 'SecurityError') return whyRefused(place, capture)
  if (errorName === 'NotFoundError' || errorName === 'OverconstrainedError') {
    if (!microphone) return 'no-camera'
    return camera && present?.has('audio') ? 'no-camera' : 'no-microphone'
  }
  if (errorName !== 'NotReadableError' && errorName !== 'AbortError') return null
  // Chromium: "Could not start video source", Firefox: "Failed to allocate videosource".
  return microphone && !(camera && /video/i.test(errorMessage)) ? 'microphone-in-use' : 'camera-in-use'
}

function whyRefused(place: PlaceFacts, { kinds, errorMessage, permissions, present }: CaptureFacts): Cause {
  if (!place.secure) return 'insecure-page'
  if (place.sandboxed) return 'sandboxed'
  const policies = kinds.map((kind) => forbidden(featureOf[kind], place))
  if (policies.includes('page')) return 'page-policy'
  if (policies.includes('frame')) return 'frame-not-allowed'
  const denied = kinds.filter((kind) => permissions[kind] === 'denied')
  // Firefox tells nothing of policies; a frame that may not use a kind of device is not told of any.
  const hidden = denied.some((kind) => place.policy[featureOf[kind]] === undefined && present && !present.has(kind))
  if (place.framed && hidden) return 'frame-not-allowed'
  if (/by system/i.test(errorMessage)) return 'denied-by-system'
  return denied.length > 0 ? 'denied-for-good' : 'denied'
}

/** What is known of a screen that could not be shown. */
export interface ScreenFacts {
  /** Whether the browser has `getDisplayMedia`. */
  readonly supported: boolean
  readonly errorMessage: string
}

/** Why the screen could not be shown; `null` where the person took it back, which is no failure. */
export function diagnoseScreen(place: PlaceFacts, { supported, errorMessage }: ScreenFacts): Cause | null {
  if (!place.secure) return 'insecure-page'
  if (!supported) return 'no-screen'
  const by = forbidden('display-capture', place)
  if (by) return place.sandboxed ? 'sandboxed' : by === 'frame' ? 'screen-frame' : 'screen-policy'
  return /by system/i.test(errorMessage) ? 'screen-by-system' : null
}

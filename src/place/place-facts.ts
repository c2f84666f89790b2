/** What a policy of the page, or the `allow` of a frame, can keep back (Permissions Policy, W3C). */
export type Feature = 'microphone' | 'camera' | 'display-capture' | 'local-network' | 'loopback-network'

export type PermissionAnswer = PermissionState | 'unknown'

/** What a browser tells of where the page stands, without asking anybody. */
export interface PlaceFacts {
  /** `isSecureContext`: https, or this machine. */
  readonly secure: boolean
  /** The origin is opaque: a sandbox without `allow-same-origin`. */
  readonly sandboxed: boolean
  /** The page stands in a frame. */
  readonly framed: boolean
  readonly mediaDevices: boolean
  readonly webrtc: boolean
  /** What the policy lets this document do. A feature the browser says nothing of is absent. */
  readonly policy: Readonly<Partial<Record<Feature, boolean>>>
  /** The same of the page around, where it may be read: then the `allow` of the frame is not what forbids. */
  readonly policyAround: Readonly<Partial<Record<Feature, boolean>>>
}

const features = ['microphone', 'camera', 'display-capture', 'local-network', 'loopback-network'] as const

/** Chromium's; Firefox and Safari have none (MDN browser-compat-data, `Document.featurePolicy`). */
interface FeaturePolicy {
  features(): readonly string[]
  allowsFeature(feature: string): boolean
}

function policyOf(document: Document | undefined): PlaceFacts['policy'] {
  const policy = (document as { readonly featurePolicy?: FeaturePolicy } | undefined)?.featurePolicy
  if (!policy) return {}
  const known = policy.features()
  const told = features.filter((feature) => known.includes(feature))
  return Object.fromEntries(told.map((feature) => [feature, policy.allowsFeature(feature)]))
}

function pageAround(): Document | undefined {
  try {
    return window.parent === window ? undefined : window.parent.document
  } catch {
    // Of another site: nothing of it may be read.
    return undefined
  }
}

/** Reads the place this page stands in. */
export function readPlace(): PlaceFacts {
  return {
    secure: globalThis.isSecureContext,
    sandboxed: globalThis.origin === 'null' && globalThis.location?.protocol !== 'file:',
    framed: window.parent !== window,
    mediaDevices: Boolean(navigator.mediaDevices),
    webrtc: typeof RTCPeerConnection === 'function',
    policy: policyOf(document),
    policyAround: policyOf(pageAround()),
  }
}

/** What the browser would answer if it were asked for this permission. `unknown` where it does not say. */
export async function permissionState(name: string): Promise<PermissionAnswer> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state
  } catch {
    return 'unknown'
  }
}

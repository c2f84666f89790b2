/** A browser by name, and the versions that are meant. */
export interface BrowserVersions {
  readonly name: string
  /** `max` is `Infinity`: every later version is meant too. */
  readonly version: { readonly min: number; readonly max: number }
}

export interface BrowserSupport {
  /** Every release is tested in these. */
  readonly supported: readonly BrowserVersions[]
  /** These have what is needed and are not part of the tests. */
  readonly not_certified: readonly BrowserVersions[]
}

const from = (name: string, min: number): BrowserVersions =>
  Object.freeze({ name, version: Object.freeze({ min, max: Infinity }) })

const support: BrowserSupport = Object.freeze({
  supported: Object.freeze([from('Chrome', 116), from('Firefox', 124)]),
  not_certified: Object.freeze([from('Edge', 116), from('Opera', 102), from('Safari', 17.4)]),
})

/** How each browser names itself; the first that fits counts, since most name Chrome and Safari too. */
const names: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+\.?\d*)/],
  ['Opera', /\bOPR\/(\d+\.?\d*)/],
  ['Firefox', /\bFirefox\/(\d+\.?\d*)/],
  ['Chrome', /\b(?:Headless)?Chrom(?:e|ium)\/(\d+\.?\d*)/],
  ['Safari', /\bVersion\/(\d+\.?\d*).* Safari\//],
]

/** Name and version out of a user agent string; `null` for one that is not known. */
function readUserAgent(userAgent: string): { readonly name: string; readonly version: number } | null {
  for (const [name, pattern] of names) {
    const version = pattern.exec(userAgent)?.[1]
    if (version) return { name, version: Number(version) }
  }
  return null
}

/** Whether calls are technically possible here. A page that is not secure (http:) has no microphone. */
function hasCalls(): boolean {
  return (
    typeof RTCPeerConnection === 'function' &&
    typeof AbortSignal === 'function' &&
    'any' in AbortSignal &&
    // Types promise it, old and insecure pages have none.
    typeof (globalThis.navigator as Partial<Navigator> | undefined)?.mediaDevices?.getUserMedia === 'function'
  )
}

/** Whether a browser of this user agent, able to call, is one of the tested. */
export function isTested(userAgent: string): boolean {
  const browser = readUserAgent(userAgent)
  return support.supported.some(({ name, version }) => name === browser?.name && browser.version >= version.min)
}

function hasWebRTC(): 'Supported' | 'Not Certified' | 'Not Supported' {
  if (!hasCalls()) return 'Not Supported'
  return isTested(navigator.userAgent) ? 'Supported' : 'Not Certified'
}

/** What the browser can do. */
export const browser = {
  /** `Not Certified`: calls are possible, and no release was tested there. */
  hasWebRTC,
  getBrowserSupport: (): BrowserSupport => support,
  /** Whether the browser has a network. */
  isNetworkConnected: (): boolean => (globalThis.navigator as Partial<Navigator> | undefined)?.onLine ?? true,
}

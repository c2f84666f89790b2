import type {} from '../../../elements/att-phone/att-phone.ts'
import type { MediaStatistics } from '../../../src/index.ts'

/*
 * What a person finds on a page, shadow trees included. Each function runs in the page and brings all it needs with it.
 * Puppeteer's own search by role and name stops at shadow roots in Firefox.
 */

/** How much has to have arrived: packets and energy of sound, frames of pictures. */
export interface Arrival {
  readonly packets?: number
  readonly energy?: number
  readonly frames?: number
}

/** The control of this name that can be used now: a button, or a field. */
export function findControl(name: string): HTMLElement | null {
  const visit = (tree: Document | ShadowRoot): HTMLElement | null => {
    for (const element of tree.querySelectorAll<HTMLElement>('*')) {
      const inside = element.shadowRoot && visit(element.shadowRoot)
      if (inside) return inside
      if (!element.matches('button, input, select, a[href]')) continue
      const label = element.ariaLabel ?? element.textContent.replace(/\s+/g, ' ').trim()
      if (label !== name || !element.checkVisibility({ visibilityProperty: true })) continue
      if (!element.matches(':disabled, [aria-disabled=true]')) return element
    }
    return null
  }
  return visit(document)
}

/**
 * All text that can be seen, the content of fields included; what only a screen reader says is left out.
 *
 * @returns `null` when `pattern` does not match it.
 */
export function readPage(pattern = ''): string | null {
  const words: string[] = []
  const visit = (node: Node): void => {
    if (node instanceof Text) words.push(node.data)
    if (!(node instanceof Element) || node.matches('script, style')) return
    if (node instanceof HTMLSlotElement) return node.assignedNodes({ flatten: true }).forEach(visit)
    if (getComputedStyle(node).display !== 'contents') {
      if (node.getBoundingClientRect().width <= 1 || !node.checkVisibility({ visibilityProperty: true })) return
    }
    if (node instanceof HTMLInputElement) words.push(node.value)
    for (const child of (node.shadowRoot ?? node).childNodes) visit(child)
  }
  visit(document.body)
  const text = words.join(' ').replace(/\s+/g, ' ').trim()
  return new RegExp(pattern).test(text) ? text : null
}

/** What flowed in the call so far; `null` without a call, and before at least what is `wanted` has arrived. */
export async function readStatistics(wanted: Arrival = {}): Promise<MediaStatistics | null> {
  const statistics = await document.querySelector('att-phone')?.phone?.getStatistics()
  if (!statistics) return null
  const { audio, video } = statistics
  const { packets = 0, energy = 0, frames = 0 } = wanted
  const { received } = audio
  const arrived = received.packets >= packets && received.energy >= energy && video.received.frames >= frames
  // WebDriver BiDi gives an object that stands in two places only once.
  return arrived ? (JSON.parse(JSON.stringify(statistics)) as MediaStatistics) : null
}

/** Frequencies in Hz. */
export interface Hearing {
  readonly heard: readonly number[]
  readonly unheard: readonly number[]
}

/** Whether these tones arrive in the call in the foreground, louder than -50 dB, and those others fainter than -65. */
export function hearsFrequencies({ heard, unheard }: Hearing): boolean {
  const page = globalThis as { listening?: { track: MediaStreamTrack; analyser: AnalyserNode } }
  const stream = document
    .querySelector('att-phone')
    ?.phone?.snapshot.calls.find(({ foreground }) => foreground)?.remoteStream
  // It is another one when the far side has become somebody else.
  const [track] = stream?.getAudioTracks() ?? []
  if (!track) return false
  if (page.listening?.track !== track) {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser)
    page.listening = { track, analyser }
  }
  const { analyser } = page.listening
  const spectrum = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(spectrum)
  const width = analyser.context.sampleRate / analyser.fftSize
  const loudness = (frequency: number): number => {
    const bin = Math.round(frequency / width)
    return Math.max(...spectrum.slice(bin - 1, bin + 2))
  }
  return heard.every((each) => loudness(each) > -50) && unheard.every((each) => loudness(each) < -65)
}

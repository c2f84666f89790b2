/** The events by which a browser counts the person as having touched the page. */
const gestures = ['pointerdown', 'pointerup', 'keydown', 'touchend'] as const

/** Calls `listener` at each gesture of the person, until `signal` aborts: what autoplay rules forbade may be tried then. */
export function onGesture(listener: () => void, signal: AbortSignal): void {
  for (const gesture of gestures) {
    globalThis.document?.addEventListener(gesture, listener, { capture: true, passive: true, signal })
  }
}

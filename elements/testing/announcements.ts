interface Notifier {
  ariaNotify?: ((text: string, options?: { readonly priority?: string }) => void) | undefined
}

const prototype = Element.prototype as Notifier

/** Whether this browser has a way of its own to say something. */
export const notifies = prototype.ariaNotify !== undefined

/** What a screen reader was told, in order; what goes first begins with `!`. Listens until `signal` aborts. */
export function announcements(signal: AbortSignal): string[] {
  const told: string[] = []
  const { ariaNotify } = prototype
  if (ariaNotify) {
    prototype.ariaNotify = (text, options) => void told.push(options?.priority === 'high' ? `!${text}` : text)
    signal.addEventListener('abort', () => (prototype.ariaNotify = ariaNotify))
    return told
  }
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, target } of records) {
      const first = (target as Element).ariaLive === 'assertive' ? '!' : ''
      for (const { textContent } of addedNodes) told.push(first + (textContent ?? ''))
    }
  })
  for (const { shadowRoot } of document.querySelectorAll('.att-announcer')) {
    if (shadowRoot) observer.observe(shadowRoot, { childList: true, subtree: true })
  }
  signal.addEventListener('abort', () => observer.disconnect())
  return told
}

/** Until `signal` aborts this browser has no way of its own to say something, and live regions do it. */
export function withoutNotify(signal: AbortSignal): void {
  const { ariaNotify } = prototype
  prototype.ariaNotify = undefined
  signal.addEventListener('abort', () =>
    ariaNotify ? (prototype.ariaNotify = ariaNotify) : delete prototype.ariaNotify,
  )
}

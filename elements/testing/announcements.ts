/** What a screen reader was told, in order; what goes first begins with `!`. Listens until `signal` aborts. */
export function announcements(signal: AbortSignal): string[] {
  const told: string[] = []
  const regions = new MutationObserver((records) => {
    for (const { addedNodes, target } of records) {
      const { ariaLive } = target as Element
      // The regions themselves say nothing as they come.
      if (!ariaLive) continue
      const first = ariaLive === 'assertive' ? '!' : ''
      for (const { textContent } of addedNodes) told.push(first + (textContent ?? ''))
    }
  })
  const follow = (place: ParentNode): void => {
    for (const { shadowRoot } of place.querySelectorAll('.att-announcer')) {
      if (shadowRoot) regions.observe(shadowRoot, { childList: true, subtree: true })
    }
  }
  follow(document)
  // A tag that comes, or a dialog that opens, has regions of its own.
  const places = new MutationObserver(() => follow(document))
  places.observe(document.documentElement, { childList: true, subtree: true })
  signal.addEventListener('abort', () => {
    regions.disconnect()
    places.disconnect()
  })
  return told
}

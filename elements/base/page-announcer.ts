/** How long a message stays in a live region, in ms: a person who reads the page by the line must not find old ones. */
const stay = 10_000

export type Urgency = 'polite' | 'assertive'

type Regions = Readonly<Record<Urgency, HTMLElement>>

const key = Symbol.for('att.page-announcer')
const page = globalThis as { [key]?: WeakMap<Element, Regions> | undefined }

/** What is modal makes everything outside of it silent. */
function placeOf(tag: Element): Element {
  for (let node: Element | null = tag; node;) {
    const dialog: Element | null = node.closest('dialog, [aria-modal="true"]')
    if (dialog) return dialog
    const root: Node = node.getRootNode()
    node = root instanceof ShadowRoot ? root.host : null
  }
  return tag.ownerDocument.body
}

function region(document: Document, urgency: Urgency): HTMLElement {
  const element = document.createElement('div')
  element.role = urgency === 'polite' ? 'status' : 'alert'
  // Firefox makes no live region of a role alone whose text changes later. Each message is a node of its own.
  element.ariaLive = urgency
  element.ariaAtomic = 'false'
  element.setAttribute('aria-relevant', 'additions')
  return element
}

function regionsFor(tag: Element): Regions {
  const all = (page[key] ??= new WeakMap())
  const place = placeOf(tag)
  const known = all.get(place)
  if (known?.polite.isConnected) return known
  const document = place.ownerDocument
  const host = document.createElement('div')
  host.className = 'att-announcer'
  // By property: a strict policy forbids the attribute.
  host.style.cssText = 'position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)'
  const regions = { polite: region(document, 'polite'), assertive: region(document, 'assertive') }
  host.attachShadow({ mode: 'open' }).append(regions.polite, regions.assertive)
  place.append(host)
  all.set(place, regions)
  return regions
}

/** Gets ready to speak for `tag`: a live region has to stand in the page before something comes into it. */
export function prepareAnnouncer(tag: Element): void {
  if (tag.isConnected) regionsFor(tag)
}

/**
 * Says a sentence to who listens with a screen reader: once, after what was said before. `polite` waits until the screen
 * reader is silent, `assertive` goes first. By live regions alone: a screen reader that knows nothing of `ariaNotify`
 * leaves out what a browser passes on by it, and no page learns of that.
 */
export function announce(tag: Element, text: string, urgency: Urgency): void {
  const speaker = tag.isConnected ? tag : document.body
  const message = document.createElement('p')
  message.textContent = text
  const lang = speaker.closest('[lang]')?.getAttribute('lang')
  if (lang) message.lang = lang
  regionsFor(speaker)[urgency].append(message)
  setTimeout(() => message.remove(), stay)
}

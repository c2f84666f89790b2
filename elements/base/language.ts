/** What a tag says of its own content, where the texts are not in the language of the page. It asks for nothing. */
const marked = new WeakSet<Element>()

/** Says on `element`, which is part of a tag, in which language and direction it is; `null` leaves it to the page. */
export function markLanguage(element: Element, lang: string | null, dir: string | null): void {
  marked.add(element)
  for (const [name, value] of [
    ['lang', lang],
    ['dir', dir],
  ] as const) {
    if (value === element.getAttribute(name)) continue
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}

/** The nearest value of `lang` or `dir` that the page has written, out through shadow roots; `null` where it has none. */
export function nearest(element: Element, attribute: 'lang' | 'dir'): string | null {
  for (let node: Element | null = element; node;) {
    const holder: Element | null = node.closest(`[${attribute}]`)
    if (holder && !marked.has(holder)) return holder.getAttribute(attribute)
    const from: Element = holder ?? node
    const root: Node = from.getRootNode()
    node = holder?.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  }
  return null
}

type Root = Document | ShadowRoot

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

const watches = new WeakMap<Node, LanguageWatch>()

/** One observer for all tags of a tree. */
class LanguageWatch {
  readonly #listeners = new Set<() => void>()
  readonly #observer = new MutationObserver(() => {
    for (const listener of this.#listeners) listener()
  })

  static of(root: Root): LanguageWatch {
    let watch = watches.get(root)
    if (!watch) watches.set(root, (watch = new LanguageWatch(root)))
    return watch
  }

  private constructor(private readonly root: Root) {}

  add(listener: () => void, signal: AbortSignal): void {
    if (this.#listeners.size === 0) {
      this.#observer.observe(this.root, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] })
    }
    this.#listeners.add(listener)
    const remove = (): void => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#observer.disconnect()
    }
    signal.addEventListener('abort', remove, { once: true })
  }
}

/** Calls `listener` when a `lang` or `dir` changes in a tree that `element` stands in, until `signal` aborts. */
export function onLanguageChange(element: Element, listener: () => void, signal: AbortSignal): void {
  for (let node: Node | null = element; node;) {
    const root: Node = node.getRootNode()
    if (root instanceof Document || root instanceof ShadowRoot) LanguageWatch.of(root).add(listener, signal)
    node = root instanceof ShadowRoot ? root.host : null
  }
}

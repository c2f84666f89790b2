type Root = Document | ShadowRoot

const watches = new WeakMap<Node, TreeWatch>()

/** One observer for all tags of a tree. */
class TreeWatch {
  readonly #listeners = new Set<() => void>()
  readonly #observer = new MutationObserver(() => {
    for (const listener of this.#listeners) listener()
  })

  static of(root: Root): TreeWatch {
    let watch = watches.get(root)
    if (!watch) watches.set(root, (watch = new TreeWatch(root)))
    return watch
  }

  private constructor(private readonly root: Root) {}

  add(listener: () => void, signal: AbortSignal): void {
    if (this.#listeners.size === 0) {
      this.#observer.observe(this.root, {
        subtree: true,
        attributes: true,
        attributeFilter: ['lang', 'dir', 'contenteditable'],
      })
    }
    this.#listeners.add(listener)
    const remove = (): void => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#observer.disconnect()
    }
    signal.addEventListener('abort', remove, { once: true })
  }
}

/**
 * Calls `listener` when a `lang`, `dir` or `contenteditable` changes in a tree that `element` stands in, until `signal`
 * aborts.
 */
export function onTreeChange(element: Element, listener: () => void, signal: AbortSignal): void {
  for (let node: Node | null = element; node;) {
    const root: Node = node.getRootNode()
    if (root instanceof Document || root instanceof ShadowRoot) TreeWatch.of(root).add(listener, signal)
    node = root instanceof ShadowRoot ? root.host : null
  }
}

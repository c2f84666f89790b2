import { attachContextRoot } from '../context/context-root.ts'

/** Tags, and how the module that registers each is loaded. */
export type TagModules = Readonly<Record<string, () => Promise<unknown>>>

const modules = new Map<string, () => Promise<unknown>>()
const loading = new Map<string, Promise<void>>()

/** Says where tags come from. */
export function provideTags(tags: TagModules): void {
  for (const [tag, module] of Object.entries(tags)) modules.set(tag, module)
}

/**
 * Registers a tag of the family, once. Resolves when it is registered, or when its file could not be loaded: the browser
 * has said so then, and the next mention of the tag asks for the file again.
 */
export function loadTag(tag: string): Promise<void> {
  const module = modules.get(tag)
  if (!module || customElements.get(tag)) return Promise.resolve()
  let registered = loading.get(tag)
  if (!registered) {
    registered = (async () => {
      try {
        await module()
      } catch {
        loading.delete(tag)
      }
    })()
    loading.set(tag, registered)
  }
  return registered
}

function loadTagsIn(node: Node): void {
  if (node instanceof Element) void loadTag(node.localName)
  if (!(node instanceof Element || node instanceof DocumentFragment || node instanceof Document)) return
  for (const { localName } of node.querySelectorAll(':not(:defined)')) void loadTag(localName)
}

const watched = new WeakSet<Node>()

/**
 * Registers the tags of the family that a tree holds, and those that come into it later; others are not fetched. Tags in
 * a shadow root are found when that root is given.
 *
 * @param root what to look into; the whole page by default
 * @param options.signal ends it
 */
export function autoload(
  root: Document | ShadowRoot | Element = document,
  { signal }: { readonly signal?: AbortSignal } = {},
): void {
  if (watched.has(root) || signal?.aborted) return
  watched.add(root)
  attachContextRoot()
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(loadTagsIn)
  })
  observer.observe(root, { childList: true, subtree: true })
  signal?.addEventListener(
    'abort',
    () => {
      observer.disconnect()
      watched.delete(root)
    },
    { once: true },
  )
  loadTagsIn(root)
}

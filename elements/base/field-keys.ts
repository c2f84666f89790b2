const typing = 'input:not([type=button], [type=checkbox], [type=radio], [type=submit], [type=reset]), textarea, select'
const editing = new Set([
  'Backspace',
  'Delete',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'Enter',
])
const hosts = new WeakSet<Element>()

/** Whether `target` takes text. */
export function isField(target: EventTarget | undefined): target is HTMLElement {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(typing))
}

/** Whether `target` is part of the tag, rather than something that the page wrote into it. */
function isPartOf(host: Element, target: EventTarget | undefined): boolean {
  if (!(target instanceof Node)) return false
  for (let root = target.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    if (root.host === host) return true
  }
  return false
}

/**
 * Keeps what is typed into a tag from the shortcuts of its page. The page sees the tag as the target of the keys and not
 * the field, so its own check for fields does not hold. Escape, Tab, and keys with Ctrl, Alt or Meta reach the page, and
 * a listener on the tag itself hears all.
 */
export function keepTypingInside(host: HTMLElement): void {
  hosts.add(host)
  const keep = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key.length !== 1 && !editing.has(event.key)) return
    const [target] = event.composedPath()
    if (!isField(target) && !event.defaultPrevented) return
    const root = host.getRootNode()
    // A tag that is part of another one leaves it to that.
    if (!isPartOf(host, target) || (root instanceof ShadowRoot && hosts.has(root.host))) return
    event.stopPropagation()
  }
  for (const name of ['keydown', 'keypress', 'keyup'] as const) host.addEventListener(name, keep)
}

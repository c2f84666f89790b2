/**
 * Whether `element` stands in something that a person edits, an editor of a CMS for example: there it is a picture of
 * itself. An island that is not editable (`contenteditable="false"`) is part of what is edited, too: editors put tags
 * that they do not know into one.
 */
export function isEdited(element: Element): boolean {
  for (let node: Element | null = element; node;) {
    const area: Element | null = node.closest('[contenteditable]:not([contenteditable="false" i])')
    if (area instanceof HTMLElement && area.isContentEditable) return true
    const root: Node = node.getRootNode()
    node = root instanceof ShadowRoot ? root.host : null
  }
  return element.ownerDocument.designMode === 'on'
}

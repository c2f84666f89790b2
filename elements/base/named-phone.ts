import type { Phone } from '../../src/phone/phone.ts'

/** The phone of the provider with that id, in the tree of `element` or in the document; `null` where there is none yet. */
export function namedPhone(element: Element, id: string): Phone | null {
  const root = element.getRootNode() as Document | ShadowRoot
  const provider = root.getElementById(id) ?? document.getElementById(id)
  return provider && 'phone' in provider ? (provider.phone as Phone | null) : null
}

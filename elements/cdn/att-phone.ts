/*
 * What `<script type="module" src="att-phone.js">` loads: every tag, ready to use. The page hears `att-ready` on the
 * document when they are registered; a script that comes later asks `allDefined()`.
 */
import { attachContextRoot } from '../context/context-root.ts'

export * from '../index.ts'

/** Resolves when every tag of this family that the page holds now is registered and has been drawn once. */
export async function allDefined(): Promise<void> {
  const tags = [...document.querySelectorAll<HTMLElement>('*')].filter(({ localName }) => localName.startsWith('att-'))
  await Promise.all(tags.map(({ localName }) => customElements.whenDefined(localName)))
  await Promise.all(tags.map((tag) => 'updateComplete' in tag && tag.updateComplete))
}

attachContextRoot()
document.dispatchEvent(new Event('att-ready'))

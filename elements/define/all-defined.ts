import { loadTag } from './autoload.ts'

/**
 * Resolves when every tag of the family that stands in `root` now is registered and has been drawn once. One that is
 * not registered yet is fetched, where this script knows from where. What cannot come is not waited for: a tag of another
 * name, a file that cannot be loaded.
 *
 * @param root the page by default; a shadow root is looked into when it is given
 */
export async function allDefined(root: ParentNode = document): Promise<void> {
  const tags = [...root.querySelectorAll<HTMLElement>('*')].filter(({ localName }) => localName.startsWith('att-'))
  await Promise.all(tags.map(({ localName }) => loadTag(localName)))
  await Promise.all(tags.map((tag) => 'updateComplete' in tag && tag.updateComplete))
}

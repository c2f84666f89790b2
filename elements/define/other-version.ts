import { version } from '../../src/index.ts'

/** Says so when a tag was registered before by another version: that one stays, for this page. */
export function warnOfOtherVersion(tag: string): void {
  const registered = customElements.get(tag) as { readonly version?: string } | undefined
  if (registered?.version === version) return
  // eslint-disable-next-line no-console -- the author of the page, and nobody else, has to know
  console.warn(
    `<${tag}> is registered already, by att-phone ${registered?.version ?? 'of another kind'}; ${version} is not used.`,
  )
}

import type { Party } from '../../src/phone/snapshot.ts'

/** What a network may send as a name or a number to make a page run something, or to lead the eye astray. */
export const hostileTexts: readonly string[] = [
  '<script>window.attacked = true</script>',
  '<img src=x onerror="window.attacked = true">',
  '<svg/onload=window.attacked=true>',
  '"><iframe srcdoc="<script>parent.attacked=true</script>">',
  "' onmouseover='window.attacked=true",
  'javascript:window.attacked=true',
  '${window.attacked = true}',
  '{{constructor.constructor("window.attacked=true")()}}',
  '</style><script>window.attacked=true</script>',
  '--><script>window.attacked=true</script>',
  '<a href="javascript:window.attacked=true">Bob</a>',
  '&lt;script&gt;window.attacked=true&lt;/script&gt;',
  '\u202Egnp.exe bob',
  'x'.repeat(4000),
]

/** Somebody whose name and address are that text. */
export function hostileParty(text: string): Party {
  return { address: text, uri: `sip:${text}`, displayName: text }
}

/** Elements that nobody but a text that became markup could have made, in a tag and the tags inside it. */
export function foreignElements(root: Element): readonly Element[] {
  const shadow = root.shadowRoot
  if (!shadow) return []
  const foreign = [...shadow.querySelectorAll('script, img, iframe, a[href], [onerror], [onload], [onmouseover]')]
  return [...foreign, ...[...shadow.querySelectorAll('*')].flatMap(foreignElements)]
}

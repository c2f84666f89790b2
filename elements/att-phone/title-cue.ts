/** What calls now, by who asks for it: several phones of a page share its one title. */
const asking = new Map<object, string>()
let own: string | null = null
let shown = ''

function show(): void {
  // Whatever the page wrote over the cue is its title now.
  if (own === null || document.title !== shown) own = document.title
  const [text] = asking.values()
  document.title = shown = text ? [text, own].filter(Boolean).join(' · ') : own
  if (!text) own = null
}

/** Puts `text` before the page's title for as long as `owner` asks for it; `null` gives the title back. */
export function cueTitle(owner: object, text: string | null): void {
  if ((asking.get(owner) ?? null) === text) return
  if (text === null) asking.delete(owner)
  else asking.set(owner, text)
  show()
}

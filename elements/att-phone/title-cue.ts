/** How long the title says one thing, in ms: a page that is not looked at gets no shorter timers. */
const blink = 1000

/** What calls now, by who asks for it: several phones of a page share its one title. */
const asking = new Map<object, string>()
let own: string | null = null
let shown = ''
let blinking: ReturnType<typeof setInterval> | undefined

function write(text: string): void {
  document.title = shown = text
}

/** What the page wrote over the cue is its title now. */
function keepOwn(): string {
  if (own === null || document.title !== shown) own = document.title
  return own
}

function show(): void {
  clearInterval(blinking)
  const title = keepOwn()
  const [text] = asking.values()
  write(text ? [text, title].filter(Boolean).join(' · ') : title)
  if (text) blinking = setInterval(turn, blink, text)
  else own = null
}

/** Who calls, and the title, in turn: a tab among others shows no more than the first words of either. */
function turn(text: string): void {
  const cued = document.title === shown && shown.startsWith(text)
  const title = keepOwn()
  write(cued && title ? title : [text, title].filter(Boolean).join(' · '))
}

/** Puts `text` before the page's title for as long as `owner` asks for it; `null` gives the title back. */
export function cueTitle(owner: object, text: string | null): void {
  if ((asking.get(owner) ?? null) === text) return
  if (text === null) asking.delete(owner)
  else asking.set(owner, text)
  show()
}

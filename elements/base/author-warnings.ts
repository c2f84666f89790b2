import { version } from '../../src/index.ts'
import type { Misuse } from './author-words.ts'

const told = new Set<string>()

/** Tells the author of the page, once for each `subject`, on the console: what is wrong, what to do, and where it is told. */
export function warnAuthor(misuse: Misuse, subject: string): void {
  const id = `${misuse} ${subject}`
  if (told.has(id)) return
  told.add(id)
  void write(misuse, subject)
}

async function write(misuse: Misuse, subject: string): Promise<void> {
  try {
    // Most pages never have one.
    const { authorWords } = await import('./author-words.ts')
    const page = `https://unpkg.com/att-phone@${version}/docs/console.md#${misuse}`
    // eslint-disable-next-line no-console -- the author of the page, and nobody else, has to know
    console.warn(`att-phone: ${authorWords[misuse](subject)} ${page}`)
  } catch {
    // The browser has said which file it could not load.
  }
}

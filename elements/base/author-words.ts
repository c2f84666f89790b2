/** What an author can do wrong in a way that the page itself does not show; each is a heading of docs/console.md. */
export type Misuse = 'unseen-call' | 'other-server' | 'resolve-contact'

/** What is wrong and what to do, by misuse; for the author of a page, on the console, in English. */
export const authorWords: Readonly<Record<Misuse, (subject: string) => string>> = {
  'unseen-call': (name) =>
    `The call with ${name} goes on, but no tag of the page shows it any more; it ends in 10 seconds. ` +
    'Keep an <att-phone> in the page, or call preventDefault() on the att-unseen-call event of the document.',
  'other-server': (servers) =>
    `${servers}. Give the tag and the engine one address: leave the server to the tag, and sign in with signIn().`,
  'resolve-contact': (error) =>
    `resolveContact failed: ${error}. The phone shows what the network says; let it return null for people you do not know.`,
}

/** What an author can do wrong in a way that the page itself does not show; each is a heading of docs/console.md. */
export type Misuse =
  | 'unseen-call'
  | 'other-server'
  | 'resolve-contact'
  | 'server-address'
  | 'no-credentials'
  | 'empty-credentials'
  | 'credentials-failed'
  | 'secret-attribute'
  | 'no-user-id'
  | 'bad-user-id'
  | 'for-nothing'
  | 'attribute-value'
  | 'unknown-tag'
  | 'no-guests'
  | 'missing-texts'

/** What is wrong and what to do, by misuse; for the author of a page, on the console, in English. */
export const authorWords: Readonly<Record<Misuse, (subject: string) => string>> = {
  'unseen-call': (name) =>
    `The call with ${name} goes on, but no tag of the page shows it any more; it ends in 10 seconds. ` +
    'Keep an <att-phone> in the page, or call preventDefault() on the att-unseen-call event of the document.',
  'other-server': (servers) =>
    `${servers}. Give the tag and the engine one address: leave the server to the tag, and sign in with signIn().`,
  'resolve-contact': (error) =>
    `resolveContact failed: ${error}. The phone shows what the network says; let it return null for people you do not know.`,
  'server-address': (tag) =>
    `${tag} names no network. Write the whole address: https://… for a gateway, wss://… for a SIP exchange.`,
  'no-credentials': (tag) =>
    `${tag} has no credentials, so it cannot sign in. Set its credentials to a function that gives { token } or { password }.`,
  'empty-credentials': (what) =>
    `credentials gave ${what}. Return { token: '…' }, or for SIP { password: '…' }, or a promise of one.`,
  'credentials-failed': (error) =>
    `credentials failed: ${error}. Nobody is signed in; let the function wait and try again, or send people to your sign-in.`,
  'secret-attribute': (tag) =>
    `${tag}. Everybody can read it there, and the tag does not. Give secrets by the credentials property alone.`,
  'no-user-id': (tag) => `${tag} has no user-id. A SIP exchange wants one: user-id="1001@example.com".`,
  'bad-user-id': (id) => `${id} is no address. Write a name, a number, or alice@example.com.`,
  'for-nothing': (tag) => `${tag} names no <att-phone> of this page. Give the phone that id, or put the tag into it.`,
  'attribute-value': (value) => `${value}. The tag takes the first of these.`,
  'unknown-tag': (tag) =>
    `${tag} is no tag that this page has loaded. Check its name, and load it: att-phone.js has those of a whole phone, autoloader.js has all.`,
  'missing-texts': (keys) =>
    `registerLocale: texts are missing in ${keys}. People read them in English; add them, or take the locale that comes with the tags.`,
  'no-guests': (what) => `${what}. Start the gateway with GUEST_ALLOW=…, or name an address of your own in guest="…".`,
}

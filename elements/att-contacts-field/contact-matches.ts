/** Somebody to choose from. The page may keep more with each; it is given back as it came. */
export interface Contact {
  readonly name: string
  /** What is dialled: a number, a user id, or `user@domain`. */
  readonly address: string
  /** What tells two addresses of one person apart: `Mobile`. */
  readonly label?: string
}

/** More are found by typing more. */
const mostShown = 50

/** Without case and accents, so that `diaz` finds Díaz. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}

/** Looking through thousands at each key, the accents are taken away once. */
const beginnings = new WeakMap<Contact, readonly string[]>()

function beginningsOf(contact: Contact): readonly string[] {
  let words = beginnings.get(contact)
  if (!words) beginnings.set(contact, (words = plain(`${contact.name} ${contact.address}`).split(/[\s@._-]+/u)))
  return words
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** The contacts whose name has a word that begins with each word typed, or whose number has the digits typed. */
export function contactMatches(contacts: readonly Contact[], typed: string): readonly Contact[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean)
  if (words.length === 0) return contacts.slice(0, mostShown)
  const digits = /^[\d\s().+*#-]+$/.test(typed) ? digitsOf(typed) : ''
  const found = contacts.filter((contact) => {
    if (digits && digitsOf(contact.address).includes(digits)) return true
    return words.every((word) => beginningsOf(contact).some((beginning) => beginning.startsWith(word)))
  })
  return found.slice(0, mostShown)
}

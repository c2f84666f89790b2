import { SnapshotStore } from '../../src/base/snapshot-store.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'

/** What is typed into a phone and what it dialled last: shared by the keypad and the button that dials. */
export interface NumberEntry {
  readonly value: string
  readonly last: string
}

type Entries = WeakMap<Phone, SnapshotStore<NumberEntry>>

const key = Symbol.for('att.number-entries')

/** The entry of this phone, the same for every tag of every bundle on the page. */
export function numberEntryOf(phone: Phone): SnapshotStore<NumberEntry> {
  const page = globalThis as { [key]?: Entries | undefined }
  const entries = (page[key] ??= new WeakMap())
  let entry = entries.get(phone)
  if (!entry) entries.set(phone, (entry = new SnapshotStore<NumberEntry>({ value: '', last: '' })))
  return entry
}

/** A call goes out: the entry is empty for the next one, and remembers whom it called, in the words that were typed. */
export function rememberDialled(phone: Phone, { remote }: CallSnapshot): void {
  const entry = numberEntryOf(phone)
  const { value, last } = entry.snapshot
  const isTyped = value.trim() !== '' && value.trim() === last
  entry.update({ value: '', last: isTyped ? last : remote.address.replace(/@local$/, '') })
}

import { readAddress } from '../../src/phone/numbers/address.ts'
import type { DialPlan } from '../../src/phone/numbers/dial-plan.ts'
import { dialled } from '../base/tel-uri.ts'
import type { Contact } from './contact-matches.ts'

/** What stands in the field: a chosen contact, or what was typed. */
export class FieldEntry {
  constructor(
    /** As it is shown. */
    readonly text = '',
    readonly contact: Contact | null = null,
  ) {}

  static of(contact: Contact): FieldEntry {
    return new FieldEntry(contact.name, contact)
  }

  /** Of what a page, a form or another tag gives: an address or a text. */
  static read(text: string, contacts: readonly Contact[]): FieldEntry {
    const contact = contacts.find(({ address }) => address === text)
    return contact ? FieldEntry.of(contact) : new FieldEntry(text)
  }

  /** What the phone is told to dial, `18005550199`; empty for nothing, `null` for what cannot be called. */
  address(plan: DialPlan): string | null {
    const address = readAddress(dialled(this.contact?.address ?? this.text), undefined, plan)
    if (address.kind === 'missing') return ''
    return 'address' in address ? address.address : null
  }
}

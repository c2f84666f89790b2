import { createContext } from '@lit/context'
import type { Phone } from '../../src/phone/phone.ts'

/** The phone that a provider gives to the tags inside it. The key is shared by every bundle on the page. */
export const phoneContext = createContext<Phone>(Symbol.for('att.phone-context'))

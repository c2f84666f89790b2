import type { Phone } from '../../src/phone/phone.ts'
import type { MediaType } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'

/** Where letter keys work: in the phone while it has the focus, with Alt and Shift on the whole page, or nowhere. */
export type Shortcuts = 'phone' | 'page' | 'off'

/** What of its tag the page side needs. */
export interface PagePhone extends HTMLElement {
  readonly captureTel: boolean
  readonly shortcuts: Shortcuts
  readonly notifications: boolean
  readonly mediaType: MediaType
}

/** One thing a phone does to the page around it, loaded when the page wants it. */
export interface PageBehaviour {
  readonly host: PagePhone
  readonly phone: Phone
  /** Those of now. */
  readonly messages: () => Messages
  /** Whether something stands open beside the call: the keypad, a transfer. */
  readonly isOpen: () => boolean
  /** Aborts when it is no longer wanted. */
  readonly signal: AbortSignal
}

/** What a key does. */
export interface Shortcut {
  readonly letter: string
  readonly label: (messages: Messages) => string
  /** What cannot be taken back wants Alt and Shift, which nobody presses by mistake. */
  readonly chordOnly?: true
  /** Does it, and says whether there was anything to do. */
  readonly run: (host: PagePhone, phone: Phone) => boolean
}

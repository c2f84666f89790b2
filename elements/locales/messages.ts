import type { en } from './en.ts'
import type { furtherEnglish } from './further-english.ts'

/** All texts of the tags; the English ones are the template of every locale. */
export type Messages = typeof en & typeof furtherEnglish

/** A locale as a page adds it: what it leaves out is in English. */
export type Translation = Partial<Messages>

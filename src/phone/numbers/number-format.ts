import type { DialPlan } from './dial-plan.ts'

/** Numbers of every country, by the metadata of libphonenumber: a chunk that is loaded when it is first needed. */
export interface NumberFormat {
  /** The text as it looks while it is typed: `1 (800) 225`. What is no number stays as it is. */
  asYouType(text: string, plan?: DialPlan): string
  /** ISO 3166 code of the country of a whole number, `US`; `null` where it cannot be told. */
  country(text: string, plan?: DialPlan): string | null
  /** As `formatNumber`. */
  format(text: string): string | false
  /** As `cleanPhoneNumber`. */
  clean(text: string): string | false
  /** A number as it is dialled within a country, the same from + on, and as it is written; `null` where it is none. */
  national(number: string, country: string): { readonly number: string; readonly text: string } | null
  /** A number from + on without separators, cleaned and formatted; `null` where its country has no such number. */
  international(number: string): { readonly number: string; readonly text: string } | null
}

/** Gives the metadata if it is there. */
export type LibraryIfLoaded = () => NumberFormat | null

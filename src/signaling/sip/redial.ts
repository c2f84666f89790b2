/** What is another way when a call is made again. */
export interface Redial {
  /** Where to, best first. */
  readonly to?: readonly string[]
  /** Session interval, in s. */
  readonly expires?: number
}

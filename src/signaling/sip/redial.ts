/** What is another way when a call is made again. */
export interface Redial {
  readonly to?: string
  /** Session interval, in s. */
  readonly expires?: number
}

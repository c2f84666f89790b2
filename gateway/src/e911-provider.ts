/** A civic address, in the words of the original's sample server. */
export interface E911Address {
  readonly first_name?: string
  readonly last_name?: string
  readonly house_number?: string
  readonly street?: string
  readonly unit?: string
  readonly city?: string
  /** Two letters. */
  readonly state?: string
  /** Five digits, or nine with a hyphen. */
  readonly zip?: string
}

/** An address was registered under `id`; or refused: it is no address, or nobody confirmed that it is right. */
export type E911Registration =
  { readonly id: string } | { readonly refused: 'not-valid' | 'not-confirmed'; readonly why: string }

/** Keeps the addresses that emergency services are sent to. A rejection means that it failed. */
export interface E911Provider {
  /** Registers an address. `confirmed`: its user says that it is right, no matter what the provider knows of it. */
  register(address: E911Address, confirmed: boolean): Promise<E911Registration>
  /** Whether `id` names an address. */
  has(id: string): Promise<boolean>
}

/**
 * How what is typed becomes what is dialled.
 *
 * `north-american`: the habits of the original. Ten digits get a 1 before them, letters are keys. `exchange`: what is
 * typed is dialled, without blanks, brackets and dashes; the plan is the exchange's. `{ country }` (ISO 3166, `DE`): as
 * `exchange`, but a whole number of that country goes out with + and its code (RFC 3966, 5.1.4); extensions and codes
 * stay. A function gets what `exchange` would dial, and gives what is dialled. Call history and redial give it again
 * what it made before: it leaves that as it is.
 */
export type DialPlan = 'north-american' | 'exchange' | { readonly country: string } | ((typed: string) => string)

/** The country of a plan that has one. */
export function countryOf(plan: DialPlan): string | null {
  return typeof plan === 'object' ? plan.country : null
}

/** @throws {TypeError} when it is no plan. */
export function requireDialPlan(plan: unknown): void {
  if (plan === null || plan === undefined || typeof plan === 'function') return
  if (plan === 'north-american' || plan === 'exchange') return
  const country = typeof plan === 'object' ? (plan as { country?: unknown }).country : undefined
  if (typeof country === 'string' && /^[A-Z]{2}$/.test(country)) return
  throw new TypeError(
    "Not a dial plan: give { country: 'DE' } with an ISO 3166 code in capitals, a function, 'exchange' or 'north-american'",
  )
}

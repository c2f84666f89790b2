/** Emergency and other short numbers of public networks, also behind the digit for an outside line. */
const short = /^\+?[09]?(?:[019]\d\d|1[578]|116\d{3}|118\d{2,3})$/

/** Numbers that are dialled as in their own country, and cost the caller: 0900, 09, 089, 0137, 1-900, 976. */
const national = [
  /^1?900\d{7}$/,
  /^1?\d{3}976\d{4}$/,
  /^0?(?:9\d\d|8[1-9]\d|70\d|60\d|13[78]|18\d|19\d|12\d|178|199|300|400)\d{3,}$/,
]

/** The same after the code of a country: `+49 900`, `+44 9`, `+1 900`; and codes that are no country (+979, +88x). */
const international = [
  /^1(?:900|\d{3}976)/,
  /^(?:979|87[08]|88[1238])/,
  /^44(?:9|8[47]|70|118)/,
  /^49(?:900|13[78]|18[0-9]|19\d|118|12)/,
  /^33(?:8[129])/,
  /^39(?:89|199|178|144|166)/,
  /^34(?:80[367]|90[57]|118)/,
  /^(?:31|32|41|43|45|46|47|64)(?:9\d|8[1-9])/,
  /^(?:61|972)1?9/,
  /^81990/,
  /^48(?:70|30|40)/,
  /^351(?:6\d\d|76)/,
  /^358(?:600|700)/,
]

/**
 * Whether a user part is an emergency number, a premium one, or a code that sets up the exchange (`*21*…#`): what
 * nobody else may make this account call. It errs on the side of asking: what is asked about needlessly costs a click.
 */
export function isSpecialNumber(user: string): boolean {
  const [number = ''] = user.normalize('NFKC').split(';')
  if (/[*#]/.test(number)) return true
  const digits = number.replace(/[\s().\-/]/g, '')
  if (!/^\+?\d+$/.test(digits)) return false
  if (short.test(digits)) return true
  const [, abroad] = /^(?:\+|00|011)([1-9]\d{6,})$/.exec(digits) ?? []
  if (abroad && international.some((pattern) => pattern.test(abroad))) return true
  // What begins with + is never as in its own country; 011 may be.
  return !digits.startsWith('+') && national.some((pattern) => pattern.test(digits))
}

/** Numbers the original kept as they were typed. The engine knows more: any service code, and 112 and 988. */
export const specialNumbers: Readonly<Record<string, true>> = Object.freeze({
  '911': true,
  '411': true,
  '611': true,
  '*69': true,
  '#89': true,
})

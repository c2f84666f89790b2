import type { Att } from './att.ts'

/* The type of what the script att.js defines, for pages written in TypeScript. */
declare global {
  var ATT: Att
}

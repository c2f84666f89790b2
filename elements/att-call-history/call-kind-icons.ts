import { line } from '../icons/icons.ts'

/** Which way a call went; a missed one bounced off. */
export const callKindIcons = {
  outgoing: line('M7 17 17 7M9 7h8v8'),
  incoming: line('M17 7 7 17M15 17H7V9'),
  missed: line('M5 7l7 7 7-7M5 12V7h5'),
} as const

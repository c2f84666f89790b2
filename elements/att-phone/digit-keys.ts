import type { AttDialpad } from '../att-dialpad/att-dialpad.ts'

/** Digits typed anywhere on the phone go into its keypad, where that is shown. */
export function pressDigit(dialpad: AttDialpad | null, event: KeyboardEvent): void {
  const path = event.composedPath()
  if (!dialpad?.checkVisibility() || path.includes(dialpad) || path[0] instanceof HTMLInputElement) return
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^[\d*#+]$/.test(event.key)) return
  event.preventDefault()
  dialpad.press(event.key)
}

import { nothing } from 'lit'
import type { PhoneError } from '../../src/phone/phone-error.ts'

/** Chromium's own button for the microphone, which asks again where access was denied (W3C media capture elements). */
interface UserMediaElement extends HTMLElement {
  readonly stream: MediaStream | null
  setConstraints(constraints: MediaStreamConstraints): void
}

/** The button of each error: it is the same through every drawing, or a press would be lost. */
const buttons = new WeakMap<PhoneError, HTMLElement>()

/** The browser's button that asks again for what was denied, where it has one. `granted` is called when it is. */
export function askAgain(error: PhoneError, granted: () => void): HTMLElement | typeof nothing {
  if (!('HTMLUserMediaElement' in globalThis) || !/^002[01]$/.test(error.ErrorCode)) return nothing
  const known = buttons.get(error)
  if (known) return known
  const button = document.createElement('usermedia') as UserMediaElement
  button.setConstraints({ audio: {} })
  button.addEventListener('stream', () => {
    // The next call opens the devices by itself, in the way they were chosen.
    for (const track of button.stream?.getTracks() ?? []) track.stop()
    granted()
  })
  buttons.set(error, button)
  return button
}

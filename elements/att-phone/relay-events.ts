import type { Phone } from '../../src/phone/phone.ts'
import { phoneEventNames, type PhoneEvents } from '../../src/phone/phone-events.ts'
import { PhoneDomEvent } from '../events/phone-dom-event.ts'

function relay(name: keyof PhoneEvents, phone: Phone, target: EventTarget, signal: AbortSignal): void {
  phone.on(name, (payload) => target.dispatchEvent(new PhoneDomEvent(name, payload)), { signal })
}

/** Dispatches each event of the engine on the tag, too, until `signal` aborts. */
export function relayEvents(phone: Phone, target: EventTarget, signal: AbortSignal): void {
  for (const name of phoneEventNames) relay(name, phone, target, signal)
}

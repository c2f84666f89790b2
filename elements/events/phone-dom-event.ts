import type { RequestEventMap } from './request-event.ts'
import type { PhoneEvents } from '../../src/phone/phone-events.ts'

type Dashed<Name extends string> = Name extends `${infer Family}:${infer Rest}` ? `${Family}-${Rest}` : Name

/** DOM name of an engine event: `call:connected` is `att-call-connected`. */
export type DomName<Name extends keyof PhoneEvents> = `att-${Dashed<Name>}`

export function domName<Name extends keyof PhoneEvents>(name: Name): DomName<Name> {
  return `att-${name.replace(':', '-')}` as DomName<Name>
}

/** An event of the engine as `<att-phone>` shows it to the page: a fact, so not cancelable. */
export class PhoneDomEvent<Name extends keyof PhoneEvents> extends CustomEvent<PhoneEvents[Name]> {
  constructor(name: Name, detail: PhoneEvents[Name]) {
    super(domName(name), { detail, bubbles: true, composed: true })
  }
}

/** The number in the keypad's field changed, by typing, key or paste. */
export class NumberChangeEvent extends CustomEvent<{ readonly value: string }> {
  constructor(value: string) {
    super('att-number-change', { detail: { value }, bubbles: true, composed: true })
  }
}

type PhoneDomEventMap = { [Name in keyof PhoneEvents as DomName<Name>]: PhoneDomEvent<Name> }

declare global {
  interface GlobalEventHandlersEventMap extends PhoneDomEventMap, RequestEventMap {
    'att-number-change': NumberChangeEvent
  }
}

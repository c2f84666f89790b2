import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { recordOf, type CallRecord } from './call-record.ts'

/** When a call was first seen, and the name its record gets: the same for every tag that lists the calls of a phone. */
interface Beginning {
  readonly id: string
  readonly at: number
}

const beginnings = new WeakMap<Phone, Map<number, Beginning>>()

function beginningOf(phone: Phone, index: number): Beginning {
  let ofPhone = beginnings.get(phone)
  if (!ofPhone) beginnings.set(phone, (ofPhone = new Map<number, Beginning>()))
  let beginning = ofPhone.get(index)
  if (!beginning) ofPhone.set(index, (beginning = { id: randomId(), at: Date.now() }))
  return beginning
}

function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('')
}

/** Gives `record` each call of `phone` when it is over, until `signal` aborts. */
export function recordCalls(phone: Phone, record: (record: CallRecord) => void, signal: AbortSignal): void {
  const begin = ({ calls }: PhoneSnapshot): void => calls.forEach(({ index }) => beginningOf(phone, index))
  begin(phone.snapshot)
  const changed = (now: PhoneSnapshot, before: PhoneSnapshot): void => {
    begin(now)
    const { lastCall } = now
    if (!lastCall || lastCall === before.lastCall) return
    // A call may have begun and ended between two looks.
    const { id, at } = beginningOf(phone, lastCall.index)
    const made = recordOf(lastCall, id, at)
    if (made) record(made)
  }
  phone.subscribe(changed, { signal })
}

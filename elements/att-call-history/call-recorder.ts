import { PastCalls, type PastCall } from '../base/past-calls.ts'
import type { Phone } from '../../src/phone/phone.ts'
import { recordOf, type CallRecord } from './call-record.ts'

/** The name of each record: the same for every tag that lists the calls of a phone. */
const ids = new WeakMap<PastCall, string>()

function idOf(past: PastCall): string {
  let id = ids.get(past)
  if (!id) ids.set(past, (id = randomId()))
  return id
}

function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('')
}

/**
 * Gives `record` each call of `phone` when it is over, until `signal` aborts; first those of who is signed in that were
 * over before.
 */
export function recordCalls(phone: Phone, record: (record: CallRecord) => void, signal: AbortSignal): void {
  const calls = PastCalls.of(phone)
  const told = new WeakSet<PastCall>()
  const tell = (past: PastCall): void => {
    if (told.has(past)) return
    told.add(past)
    const made = recordOf(past, idOf(past))
    if (made) record(made)
  }
  const { userId } = phone.snapshot.session
  for (const past of calls.ended) {
    if (past.userId === userId) tell(past)
    else told.add(past)
  }
  phone.subscribe(() => calls.ended.forEach(tell), { signal })
}

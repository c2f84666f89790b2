import type { Call } from './call.ts'
import { isOpen } from './call-conditions.ts'
import { transfer as transferCall } from './call-features.ts'
import { callEvent } from './call-payload.ts'
import type { CallingContext } from './calling.ts'
import type { SwitchedCall } from './phone-events.ts'
import { refuse, requireAddress } from './refuse.ts'

/* What is done with a second call beside the first. Loaded when it is first asked for: most calls are alone. */

/** How a call is transferred. */
export interface TransferOptions {
  /** Address to send the other party to, without asking there first. Absent: to the other party of the second call. */
  readonly destination?: string
}

/** Brings the call in the background to the front. */
export async function switchCall(context: CallingContext): Promise<void> {
  const { calls } = context
  if (!context.ready()) refuse('4201')
  const from = calls.foreground
  if (!from) return refuse('4202')
  const to = calls.background
  if (!to) return refuse('4203')
  await (await from.changes()).hold.hold(false)
  calls.foreground = to
  await (await to.changes()).hold.giveBack()
  context.publish('session:call-switched', {
    from: switched(from),
    to: switched(to),
    timestamp: new Date(),
  })
}

/**
 * Joins the other parties of both calls and leaves; or sends the other party of the one call to an address. When it
 * fails both calls are as before.
 */
export async function transfer(context: CallingContext, { destination }: TransferOptions = {}): Promise<void> {
  const { calls } = context
  if (!context.ready()) refuse('4101')
  const call = calls.foreground
  if (!call || call.ended) return refuse('4102')
  if (!isOpen(call)) refuse('4103')
  const held = calls.background
  if (destination === undefined && !held) refuse('4105')
  if (destination === undefined && held && !isOpen(held)) refuse('4103')
  const leaving = destination === undefined && held ? [held, call] : [call]
  const to = destination === undefined ? call : requireAddress(destination, '22')
  const [first = call] = leaving
  let told = false
  const transferred = () => {
    if (!told) first.publish('call:transferred')
    told = true
  }
  for (const each of leaving) each.transferred = transferred
  try {
    await transferCall(first, to)
  } catch (error) {
    for (const each of leaving) each.transferred = null
    throw error
  }
}

/** The seed gives the peer's address, the original the whole call: this is both. */
function switched(call: Call): SwitchedCall {
  const { snapshot } = call
  const event = callEvent(snapshot)
  return { ...event, toString: () => snapshot.remote.address }
}

import type { Call } from './call.ts'
import { isOpen } from './call-conditions.ts'
import { refuseConference } from './call-operations.ts'
import type { Line } from './line.ts'
import { transferCall } from './call-features.ts'
import { callEvent } from './call-payload.ts'
import type { DialOptions } from './calling.ts'
import type { SwitchedCall } from './phone-events.ts'
import { refuse, requireAddress } from './refuse.ts'

/* What is done with a second call beside the first. */

/** How a call is transferred. */
export interface TransferOptions {
  /** Address to send the other party to, without asking there first. Absent: to the other party of the second call. */
  readonly destination?: string
}

/** Holds the call one is in and dials a second one; when that ends, the first comes back. */
export async function addCall(line: Line, options: DialOptions): Promise<void> {
  const { calling, calls, session } = line
  const request = await line.readNumber(() => calling.readDial(options, '39'))
  if (!session.ready) refuse('3941')
  if (calling.connecting) refuse('3951')
  if (calls.all.length > 1) refuse('3961')
  // Without a call to hold it is the first one that is dialled.
  await calling.makeRoom('hold')
  if (!session.ready) refuse('3941')
  await calling.place('addCall', request)
}

/** Brings the call in the background to the front. */
export async function switchCall(line: Line): Promise<void> {
  const { calls } = line
  if (!line.session.ready) refuse('4201')
  const from = calls.foreground
  if (!from) return refuse('4202')
  const to = calls.background
  if (!to) return refuse('4203')
  await from.changes.hold.hold(false)
  calls.foreground = to
  await to.changes.hold.giveBack()
  line.publish('session:call-switched', {
    from: switched(from),
    to: switched(to),
    timestamp: new Date(),
  })
}

/**
 * Joins the other parties of both calls and leaves; or sends the other party of the one call to an address. When it
 * fails both calls are as before.
 */
export async function transfer(line: Line, { destination }: TransferOptions = {}): Promise<void> {
  const { calls } = line
  if (!line.session.ready) refuse('4101')
  const call = calls.foreground
  if (!call || call.ended) return refuse('4102')
  const held = calls.background
  for (const each of destination === undefined && held ? [call, held] : [call]) refuseConference(each, '4104')
  if (!isOpen(call)) refuse('4103')
  if (destination === undefined && !held) refuse('4105')
  if (destination === undefined && held && !isOpen(held)) refuse('4103')
  const leaving = destination === undefined && held ? [held, call] : [call]
  const to =
    destination === undefined ? call : await line.readNumber(() => requireAddress(destination, '22', line.dialPlan))
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

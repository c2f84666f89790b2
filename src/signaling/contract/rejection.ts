import { SignalingError } from '../signaling.ts'
import { inTime } from '../../media/testing/eventually.ts'
import type { Line } from './line.ts'

/** What `promise` rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = promise.then(
    (value) => Promise.reject(new Error(`It resolved: ${JSON.stringify(value)}`)),
    (error: unknown) => error,
  )
  return inTime('a rejection', outcome, () => 'neither resolved nor rejected')
}

/** The `SignalingError` that `promise` rejects with. */
export async function signalingRejection(promise: Promise<unknown>): Promise<SignalingError> {
  const error = await rejection(promise)
  if (error instanceof SignalingError) return error
  throw new Error(`Rejected, but not with a SignalingError: ${String(error)}`, { cause: error })
}

/** How the network says that `to` cannot be reached: it refuses the call, or it ends the leg. */
export async function unreachable(from: Line, to: string): Promise<SignalingError | undefined> {
  try {
    const { error } = await (await from.dial(to)).ended()
    return error
  } catch (error) {
    if (error instanceof SignalingError) return error
    throw error
  }
}

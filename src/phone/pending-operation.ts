import { takenBack, type Call } from './call.ts'
import type { PendingOperation } from './snapshot.ts'

/** The call shows `pending` while the network works on it: nothing else begins meanwhile. */
export async function whilePending(
  call: Call,
  pending: PendingOperation,
  task: () => Promise<unknown> | undefined,
): Promise<void> {
  call.set({ pending })
  try {
    await task()
  } catch (error) {
    // What came to nothing because the call is over is no failure of its own.
    throw call.ended || call.snapshot.progress === 'ending' ? takenBack : error
  } finally {
    call.set({ pending: null })
  }
  if (call.ended) throw takenBack
}

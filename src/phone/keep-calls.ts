import { logger } from '../base/log.ts'
import type { Identity } from '../signaling/signaling.ts'
import type { KeptCalls } from './kept-calls.ts'
import type { Line } from './line.ts'

const log = logger('phone')

const keepers = new WeakMap<Line, KeptCalls>()

/** Before sign-in: who signs in, with what the page before left of their calls, where the page wants them to go on. */
export async function keepCalls(line: Line, identity: Identity): Promise<Identity> {
  if (line.options.resumeCalls === false) return identity
  const kept = await import('./kept-calls.ts').catch((error: unknown) =>
    log.warn('calls will end with their page', error),
  )
  if (!kept) return identity
  const { KeptCalls } = kept
  const keeper = keepers.get(line) ?? new KeptCalls(line)
  keepers.set(line, keeper)
  return keeper.claim(identity)
}

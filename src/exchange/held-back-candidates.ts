import { tooMany } from './refusals.ts'

/** Fragments that may wait for the other side of a call. */
const limit = 64

/**
 * Keeps a fragment of candidates until there is somebody to tell.
 *
 * @throws ExchangeError SVC0020 when too many wait.
 */
export function holdBack(waiting: string[], sdpfrag: string): void {
  if (waiting.length >= limit) throw tooMany('Too many candidates came before the other side could take them')
  waiting.push(sdpfrag)
}

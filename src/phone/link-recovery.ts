import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import type { Leg } from '../signaling/signaling.ts'
import type { CallSnapshot } from './snapshot.ts'

const log = logger('call')

/** How long an interrupted path may come back by itself before a new one is looked for, in ms. */
const grace = 2500

/** Pauses between attempts at a new path, in ms. After the last the link counts as lost until the network changes. */
const pauses = [0, 2000, 4000, 8000, 15_000] as const

/**
 * Looks for a new media path when the one of a call is interrupted (RFC 8445, 2.4). Both sides notice; whichever asks
 * first restarts it for both.
 */
export class LinkRecovery {
  readonly #leg: Leg
  readonly #changed: (link: CallSnapshot['link']) => void
  readonly #gone: AbortSignal
  #link: CallSnapshot['link'] = 'ok'
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(leg: Leg, changed: (link: CallSnapshot['link']) => void, gone: AbortSignal) {
    this.#leg = leg
    this.#changed = changed
    this.#gone = gone
    leg.on('link', (link) => this.#linked(link), { signal: gone })
    gone.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
  }

  /** The network changed: try now, no matter what pause there is. */
  retry(): void {
    if (this.#link === 'ok') return
    this.#attempt = 0
    this.#schedule(0)
  }

  #linked(link: 'ok' | 'recovering' | 'lost'): void {
    clearTimeout(this.#timer)
    if (link === 'ok') {
      this.#attempt = 0
      return this.#set('ok')
    }
    this.#set('recovering')
    this.#schedule(link === 'recovering' ? grace : 0)
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer)
    const pause = pauses[this.#attempt]
    if (pause === undefined) return this.#set('lost')
    this.#timer = setTimeout(() => void this.#try(), Math.max(wait, pause))
  }

  async #try(): Promise<void> {
    this.#attempt++
    this.#set('recovering')
    // The other side may be restarting it already, or the network be away: the next pause covers both.
    await ignore(log, this.#leg.restartMedia(), 'no new path yet')
    if (!this.#gone.aborted && this.#link !== 'ok') this.#schedule(0)
  }

  #set(link: CallSnapshot['link']): void {
    if (this.#link === link) return
    this.#link = link
    this.#changed(link)
  }
}

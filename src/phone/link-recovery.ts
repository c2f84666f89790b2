import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import { pause } from '../base/pause.ts'
import type { Leg } from '../signaling/signaling.ts'
import type { CallSnapshot } from './snapshot.ts'

const log = logger('call')

/** How long an interrupted path may come back by itself before a new one is looked for, in ms. */
const grace = 2500

/** How long it is listened whether anything arrives by a path, in ms: sound comes 50 times a second. */
const listening = 500

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
  #listening = false

  constructor(leg: Leg, changed: (link: CallSnapshot['link']) => void, gone: AbortSignal) {
    this.#leg = leg
    this.#changed = changed
    this.#gone = gone
    leg.on('link', (link) => this.#linked(link), { signal: gone })
    gone.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
  }

  /** The network changed: try now, no matter what pause there is. */
  retry(): void {
    if (this.#link === 'ok') return void this.#listen()
    this.#attempt = 0
    this.#schedule(0)
  }

  /**
   * A browser takes 5 s and more to notice that its address is another one. A path by which nothing arrives any more is
   * built anew at once: that does no harm to one that works.
   */
  async #listen(): Promise<void> {
    const { connection } = this.#leg
    if (this.#listening || !connection || !receives(connection)) return
    this.#listening = true
    try {
      const before = await arrivedBy(connection)
      await pause(listening, this.#gone)
      if (this.#link !== 'ok' || (await arrivedBy(connection)) > before) return
      log.info('nothing arrives by the media path: it is built anew')
      await this.#leg.restartMedia()
    } catch (error) {
      if (!this.#gone.aborted) log.debug('no new path yet', error)
    } finally {
      this.#listening = false
    }
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

/** Whether sound or a picture is to come by a connection: from a far side that holds there is none. */
function receives(connection: RTCPeerConnection): boolean {
  return connection.getTransceivers().some(({ currentDirection }) => currentDirection === 'sendrecv')
}

/** Packets that have arrived so far. */
async function arrivedBy(connection: RTCPeerConnection): Promise<number> {
  let count = 0
  const report = await connection.getStats()
  report.forEach((entry: { readonly type: string; readonly packetsReceived?: number }) => {
    if (entry.type === 'inbound-rtp') count += entry.packetsReceived ?? 0
  })
  return count
}

import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import { pause } from '../base/pause.ts'
import { SignalingError, type Leg } from '../signaling/signaling.ts'
import type { CallSnapshot } from './snapshot.ts'

const log = logger('call')

/** How long an interrupted path may come back by itself before a new one is looked for, in ms. */
const grace = 2500

/** How long it is listened whether anything arrives by a path, in ms: sound comes 50 times a second. */
const listening = 500

/** Pauses between attempts at a new path, in ms. After the last the link counts as lost until the network changes. */
const pauses = [0, 2000, 4000, 8000, 15_000] as const

/** How long a far side whose device is gone may take to come back, in ms: a page that is loaded anew comes back. */
const goneLimit = 6000

/** How long a far side that does not answer may be away, in ms: its device may sleep. */
const silentLimit = 300_000

/** What becomes of a call whose media path is interrupted. */
export interface LinkWatch {
  readonly changed: (link: CallSnapshot['link']) => void
  /** Whether either side holds the call: then nothing needs to arrive. */
  readonly held: () => boolean
  /** The far side is gone, and did not come back. */
  readonly abandoned: () => void
}

/**
 * Looks for a new media path when the one of a call is interrupted (RFC 8445, 2.4). Both sides notice; whichever asks
 * first restarts it for both. Where nothing arrives and nobody is there to answer, the call is given up.
 */
export class LinkRecovery {
  readonly #leg: Leg
  readonly #watch: LinkWatch
  readonly #gone: AbortSignal
  #link: CallSnapshot['link'] = 'ok'
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Runs from the first word that the far side's device is gone. */
  #goneTimer: ReturnType<typeof setTimeout> | undefined
  /** Runs as long as the path is interrupted. */
  #silentTimer: ReturnType<typeof setTimeout> | undefined
  #listening = false

  constructor(leg: Leg, watch: LinkWatch, gone: AbortSignal) {
    this.#leg = leg
    this.#watch = watch
    this.#gone = gone
    leg.on('link', (link) => this.#linked(link), { signal: gone })
    gone.addEventListener('abort', () => this.#rest(), { once: true })
  }

  /** The network changed: try now, no matter what pause there is. */
  retry(): void {
    if (this.#link === 'ok') return void this.#listen()
    this.#attempt = 0
    this.#expectAnswer()
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
      this.#rest()
      this.#attempt = 0
      return this.#set('ok')
    }
    this.#set('recovering')
    this.#expectAnswer()
    this.#schedule(link === 'recovering' ? grace : 0)
  }

  #rest(): void {
    for (const timer of [this.#timer, this.#goneTimer, this.#silentTimer]) clearTimeout(timer)
    this.#goneTimer = this.#silentTimer = undefined
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
    await this.#restart()
    if (!this.#gone.aborted && this.#link !== 'ok') this.#schedule(0)
  }

  /** Asks for a new path, and gives what came of it where that was a failure. */
  async #restart(): Promise<unknown> {
    try {
      await this.#leg.restartMedia()
      this.#isThere()
      return null
    } catch (error) {
      if (this.#gone.aborted || this.#link === 'ok') return null
      // The other side may be restarting it already, or the network be away: the next pause covers both.
      log.debug('no new path yet', error)
      if (isGone(error)) this.#expectBack()
      else if (!isUnheard(error)) this.#isThere()
      return error
    }
  }

  /** The far side's device has answered. */
  #isThere(): void {
    clearTimeout(this.#goneTimer)
    this.#goneTimer = undefined
  }

  /** Its device is gone: there is some time for it to come back. */
  #expectBack(): void {
    this.#goneTimer ??= setTimeout(() => this.#decideBy(isGone), goneLimit)
  }

  #expectAnswer(): void {
    this.#silentTimer ??= setTimeout(() => this.#decideBy(isSilent), silentLimit)
  }

  #decideBy(isAway: (error: unknown) => boolean): void {
    void ignore(log, this.#decide(isAway), 'it is not known whether the far side is gone')
  }

  /** Time is over: gives the call up where the far side is still away by `isAway`, and nothing arrives. */
  async #decide(isAway: (error: unknown) => boolean): Promise<void> {
    if (isAway === isGone) this.#goneTimer = undefined
    else this.#silentTimer = undefined
    const { connection: before } = this.#leg
    const count = before && (await arrivedBy(before))
    const error = await this.#restart()
    if (this.#gone.aborted || this.#link === 'ok') return
    const { connection } = this.#leg
    const isAnother = connection !== before
    const arrives = connection && !isAnother && count !== null && (await arrivedBy(connection)) > count
    if (isAnother || arrives || !isAway(error) || this.#watch.held()) return
    log.info('the far side is gone: the call is given up', error)
    this.#watch.abandoned()
  }

  #set(link: CallSnapshot['link']): void {
    if (this.#link === link) return
    this.#link = link
    this.#watch.changed(link)
  }
}

/** Whether the network says that the far side's device is not there. */
function isGone(error: unknown): boolean {
  return error instanceof SignalingError && error.details.absent === true
}

/** Whether the far side has said nothing, and the network nothing of it. */
function isUnheard(error: unknown): boolean {
  return error instanceof SignalingError && (error.kind === 'timeout' || error.kind === 'unreachable')
}

/** Whether the far side says nothing, though the network can be reached. */
function isSilent(error: unknown): boolean {
  return isGone(error) || (error instanceof SignalingError && error.kind === 'timeout')
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

import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { timeLimit } from '../../base/time-limit.ts'
import { LocalMedia } from '../../media/local-media.ts'
import { SignalingError, type Leg, type LegMedia, type Signaling } from '../../signaling/signaling.ts'
import { isRefusal, Refusal } from '../refuse.ts'
import { declined } from './cannot.ts'
import type { LegParticipant } from './leg-participant.ts'

const log = logger('conference')

/** How long the successor's phone may take to accept, or to ring while its user is asked, in ms. */
const acceptTimeout = 10_000

/** How long that user may take, in ms: they have 30 s to answer. */
const askTimeout = 35_000

/** How long one participant may take to get there, in ms: they may be asked, and have 30 s to answer. */
const transferTimeout = 35_000

/** How long a participant on the way may need when the successor has gone, in ms. */
const straggling = 1000

/** How long the successor may take until they let this page go, in ms. */
const releaseTimeout = 5000

/** How often a participant is transferred whose call is just being changed, and the pause before each time, in ms. */
const attempts = 5
const pause = 200

export interface HandOverOptions {
  readonly signaling: Pick<Signaling, 'place'>
  readonly media: Omit<LegMedia, 'local'>
  readonly successor: LegParticipant
  /** Those who have joined by now, but for the successor. */
  readonly others: () => readonly LegParticipant[]
}

/** A participant, and the leg to the successor that will be theirs. */
type Passage = readonly [participant: LegParticipant, carrier: Leg]

/**
 * Gives a conference that this page mixes to one of its participants. For each of the others the successor gets a leg;
 * once they have accepted them all, which their user is asked about, each is given to its participant by transfer (RFC 5589, 7). The successor stays
 * connected to this page meanwhile, and mixes it with those who are with them: everybody goes on hearing everybody. When
 * the successor has what was promised, they end the call to this page.
 */
export class HandOver {
  readonly #options: HandOverOptions
  /** Aborts when the successor is gone. */
  readonly #gone = new AbortController()
  /** Aborts when nothing can come of it any more, and at the end: a leg that was given to nobody ends. */
  readonly #over = new AbortController()
  readonly #arrived = new Set<LegParticipant>()
  /** Somebody could not get there because the successor had gone. */
  #stranded = false

  constructor(options: HandOverOptions) {
    this.#options = options
    options.successor.events.on('ended', () => this.#successorGone(), { signal: this.#over.signal })
  }

  /**
   * Resolves with those who could not follow.
   *
   * @throws {Refusal} 5241 where the successor's user declines, 3100 where their phone does not take it, they have left, or
   *   nobody could follow
   */
  async run(): Promise<readonly LegParticipant[]> {
    const { others, successor } = this.#options
    const { address } = successor.snapshot
    try {
      const passages = await this.#offerAll().catch((cause: unknown) => {
        if (isRefusal(cause)) throw cause
        throw refusal(`The phone of ${address} does not take it, or has no room for them all`, cause)
      })
      await Promise.all(passages.map((passage) => this.#bring(passage)))
      if (this.#stranded) throw refusal(`${address} has left, and so have those who were with them already`)
      if (this.#arrived.size === 0) throw refusal('Nobody could be brought to the new host')
      await aborted(this.#gone.signal, releaseTimeout)
      return others().filter((each) => !this.#arrived.has(each))
    } finally {
      this.#over.abort()
    }
  }

  /** That the successor has all, and lets this page go, may be heard of before how they got there. */
  #successorGone(): void {
    const { signal } = this.#over
    const timer = setTimeout(() => this.#over.abort(new SignalingError('refused', 'They have left')), straggling)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    this.#gone.abort()
  }

  /**
   * Resolves when the successor has accepted a leg for each, also for those who joined while they were asked. The first
   * leg is the question: the others follow when their user has agreed, so that none comes after a no.
   */
  async #offerAll(): Promise<readonly Passage[]> {
    const passages: Passage[] = []
    for (;;) {
      const further = this.#options.others().filter((each) => !passages.some(([participant]) => participant === each))
      if (further.length === 0) return passages
      passages.push(...(await this.#offer(passages.length > 0 ? further : further.slice(0, 1))))
    }
  }

  /** Resolves when the successor has accepted a leg for each; one that they refuse ends all. */
  async #offer(participants: readonly LegParticipant[]): Promise<readonly Passage[]> {
    const failed = new AbortController()
    const late = new SignalingError('timeout', 'No answer in time')
    let timer = setTimeout(() => failed.abort(late), acceptTimeout)
    const asking = once(() => {
      clearTimeout(timer)
      timer = setTimeout(() => failed.abort(this.#declined(late)), askTimeout)
    })
    const over = AbortSignal.any([this.#over.signal, failed.signal])
    try {
      return await Promise.all(participants.map((each) => this.#carrierFor(each, over, asking)))
    } catch (error) {
      failed.abort(error)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  async #carrierFor(participant: LegParticipant, over: AbortSignal, asking: () => void): Promise<Passage> {
    const { signaling, media, successor } = this.#options
    const focus = participant.snapshot.silenced ? 'hand-over-silenced' : 'hand-over'
    const local = new LocalMedia()
    const { address } = successor.leg?.remote ?? successor.snapshot
    const within = successor.leg
    const carrier = await signaling.place(address, { ...media, local }, over, { focus, ...(within && { within }) })
    carrier.on('ended', () => local.close())
    carrier.on('progress', asking)
    await established(carrier, over, () => this.#declined())
    return [participant, carrier]
  }

  #declined(cause?: unknown): Refusal {
    return declined(this.#options.successor.snapshot.address, cause)
  }

  async #bring([participant, carrier]: Passage): Promise<void> {
    try {
      await this.#transfer(participant, carrier)
      this.#arrived.add(participant)
    } catch {
      this.#stranded ||= this.#gone.signal.aborted
      void ignore(log, carrier.cancel('canceled'), 'a carrier was not taken back')
    }
  }

  /** A call that is just being changed is transferred when that is done. */
  async #transfer({ leg }: LegParticipant, carrier: Leg): Promise<void> {
    if (!leg?.transfer) throw new SignalingError('refused', 'Their call cannot be transferred')
    const signal = timeLimit(transferTimeout, this.#over.signal)
    for (let attempt = 1; ; attempt++) {
      try {
        await leg.transfer(carrier, signal)
        return
      } catch (error) {
        const changing = error instanceof SignalingError && error.details.status === 409
        if (!changing || attempt === attempts || signal.aborted) throw error
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
}

/** Does it the first time alone. */
function once(task: () => void): () => void {
  let done = false
  return () => {
    if (!done) task()
    done = true
  }
}

/** Resolves when a leg is up, rejects when it ends before, with `refused` where a person did; ends it when `over` aborts. */
function established(leg: Leg, over: AbortSignal, refused: () => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(over.reason as Error)
      void ignore(log, leg.cancel('canceled'), 'a carrier was not taken back')
    }
    over.addEventListener('abort', end, { once: true })
    leg.on('established', () => resolve())
    leg.on('ended', ({ message, reason }) => {
      over.removeEventListener('abort', end)
      reject(reason === 'rejected' ? refused() : new SignalingError('refused', message ?? reason))
    })
    if (over.aborted) end()
  })
}

/** Resolves when `signal` aborts, in `limit` ms at the latest. */
function aborted(signal: AbortSignal, limit: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, limit)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })
}

function refusal(additionalInformation: string, cause?: unknown): Refusal {
  return new Refusal('3100', { additionalInformation }, cause)
}

import { meanOpinionScore, ratingFactor } from './e-model.ts'
import type { SoundSample } from './sound-sample.ts'

/** Why nothing is heard in one direction. */
export type Silence =
  /** This side holds the call. */
  | 'held'
  /** The other side holds the call. */
  | 'held-by-remote'
  /** Sent: the call is muted. */
  | 'muted'
  /** Sent: there is no microphone, or it has gone. */
  | 'no-microphone'
  /** Sent: the microphone gives nothing but silence; it may have a switch of its own. */
  | 'microphone-silent'
  /** Sent: nothing leaves. */
  | 'nothing-sent'
  /** Received: the browser keeps the page from sounding until the person touches it. */
  | 'output-blocked'
  /** Received: nothing comes. */
  | 'nothing-received'
  /** Received: what comes is silence; the other side is muted, or its microphone gives nothing. */
  | 'received-silence'

/** How well the sound of one direction comes over. */
export interface DirectionQuality {
  /** Share of the past seconds' packets that were lost, or came too late to be heard, 0 to 1; `null` before it is known. */
  readonly loss: number | null
  /** How unevenly packets come, in ms (RFC 3550, 6.4.1); `null` before it is known. */
  readonly jitter: number | null
  /** Mean opinion score by the E-model, 1 (bad) to 4.5 (excellent); `null` before it is known, and while silent. */
  readonly mos: number | null
  /** `opus`, `PCMU`…; `null` before it is known. */
  readonly codec: string | null
  /** Why nothing is heard; `null` where something is, or nobody said anything yet. */
  readonly silence: Silence | null
}

export interface SoundQuality {
  /** What the other side hears of this one, as far as it reports. */
  readonly sent: DirectionQuality
  /** What is heard here. */
  readonly received: DirectionQuality
  /** ms; `null` before it was measured. */
  readonly roundTrip: number | null
}

/** What statistics do not know of a call. */
export interface SoundConditions {
  readonly hold: { readonly local: boolean; readonly remote: boolean }
  readonly muted: boolean
  /** The microphone of the call. */
  readonly microphone: { readonly readyState: MediaStreamTrackState; readonly muted: boolean } | null
  readonly outputBlocked: boolean
}

/** How far back loss and silence are looked at, in ms: one lost packet of fifty is chance, and people breathe. */
const past = 6000

/** How long nothing may come before it is said, in ms. */
const patience = 4000

/**
 * Less energy than this a second is silence: -90 dB of full scale, below the rustle of any microphone; a muted one gives
 * zeros, and what a codec makes of them is hardly more.
 */
const silentPower = 1e-9

/** Reckons, from readings a second apart, how well a call is heard. */
export class SoundHistory {
  #samples: SoundSample[] = []

  add(sample: SoundSample): void {
    this.#samples = [...this.#samples.filter(({ at }) => sample.at - at <= past), sample]
  }

  /** What is known now. The longer it is watched, up to six seconds, the surer it is. */
  quality(conditions: SoundConditions): SoundQuality {
    const last = this.#samples.at(-1)
    const first = this.#samples[0]
    if (!last || !first) return { sent: unknown(null, null), received: unknown(null, null), roundTrip: null }
    const { roundTrip } = last
    const sentSilence = this.#heldBy(conditions) ?? this.#sentSilence(conditions)
    const receivedSilence = this.#heldBy(conditions) ?? this.#receivedSilence(conditions)
    const sent = {
      ...unknown(last.sent.codec, sentSilence),
      jitter: last.sent.jitter,
      loss: sentLoss(first, last),
    }
    const received = {
      ...unknown(last.received.codec, receivedSilence),
      jitter: last.received.packets > 0 ? last.received.jitter : null,
      loss: receivedLoss(first, last),
    }
    // The far side's buffer is not known; twice its jitter is what one needs to play evenly.
    const sentWait = (last.sent.jitter ?? 0) * 2
    return {
      sent: { ...sent, mos: score(sent, roundTrip, sentWait) },
      received: { ...received, mos: score(received, roundTrip, buffering(first, last)) },
      roundTrip,
    }
  }

  #heldBy({ hold }: SoundConditions): Silence | null {
    if (hold.local) return 'held'
    return hold.remote ? 'held-by-remote' : null
  }

  #sentSilence({ muted, microphone }: SoundConditions): Silence | null {
    if (muted) return 'muted'
    if (microphone?.readyState !== 'live') return 'no-microphone'
    if (this.#still(({ sent }) => sent.packets)) return 'nothing-sent'
    return microphone.muted || this.#quiet(({ sent }) => sent.energy) ? 'microphone-silent' : null
  }

  #receivedSilence({ outputBlocked }: SoundConditions): Silence | null {
    if (outputBlocked) return 'output-blocked'
    if (this.#still(({ received }) => received.packets)) return 'nothing-received'
    return this.#quiet(({ received }) => received.energy) ? 'received-silence' : null
  }

  /** The readings of the time that has to be waited for, the oldest of them first; none before it has passed. */
  #latest(): readonly SoundSample[] {
    const last = this.#samples.at(-1)
    const from = this.#samples.findLastIndex(({ at }) => last !== undefined && last.at - at >= patience)
    return from < 0 ? [] : this.#samples.slice(from)
  }

  #still(count: (sample: SoundSample) => number): boolean {
    const [first, ...others] = this.#latest()
    return first !== undefined && others.every((sample) => count(sample) === count(first))
  }

  #quiet(energy: (sample: SoundSample) => number | null): boolean {
    const latest = this.#latest()
    const [first, last] = [latest[0], latest.at(-1)]
    if (!first || !last) return false
    const [before, after] = [energy(first), energy(last)]
    return before !== null && after !== null && (after - before) / ((last.at - first.at) / 1000) < silentPower
  }
}

function unknown(codec: string | null, silence: Silence | null): DirectionQuality {
  return { loss: null, jitter: null, mos: null, codec, silence }
}

function share(lost: number, packets: number): number | null {
  return lost + packets > 0 ? Math.min(1, Math.max(0, lost / (lost + packets))) : null
}

function sentLoss({ sent: before }: SoundSample, { sent: now }: SoundSample): number | null {
  if (now.lost === null) return null
  const packets = now.packets - before.packets
  // What is reported as lost was sent before: it is a share of all that was sent.
  return packets > 0 ? Math.min(1, Math.max(0, (now.lost - (before.lost ?? 0)) / packets)) : null
}

function receivedLoss({ received: before }: SoundSample, { received: now }: SoundSample): number | null {
  const discarded = now.discarded - before.discarded
  return share(now.lost - before.lost + discarded, now.packets - before.packets - discarded)
}

/** How long what was heard in the meantime had waited, in ms. */
function buffering({ received: before }: SoundSample, { received: now }: SoundSample): number {
  const emitted = now.emitted - before.emitted
  return emitted > 0 ? ((now.buffered - before.buffered) / emitted) * 1000 : 0
}

function score({ loss, codec, silence }: DirectionQuality, roundTrip: number | null, wait: number): number | null {
  if (loss === null || codec === null || silence !== null) return null
  return meanOpinionScore(ratingFactor({ codec, loss, delay: (roundTrip ?? 0) / 2 + wait }))
}

import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { Lazy } from '../../base/lazy.ts'
import { LocalMedia } from '../../media/local-media.ts'
import { kindsOf, type MediaType } from '../../media/media-type.ts'
import { conferenceLimit } from '../../media/mixing/conference-limit.ts'
import type { Leg } from '../../signaling/signaling.ts'
import type { Call } from '../call.ts'
import { isSettled } from '../call-conditions.ts'
import type { Line } from '../line.ts'
import { keepScreen } from '../screen-sharing.ts'
import type { Conference } from './conference.ts'
import type { Conferences } from './conferences.ts'
import type { AdoptedCall, Participant } from './focus.ts'
import { loadBrowserFocus } from './open-focus.ts'

const log = logger('conference')

/** How long those may still come who were on their way when the former host left, in ms. */
const grace = 5000

/** A leg that was accepted for somebody. */
interface Passage extends AdoptedCall {
  readonly ended: boolean
}

/** What the user says when they are asked; `withdraw` takes the question back. */
interface Consent {
  readonly given: Promise<boolean>
  readonly withdraw: () => void
}

/**
 * A conference that its host gives to this user, who is in it. Every leg that is taken comes from the party they are in
 * a call with, and only once they have agreed. With the first participant who comes they host a conference of their own;
 * the former host is one of those in it until they leave.
 */
export class TakeOver {
  readonly #line: Line
  readonly #conferences: Conferences
  /** The call with the former host. */
  readonly #former: Call
  /** Aborts when nobody may come any more. */
  readonly #over = new AbortController()
  readonly #conference = new Lazy(() => this.#begin())
  #begun: Conference | null = null
  /** The former host, once they are in the own conference. */
  #host: Participant | null = null
  #hostGone = false
  /** What was handed over: this user may take part in it with sound alone. */
  #mediaType: MediaType = 'audio'
  /** How many are on their way, or are being taken in. */
  #expected = 0
  /** What the user says to it, asked once for all who come; `null` while nobody is on their way. */
  #consent: Consent | null = null
  #hasAgreed = false
  #hasRefused = false
  /** Legs that are being accepted, or refused. */
  readonly #taking = new Set<Promise<void>>()

  /** `null` where this user is in no call with the host who hands over, or cannot host. */
  static begin(line: Line, conferences: Conferences, leg: Leg): TakeOver | null {
    const { capabilities } = line.session.snapshot
    const former = line.calls.all.find((call) => isSettled(call) && !isOwn(call) && isWith(call, leg))
    return former && capabilities.conference ? new TakeOver(line, conferences, former) : null
  }

  private constructor(line: Line, conferences: Conferences, former: Call) {
    this.#line = line
    this.#conferences = conferences
    this.#former = former
    former.gone.addEventListener('abort', () => this.#formerGone(), { once: true })
  }

  /** Whether a leg is a part of it. */
  isOf(leg: Leg): boolean {
    return !this.#hasRefused && !this.#hostGone && !this.#over.signal.aborted && isWith(this.#former, leg)
  }

  /** Accepts the leg that somebody will come by, or refuses it where there is no room for them or the user does not agree. */
  take(leg: Leg): Promise<void> {
    const taking = this.#take(leg).finally(() => this.#taking.delete(taking))
    this.#taking.add(taking)
    return taking
  }

  async #take(leg: Leg): Promise<void> {
    const { ice, options } = this.#line
    const { mediaType } = leg
    if (this.#expected + this.#present >= conferenceLimit()[mediaType]) {
      void ignore(log, leg.reject('busy'), 'a carrier was not refused')
      return
    }
    this.#expected++
    this.#mediaType = mediaType
    const passage = { leg, local: new LocalMedia(), held: false, ended: false }
    const waiting = new AbortController()
    const { signal } = waiting
    leg.on('held', () => (passage.held = true))
    leg.on('resumed', () => (passage.held = false))
    leg.on('replaced', () => void this.#arrived(passage), { signal })
    leg.on('replaced', () => waiting.abort(), { signal })
    leg.on('ended', () => {
      passage.ended = true
      passage.local.close()
      if (!signal.aborted) this.#settled()
      waiting.abort()
    })
    leg.on('transfer-requested', () => void ignore(log, leg.answerTransfer?.(false), 'a transfer was not refused'), {
      signal,
    })
    const end = () => void ignore(log, leg.end(), 'a carrier was not ended')
    this.#over.signal.addEventListener('abort', end, { once: true, signal })
    const agreed = await this.#agreed(leg)
    if (passage.ended) return
    if (!agreed) {
      this.#hasRefused = true
      waiting.abort()
      void ignore(log, leg.reject('rejected'), 'a carrier was not refused')
      return
    }
    const settings = { ...ice.settings, codecs: options.codecs }
    await leg.accept({ mediaType, local: passage.local, settings }, this.#over.signal).catch(() => {
      // It ended meanwhile, or cannot be taken here: that is no word of the user.
      void ignore(log, leg.reject('busy'), 'a carrier was not ended')
    })
  }

  /** Whether the user, who is asked with the first leg, agrees. */
  #agreed(leg: Leg): Promise<boolean> {
    this.#consent ??= this.#ask(leg)
    return this.#consent.given
  }

  #ask(leg: Leg): Consent {
    const request = this.#former.changes.handOverRequest
    let settle: (accept: boolean) => void = () => {}
    const given = new Promise<boolean>((resolve) => (settle = resolve))
    this.#over.signal.addEventListener('abort', () => settle(false), { once: true })
    const isAsked = request.asked(async (accept) => {
      this.#hasAgreed = accept
      settle(accept)
      // What they asked for is done once all are taken.
      await Promise.all(this.#taking)
    }, loadBrowserFocus)
    if (isAsked) void ignore(log, leg.ring(), 'the host was not told that the user is asked')
    const withdraw = () => {
      request.withdrawn()
      settle(false)
    }
    return { given, withdraw }
  }

  /** Somebody has come by their leg, who may be gone again before there is a conference. */
  async #arrived(passage: Passage): Promise<void> {
    const { leg } = passage
    try {
      const conference = await this.#conference.get()
      this.#over.signal.throwIfAborted()
      if (!passage.ended) conference.take(passage, leg.conference === 'hand-over-silenced')
    } catch {
      void ignore(log, leg.end(), 'a carrier was not ended')
    }
    this.#settled()
  }

  /** How many are there, the former host not counted. */
  get #present(): number {
    const { participants = [] } = this.#begun?.snapshot ?? {}
    return participants.filter(({ address }) => !isSame(address, this.#former.snapshot.remote.address)).length
  }

  /** The conference that this user hosts from now on, with the former host in it. */
  async #begin(): Promise<Conference> {
    const { foreground } = this.#line.calls
    const former = this.#former
    const { camera, screen, hold, connectedAt } = former.snapshot
    const behind = foreground !== null && foreground !== former
    const local = former.ended ? await this.#openAgain() : copyOf(former.local)
    const options = { mediaType: this.#mediaType, local, behind, method: 'merge' } as const
    const conference = await this.#conferences.start(former.elements, options)
    this.#begun = conference
    const { call } = conference
    call.gone.addEventListener('abort', () => this.#over.abort(), { once: true })
    call.set({ camera, screen, connectedAt })
    keepScreen(this.#line, former, call)
    this.#host = await conference.adopt(former)
    if (this.#host) this.#host.events.on('ended', () => this.#hostLeft())
    else this.#hostLeft()
    // Nobody waits for it: who cannot be told hears silence all the same.
    if (hold.local) void ignore(log, call.changes.hold.hold(hold.explicit), 'the conference is not held')
    return conference
  }

  /** The call ended before the first participant was there, and its devices with it. */
  async #openAgain(): Promise<LocalMedia> {
    const local = new LocalMedia()
    const { camera } = this.#former.snapshot
    await this.#line.devices.open(local, camera ? 'video' : 'audio', this.#over.signal)
    return local
  }

  #formerGone(): void {
    // As a part of the own conference it goes on.
    if (this.#begun && !this.#begun.call.ended) return
    // A user who hangs up, or has not agreed yet, takes nothing over.
    if (!this.#hasAgreed || this.#former.snapshot.progress === 'ending') this.#over.abort()
    this.#hostLeft()
  }

  #hostLeft(): void {
    if (this.#hostGone) return
    this.#hostGone = true
    this.#look()
    const { signal } = this.#over
    if (signal.aborted) return
    const timer = setTimeout(() => this.#over.abort(), grace)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  /** One has come, or will not. */
  #settled(): void {
    this.#expected--
    this.#look()
  }

  /** When all are there the former host may go. Who hosts nobody then hosts nothing. */
  #look(): void {
    if (this.#expected > 0) return
    // The host took it back, or it came to nothing: another try is another question.
    if (!this.#begun && !this.#hostGone) {
      this.#consent?.withdraw()
      this.#consent = null
      this.#hasAgreed = false
    }
    const own = this.#begun?.call
    // Who came last joins in the same turn: they are told of first.
    if (!this.#hostGone) queueMicrotask(() => void ignore(log, this.#host?.remove(), 'the former host was not let go'))
    else {
      this.#over.abort()
      if (own && !own.ended && this.#present === 0) void ignore(log, own.hangup(), 'an empty conference was not ended')
    }
  }
}

/** What a call sends, once more: the tracks of the call stop with it. */
function copyOf(local: LocalMedia): LocalMedia {
  const copy = new LocalMedia()
  copy.setMuted(local.muted)
  for (const kind of kindsOf('video')) {
    const track = local.track(kind)
    if (track) void copy.set(track.clone())
  }
  return copy
}

/** A conference that this user hosts already. */
function isOwn({ snapshot: { callType, direction } }: Call): boolean {
  return callType === 'conference' && direction === 'outgoing'
}

function isWith({ snapshot }: Call, { remote }: Leg): boolean {
  return isSame(snapshot.remote.address, remote.address)
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

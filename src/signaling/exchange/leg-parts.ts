import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import type { ExchangeEvent } from '../../exchange/protocol.ts'
import type { PeerSession } from '../../media/peer-session.ts'
import { Handover } from './handover.ts'
import type { LegCore } from './leg-core.ts'
import { LegModifications } from './leg-modifications.ts'
import { partyOf } from './party.ts'
import { Succession } from './succession.ts'

const log = logger('call')

/** What a leg needs once it is up: how it changes, is given away, and gets another far side. */
export class LegParts {
  readonly modifications: LegModifications
  readonly handover: Handover
  readonly succession: Succession
  readonly #leg: LegCore

  /** `candidate` sends one of a new connection; `succeeded` takes that when it is agreed on. */
  constructor(
    leg: LegCore,
    candidate: (candidate: RTCIceCandidate) => void,
    succeeded: (peer: PeerSession, uri: string, name?: string) => void,
  ) {
    this.#leg = leg
    this.modifications = new LegModifications(leg)
    this.handover = new Handover(leg)
    this.succession = new Succession(leg, candidate, (peer, uri, name) => {
      const stays = uri === '' || uri === leg.remote.uri
      succeeded(peer, uri, name)
      this.modifications.beginWith(peer, stays)
    })
  }

  /** Takes what the exchange says of a change. */
  take(event: ExchangeEvent): void {
    switch (event.state) {
      case 'mod-received':
        return this.modifications.received(event)
      case 'mod-terminated':
        return this.modifications.terminated(event)
      case 'session-modified':
        return this.#leg.own(this.#leg.queue.run(() => this.succession.take(event)))
      case 'transfer-terminated':
      case 'move-terminated':
        return this.handover.settle(event.reason)
      case 'mixed':
        return this.#mixed()
      case 'hand-over-requested':
        return this.#leg.emit('hand-over-requested', undefined)
      case 'hand-over-terminated':
        // With an id it is for the host who asked.
        return event.modId ? undefined : this.#leg.emit('hand-over-withdrawn', undefined)
      case 'hosting':
      case 'host-changed':
        return this.#hostChanged(event)
      default:
        return undefined
    }
  }

  /** Somebody else hosts the conference, or this side does; sound and path stay. */
  #hostChanged({ state, from = '' }: ExchangeEvent): void {
    const leg = this.#leg
    leg.remote = partyOf(from)
    leg.emit('replaced', leg.remote)
    if (state === 'hosting') leg.emit('hosting', undefined)
  }

  /** The far side is a server, which cannot tell silence from somebody who is muted. */
  #mixed(): void {
    const leg = this.#leg
    leg.tellMute = async (muted) => {
      await leg.port.request({ op: muted ? 'mute' : 'unmute', call: leg.id })
    }
    if (leg.media?.local.muted) void ignore(log, leg.tellMute(true), 'the mixer was not told of the mute')
  }

  /** The exchange that knew what was pending is gone. */
  interrupt(): void {
    this.modifications.interrupt()
    this.succession.close()
    this.handover.end()
  }

  /** The leg ended. */
  end(): void {
    this.modifications.end()
    this.succession.close()
    this.handover.end()
  }
}

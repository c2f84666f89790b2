import { Emitter } from '../../../base/emitter.ts'
import { ExchangeLeg } from '../../../signaling/exchange/exchange-leg.ts'
import { LocalSignaling } from '../../../signaling/local/local-signaling.ts'
import type {
  Capabilities,
  HostedConference,
  HostedParticipant,
  HostedParticipantEvents,
  Leg,
  Party,
} from '../../../signaling/signaling.ts'
import { FocusLeg } from '../focus-leg.ts'

/** Somebody of whom the server says one thing, as soon as anybody listens. */
class MixedParticipant implements HostedParticipant {
  readonly #events = new Emitter<HostedParticipantEvents>()
  readonly #told: () => void

  constructor(
    readonly remote: Party,
    tell: (events: Emitter<HostedParticipantEvents>) => void,
  ) {
    this.#told = () => tell(this.#events)
  }

  on<Name extends keyof HostedParticipantEvents>(
    name: Name,
    listener: (payload: HostedParticipantEvents[Name]) => void,
  ): void {
    this.#events.on(name, listener)
    if (name === 'changed') queueMicrotask(this.#told)
  }

  async remove(): Promise<void> {
    this.#events.emit('ended', { reason: 'hangup' })
  }

  silence(): Promise<void> {
    return Promise.resolve()
  }

  handOver(): Promise<boolean> {
    return Promise.resolve(true)
  }
}

/** The local network as one with a server that mixes: it takes calls in unless their far side is to stay away. */
export class MixingSignaling extends LocalSignaling {
  override readonly capabilities: Capabilities = {
    video: true,
    transfer: true,
    blindTransfer: false,
    move: true,
    conference: true,
    mix: 'server',
    trickle: true,
  }
  /** Addresses of those who do not come. */
  readonly away = new Set<string>()

  async startConference(): Promise<HostedConference> {
    const nothing = () => Promise.resolve()
    const leg = new FocusLeg({
      remote: { address: 'host', uri: 'host' },
      mediaType: 'audio',
      remoteStream: new MediaStream(),
      farSides: { setHeld: nothing, sendDigits: nothing, end: nothing },
    })
    return {
      leg,
      limit: 50,
      participants: [],
      invite: () => Promise.reject(new Error('Nobody can be invited')),
      adopt: (call) => Promise.resolve(this.#adopt(call)),
    }
  }

  #adopt(leg: Leg): HostedParticipant {
    return new MixedParticipant(leg.remote, (events) => {
      if (this.away.has(leg.remote.address)) {
        events.emit('ended', { reason: 'remote-hangup', message: 'The client took no new connection in time' })
        return
      }
      if (leg instanceof ExchangeLeg) leg.finish({ reason: 'merged' })
      events.emit('changed', { state: 'joined', speaking: false, muted: false, silenced: false })
    })
  }
}

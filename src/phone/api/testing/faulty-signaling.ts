import { Emitter, type ListenOptions } from '../../../base/emitter.ts'
import type {
  Capabilities,
  Identity,
  Leg,
  LegEvents,
  LegMedia,
  PlaceOptions,
  SessionInfo,
  Signaling,
  SignalingEvents,
} from '../../../signaling/signaling.ts'

/** What can be made to fail: an operation of the network, or of its legs. */
export type Operation = Exclude<keyof Signaling, 'kind' | 'capabilities' | 'on'> | `leg.${keyof Leg}`

/** A leg of a real network that a test can make say more than it would. */
export interface FaultyLeg extends Leg {
  tell<Name extends keyof LegEvents>(name: Name, payload: LegEvents[Name]): void
}

/** A real network that fails where a test asks it to, and says what a test makes it say. */
export class FaultySignaling implements Signaling {
  readonly kind: string
  readonly legs: FaultyLeg[] = []
  readonly #real: Signaling
  readonly #faults = new Map<Operation, Error>()
  readonly #told = new Emitter<SignalingEvents>()

  constructor(real: Signaling) {
    this.#real = real
    this.kind = real.kind
    real.on('incoming', (leg) => this.#told.emit('incoming', this.#wrap(leg)))
  }

  get capabilities(): Capabilities {
    return this.#real.capabilities
  }

  /** Lets `operation` reject with `error` until `mend`. */
  break(operation: Operation, error = new Error('It broke')): void {
    this.#faults.set(operation, error)
  }

  mend(operation: Operation): void {
    this.#faults.delete(operation)
  }

  /** Says something in the network's name. */
  tell<Name extends keyof SignalingEvents>(name: Name, payload: SignalingEvents[Name]): void {
    this.#told.emit(name, payload)
  }

  on<Name extends keyof SignalingEvents>(
    name: Name,
    listener: (payload: SignalingEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#told.on(name, listener, options)
    if (name !== 'incoming') this.#real.on(name, listener, options)
  }

  async connect(identity: Identity, signal: AbortSignal): Promise<SessionInfo> {
    this.#fail('connect')
    return this.#real.connect(identity, signal)
  }

  async resume(signal: AbortSignal): Promise<SessionInfo> {
    this.#fail('resume')
    return this.#real.resume(signal)
  }

  async refresh(signal: AbortSignal): Promise<SessionInfo> {
    this.#fail('refresh')
    return this.#real.refresh(signal)
  }

  async disconnect(): Promise<void> {
    await this.#real.disconnect()
    this.#fail('disconnect')
  }

  async place(to: string, media: LegMedia, signal: AbortSignal, options?: PlaceOptions): Promise<Leg> {
    this.#fail('place')
    return this.#wrap(await this.#real.place(to, media, signal, options))
  }

  async associateAccessToken(identity: Identity, signal: AbortSignal): Promise<void> {
    this.#fail('associateAccessToken')
    await this.#real.associateAccessToken?.(identity, signal)
  }

  async associateE911Id(e911Id: string, signal: AbortSignal): Promise<void> {
    this.#fail('associateE911Id')
    await this.#real.associateE911Id?.(e911Id, signal)
  }

  #fail(operation: Operation): void {
    const fault = this.#faults.get(operation)
    if (fault) throw fault
  }

  #wrap(leg: Leg): Leg {
    const told = new Emitter<LegEvents>()
    const own = {
      on: <Name extends keyof LegEvents>(...listening: Parameters<typeof told.on<Name>>) => {
        told.on(...listening)
        leg.on(...listening)
      },
      tell: told.emit.bind(told),
    }
    const faults = this.#faults
    const wrapped = new Proxy(leg, {
      get(target, name) {
        const fault = faults.get(`leg.${String(name)}` as Operation)
        if (fault) return () => Promise.reject(fault)
        if (Object.hasOwn(own, name)) return own[name as keyof typeof own]
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    }) as FaultyLeg
    this.legs.push(wrapped)
    return wrapped
  }
}

import { Exchange } from '../exchange.ts'
import type { ExchangeLimits } from '../exchange-environment.ts'
import {
  ExchangeError,
  type ExchangeCommand,
  type ExchangeEvent,
  type ExchangeReply,
  type PictureCommand,
} from '../protocol.ts'

/** Deliveries are microtasks that were queued before this one. */
export const settled = (): Promise<void> => Promise.resolve()

/** Whether an error is the `ExchangeError` a test expects. */
export const refusal =
  (status: number, messageId: string) =>
  (error: unknown): boolean =>
    error instanceof ExchangeError && error.status === status && error.messageId === messageId

export const wrongState = refusal(400, 'SVC0003')

type CallCommand = Exclude<ExchangeCommand, { op: 'dial' }> | PictureCommand
/** A command without the call, which a test of one call need not name. */
export type BareCommand = CallCommand extends infer Command
  ? Command extends unknown
    ? Omit<Command, 'call'>
    : never
  : never

/** Everything about a device that a test leaves open. */
export interface DeviceOptions {
  readonly extensions?: boolean
  readonly fixedFarSide?: boolean
  readonly guest?: boolean
  readonly isAway?: () => boolean
  readonly displayName?: string
}

/** A registered device that writes down what it hears. */
export class Device {
  readonly heard: ExchangeEvent[] = []
  readonly session: string

  constructor(
    readonly exchange: Exchange,
    readonly user: string,
    { extensions = true, fixedFarSide = false, guest = false, isAway = () => false, displayName }: DeviceOptions = {},
  ) {
    const deliver = (event: ExchangeEvent): number => this.heard.push(event)
    this.session = exchange.register({ user, extensions, fixedFarSide, guest, isAway, displayName, deliver })
  }

  dial(to: string): string {
    return this.exchange.request(this.session, { op: 'dial', to, sdp: 'offer' }).call ?? ''
  }

  do(call: string, command: BareCommand): ExchangeReply {
    return this.exchange.request(this.session, { ...command, call })
  }

  /** Everything heard since it was last asked: `state reason detail`. */
  async news(): Promise<readonly string[]> {
    await settled()
    return this.heard
      .splice(0)
      .map(({ state, reason, detail }) => [state, reason, detail].filter((word) => word !== undefined).join(' | '))
  }
}

interface Timer {
  readonly at: number
  readonly fn: () => void
}

/** A call from `caller` to `callee` that is up; what both heard of it is read. */
export async function connect(caller: Device, callee: Device): Promise<string> {
  const call = caller.dial(callee.user)
  callee.do(call, { op: 'answer', sdp: 'answer' })
  await caller.news()
  await callee.news()
  return call
}

/** An exchange with a clock that a test turns. */
export class Switchboard {
  readonly exchange: Exchange
  #now = 0
  #ids = 0
  readonly #timers = new Set<Timer>()

  constructor(limits: Partial<ExchangeLimits> = {}) {
    this.exchange = new Exchange(
      {
        newId: () => `id${String((this.#ids += 1))}`,
        schedule: (ms, fn) => {
          const timer = { at: this.#now + ms, fn }
          this.#timers.add(timer)
          return () => this.#timers.delete(timer)
        },
      },
      limits,
    )
  }

  /** Timers that still wait. */
  get timers(): number {
    return this.#timers.size
  }

  device(user: string, options?: DeviceOptions): Device {
    return new Device(this.exchange, `sip:${user}@example.com`, options)
  }

  pass(ms: number): void {
    this.#now += ms
    for (const timer of [...this.#timers]) {
      if (timer.at <= this.#now && this.#timers.delete(timer)) timer.fn()
    }
  }
}

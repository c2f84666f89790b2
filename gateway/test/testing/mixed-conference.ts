import { setImmediate as turn } from 'node:timers/promises'
import { connect, Switchboard, type Device, type DeviceOptions } from '../../../src/exchange/testing/switchboard.ts'
import type { ExchangeEvent } from '../../../src/exchange/protocol.ts'
import type { Conference } from '../../src/conferences/conference.ts'
import { Conferences } from '../../src/conferences/conferences.ts'
import { JanusDouble } from './janus-double.ts'

const description = (direction: string): string =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', `a=${direction}`, 'a=mid:0', ''].join('\r\n')

export const sendrecv = description('sendrecv')
export const inactive = description('inactive')

/** A conference that a Janus mixes which agrees to everything, and its host: what is said, without any media. */
export class MixedConference {
  readonly board = new Switchboard()
  readonly janus: JanusDouble
  readonly conferences: Conferences
  readonly host: Device
  /** Id of the host's leg. */
  id = ''

  private constructor(janus: JanusDouble) {
    this.janus = janus
    this.conferences = new Conferences(this.board.exchange, [janus.url], {})
    this.host = this.board.device('alice')
  }

  static async start({ pictures = false } = {}): Promise<MixedConference> {
    const janus = await JanusDouble.start()
    for (const kind of ['detach', 'trickle']) janus.answer(kind, { janus: 'success' })
    const mixed = new MixedConference(janus)
    mixed.agree()
    await until('Janus is reached', () => mixed.conferences.reachable === 1)
    mixed.id = mixed.conferences.start(mixed.host.session, mixed.host.user, { offer: sendrecv, pictures })
    await mixed.tells(mixed.host, 'session-open')
    mixed.host.heard.length = 0
    return mixed
  }

  /** Has the plugin of Janus agree to everything. */
  agree(): void {
    const jsep = { type: 'answer', sdp: sendrecv }
    this.janus.answer('message', { janus: 'event', plugindata: { data: { room: 1, id: 7 } }, jsep })
  }

  /** Has it refuse everything. */
  refuse(): void {
    this.janus.refuse('message', { code: 490, reason: 'Out of order' })
  }

  get conference(): Conference {
    return this.conferences.hosted(this.host.session, this.id)
  }

  /** Somebody in a call with the host; the id of it. */
  async talking(name: string, options?: DeviceOptions): Promise<readonly [Device, string]> {
    const device = this.board.device(name, options)
    return [device, await connect(this.host, device)]
  }

  /** Somebody whom the host invited and who joined; the id of their leg. */
  async joined(name: string, options?: DeviceOptions): Promise<readonly [Device, string]> {
    const device = this.board.device(name, options)
    this.conference.invite(device.user)
    const { call } = await this.tells(device, 'invitation-received')
    device.do(call, { op: 'answer', sdp: sendrecv })
    await this.is(device, 'joined')
    this.host.heard.length = 0
    device.heard.length = 0
    return [device, call]
  }

  /** Resolves when a device has heard this, with what it heard. */
  async tells({ heard }: Device, state: ExchangeEvent['state'], call?: string): Promise<ExchangeEvent> {
    const find = (): ExchangeEvent | undefined =>
      heard.find((event) => event.state === state && (call === undefined || event.call === call))
    await until(`${state} is heard`, () => find() !== undefined)
    return find()!
  }

  /** Resolves when the host is told that somebody is so. */
  async is({ user }: Device, state: string, at = this.host): Promise<void> {
    await until(`${user} is ${state}`, () =>
      at.heard.some(({ from, participant }) => from === user && participant?.state === state),
    )
  }

  async stop(): Promise<void> {
    this.agree()
    this.board.exchange.endCalls('server-stopping')
    await this.conferences.close()
    await this.janus.stop()
  }
}

/** Resolves when `done`, which has to be soon. */
export async function until(what: string, done: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000
  while (!done()) {
    if (performance.now() > deadline) throw new Error(`Not so: ${what}`)
    await turn()
  }
}

import type { MediaType } from '../../media/media-type.ts'
import type { ContractNetwork } from './contract-network.ts'
import { Line } from './line.ts'
import { OpenResources } from './open-resources.ts'
import type { RecordedLeg } from './recorded-leg.ts'

/** What one test plays on: its lines, and everything that is opened meanwhile. */
export class Stage {
  readonly network: ContractNetwork
  readonly resources = new OpenResources()
  readonly #lines: Line[] = []
  #before: readonly string[] = []

  constructor(network: ContractNetwork) {
    this.network = network
  }

  /** What was open before the test is none of its business. */
  async begin(): Promise<void> {
    this.#before = await this.resources.list()
  }

  /** A device that is not signed in. */
  async device(user: string): Promise<Line> {
    const line = new Line(await this.network.device(user))
    this.#lines.push(line)
    return line
  }

  async line(user: string): Promise<Line> {
    const line = await this.device(user)
    await line.signIn()
    return line
  }

  /** Alice and Bob, signed in. */
  pair(): Promise<readonly [Line, Line]> {
    return this.lines('alice', 'bob') as Promise<readonly [Line, Line]>
  }

  lines(...users: readonly string[]): Promise<readonly Line[]> {
    return Promise.all(users.map((user) => this.line(user)))
  }

  /** A call that is up: the caller's leg and the callee's. */
  async call(caller: Line, callee: Line, mediaType: MediaType = 'audio'): Promise<readonly [RecordedLeg, RecordedLeg]> {
    const [outgoing, incoming] = await Promise.all([caller.dial(callee, mediaType), callee.ringing(mediaType)])
    await callee.answer(incoming, mediaType)
    await Promise.all([outgoing.hears('established'), incoming.hears('established')])
    return [outgoing, incoming]
  }

  /** A call between Alice and Bob that is up. */
  async talk(mediaType: MediaType = 'audio'): Promise<readonly [RecordedLeg, RecordedLeg]> {
    const [alice, bob] = await this.pair()
    return this.call(alice, bob, mediaType)
  }

  /** What is still open, but for what the network may keep. */
  async leftovers(): Promise<readonly string[]> {
    const { tolerates } = this.network
    const before = [...this.#before]
    return (await this.resources.list()).filter((name) => {
      const known = before.indexOf(name)
      if (known >= 0) before.splice(known, 1)
      return known < 0 && !tolerates?.test(name)
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.close()))
    this.resources.restore()
  }
}

/** A stage for every test of this group. */
export function useStage(network: ContractNetwork): () => Stage {
  let stage: Stage
  beforeEach(() => {
    stage = new Stage(network)
    return stage.begin()
  })
  afterEach(() => stage.close())
  return () => stage
}

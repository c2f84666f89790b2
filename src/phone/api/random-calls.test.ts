import fc from 'fast-check'
import { PhoneError } from '../phone-error.ts'
import { methodReference } from './method-reference.fixture.ts'
import { isAtRest, views, wrongChange, wrongStory } from './testing/call-story.ts'
import { eventually, inTime } from './testing/in-time.ts'
import { localNetwork } from './testing/local-network.ts'
import { commands, type Command } from './testing/phone-commands.ts'
import { PhoneStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'

/** How long random calls are made, in ms. */
const budget = 18_000

/** The codes by which a method refuses, as opposed to failing underway. */
const refusals = new Set<string>(
  Object.values(methodReference).flatMap(({ codes }) => codes.filter((code) => !code.endsWith('00'))),
)

/** What is wrong with what two phones did. */
class Findings {
  readonly list: string[] = []
  readonly #end = new AbortController()

  constructor() {
    const { signal } = this.#end
    window.addEventListener('unhandledrejection', ({ reason }) => this.add(`unhandled: ${String(reason)}`), { signal })
  }

  add(...found: readonly string[]): void {
    this.list.push(...found)
  }

  follow({ phone }: RecordedPhone): void {
    phone.subscribe((now, before) => this.add(...wrongChange(now, before)), { signal: this.#end.signal })
  }

  close(): void {
    this.#end.abort()
  }
}

/** Everything a refusal leaves alone. */
function stateOf({ snapshot }: RecordedPhone): readonly unknown[] {
  const { session, online, calls, lastCall, devices } = snapshot
  return [session, online, calls, lastCall, devices]
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.every((part, at) => part === other[at])

/** Two phones and what their users do. */
class Scene {
  readonly findings = new Findings()
  readonly phones: readonly [RecordedPhone, RecordedPhone]
  readonly #stage: PhoneStage
  readonly #begun: Promise<void>[] = []
  #running = 0

  constructor(stage: PhoneStage, phones: readonly [RecordedPhone, RecordedPhone]) {
    this.#stage = stage
    this.phones = phones
    phones.forEach((phone) => this.findings.follow(phone))
  }

  /** Does what the command says. Resolves when it is done, or something came of it at the other phone. */
  async perform(command: Command): Promise<void> {
    const [near, far] = command.who === 0 ? this.phones : [this.phones[1], this.phones[0]]
    const alone = command.waits && this.#running === 0
    if (alone) await this.#stage.settled()
    const done = this.#run(command, near, far, alone && this.phones.every(isAtRest))
    // What asks for a change is done when the other user has answered, if ever.
    if (!/^(up|down)grade$/.test(command.name)) this.#begun.push(done)
    if (command.waits) await Promise.race([done, far.next()])
  }

  /** Resolves when both phones wait for nothing but their users. */
  async rest(): Promise<void> {
    await inTime(() => 'every method settles', Promise.all(this.#begun))
    await Promise.all(this.phones.map((phone) => phone.until('it is at rest', () => isAtRest(phone))))
    await this.#stage.settled()
  }

  /** A refusal has to leave the phone as it was: at once, and where nothing else is under way also when it is told. */
  async #run(command: Command, near: RecordedPhone, far: RecordedPhone, alone: boolean): Promise<void> {
    const before = stateOf(near)
    this.#running++
    const running = Promise.resolve(command.run(near.phone, near, far))
    const begun = stateOf(near)
    try {
      await running
    } catch (error) {
      if (!(error instanceof PhoneError)) this.findings.add(`${command.name} threw ${String(error)}`)
      else if (!refusals.has(error.ErrorCode)) return
      else if (!isSame(before, begun) || (alone && !isSame(before, stateOf(near)))) {
        this.findings.add(`${command.name} was refused with ${error.ErrorCode} and changed something`)
      }
    } finally {
      this.#running--
    }
  }
}

async function play(script: readonly Command[]): Promise<void> {
  const stage = new PhoneStage(localNetwork)
  const scene = new Scene(stage, await stage.pair())
  const { findings, phones } = scene
  try {
    for (const command of script) await scene.perform(command)
    await scene.rest()
    const agree = ([ofA, ofB]: ReturnType<typeof views>) => String(ofA) === String(ofB)
    // What was answered last may still be on its way through a peer connection.
    await eventually('A and B see the same calls', () => views(...phones), agree)
    await scene.rest()
    findings.add(...phones.flatMap(wrongStory))
    if (findings.list.length > 0) throw new Error(findings.list.join('\n'))
  } finally {
    await stage.close()
    findings.close()
  }
}

describe('two phones whose users do anything at all', function () {
  this.timeout(budget * 3)

  it('never break: no unhandled rejection, no illegal state, both agree at rest, a refusal changes nothing', async () => {
    const property = fc.asyncProperty(commands, play)
    // A failure prints its seed and path; pass them here to see it again.
    await fc.assert(property, {
      numRuns: 1000,
      includeErrorInReport: true,
      interruptAfterTimeLimit: budget,
      markInterruptAsFailure: false,
    })
  })
})

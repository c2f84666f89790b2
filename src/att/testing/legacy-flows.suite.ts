import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from '../../phone/api/testing/phone-network.ts'
import { useStage, type PhoneStage } from '../../phone/api/testing/phone-stage.ts'
import { ExpectedStory } from './expected-story.ts'
import { LegacyActor } from './legacy-actor.ts'
import { allowRequests } from './refused-requests.ts'
import type { Beginning, Cast, Name, Rows, Scenario, Step } from './measured-flows.ts'

const users: Readonly<Record<Name, string>> = { A: 'a', A2: 'a', B: 'b', B2: 'b', C: 'c', D: 'd', H: 'h' }

/** Those whose story is told. */
const told: readonly Name[] = ['A', 'A2', 'B', 'B2', 'C', 'D']

async function castOf(stage: PhoneStage): Promise<Cast> {
  const names = Object.entries(users) as [Name, string][]
  const actors = names.map(async ([name, user]) => [name, new LegacyActor(await stage.phone(user))] as const)
  return Object.fromEntries(await Promise.all(actors)) as Cast
}

/** Who has to be signed in when the first step comes: those who hear of any, and who hosts. */
function present({ name, begins, steps }: Scenario): readonly Name[] {
  const hearing = steps.flatMap(({ measured, kept }) =>
    [measured, kept?.ours ?? {}].flatMap((rows) => Object.keys(rows)),
  )
  const all = new Set([
    ...hearing,
    ...Object.keys(before[begins]),
    ...(name.startsWith('conf-') && name !== 'conf-hosted' ? ['H'] : []),
  ])
  // Second devices sign in by a step of their own.
  all.delete('A2')
  all.delete('B2')
  return [...all] as Name[]
}

async function begin(stage: PhoneStage, cast: Cast, scenario: Scenario): Promise<void> {
  const { begins: beginning } = scenario
  if (beginning === 'signed out') return
  const { A, B, C } = cast
  await Promise.all(present(scenario).map((name) => cast[name].recorded.signIn()))
  const mediaType = beginning === 'in a video call' ? 'video' : 'audio'
  if (beginning !== 'signed in') await stage.connect(A.recorded, B.recorded, mediaType)
  if (beginning === 'in two calls') await stage.connect(A.recorded, C.recorded)
  for (const actor of Object.values(cast)) actor.forget()
}

/** What was told before the story begins, as rows. */
const before: Readonly<Record<Beginning, Rows>> = {
  'signed out': {},
  'signed in': {},
  'in a call': { A: 'UP', B: 'PICK' },
  'in a video call': { A: 'UP video', B: 'PICK video' },
  'in two calls': { A: 'UP → HOLD → UP#2', B: 'UP', C: 'UP' },
}

/** What everybody has to hear, if the story goes on by these rows. */
function linesOf(rows: Rows, expected: ReadonlyMap<Name, ExpectedStory>): Record<Name, readonly string[]> {
  const lines = told.map(
    (name) =>
      [
        name,
        expected
          .get(name)
          ?.copy()
          .follow(rows[name] ?? '') ?? [],
      ] as const,
  )
  return Object.fromEntries(lines) as Record<Name, readonly string[]>
}

/** Declares the comparison of the old face with the original, row by row, as mocha tests. */
export function legacyFlows(network: PhoneNetwork, scenarios: readonly Scenario[]): void {
  describe(`the old face of phones over ${network.name}`, function () {
    // A row that falls short is shown by the comparison, after the patience of the phones.
    this.timeout(90_000)
    const stage = useStage(network)
    afterEach(allowRequests)

    async function play(step: Step, cast: Cast, expected: ReadonlyMap<Name, ExpectedStory>): Promise<void> {
      for (const name of told) cast[name].forget()
      const rows = step.kept?.ours ?? step.measured
      const lines = linesOf(rows, expected)
      // What a method promises is no part of what the original told; some of it comes with a later step.
      Promise.resolve(step.act(cast)).catch(() => {})
      const heard = () => Object.fromEntries(told.map((name) => [name, [...cast[name].heard]]))
      const isTold = (each: Rows): boolean => JSON.stringify(linesOf(each, expected)) === JSON.stringify(heard())
      const isWhole = () =>
        told.every((name) => cast[name].heard.length >= lines[name].length) ||
        (step.kept?.otherwise?.some(isTold) ?? false)
      // What falls short is shown by the comparison. Waiting on beside what is told in full, a request would end by itself.
      await Promise.any(told.map((name) => cast[name].until('the row is told', isWhole))).catch(() => {})
      await stage().settled()
      const otherwise = step.kept?.otherwise?.find(isTold)
      for (const name of told) expected.get(name)?.follow((otherwise ?? rows)[name] ?? '')
      if (!otherwise) expect(heard(), step.does).to.deep.equal(lines)
    }

    for (const scenario of scenarios) {
      const { name, begins, steps } = scenario
      it(`${name}: ${steps.map(({ does }) => does).join(', ')}`, async () => {
        const cast = await castOf(stage())
        await begin(stage(), cast, scenario)
        const expected = new Map(told.map((each) => [each, new ExpectedStory()]))
        for (const [each, row] of Object.entries(before[begins])) expected.get(each as Name)?.follow(row)
        for (const step of steps) await play(step, cast, expected)
      })
    }
  })
}

import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from '../../phone/api/testing/phone-network.ts'
import { useStage, type PhoneStage } from '../../phone/api/testing/phone-stage.ts'
import { LegacyActor } from './legacy-actor.ts'
import {
  wrongArguments,
  wrongArgumentsWhenActing,
  type ActingState,
  type Attempt,
  type PhoneState,
} from './measured-arguments.ts'
import { callStates, methodsInStates, type CallState } from './measured-states.ts'

const toldAs: Readonly<Record<string, string>> = { switchCall: 'switch' }

/** Calls a method as a page would, and says what came of it, in the words of the tables. */
async function outcome(actor: LegacyActor, method: string, given: readonly unknown[]): Promise<string> {
  actor.forget()
  let returned: unknown
  try {
    const face = actor.phone as unknown as Readonly<Record<string, (...all: readonly unknown[]) => unknown>>
    returned = face[method]?.(...given)
  } catch {
    return 'throws'
  }
  const during = actor.heard.length
  // What a method promises says when it is done; the original gave nothing back.
  if (returned instanceof Promise) await returned.catch(() => {})
  // What is told is told in turns of their own.
  await Promise.resolve()
  expect(during, `told by ${method} before it returned`).to.equal(0)
  const codes = actor.heard.map((line) => {
    const [, code = '', told] = /^error (\S+) (\S+)/.exec(line) ?? []
    // What handlers read is compared where something happens.
    return told === (toldAs[method] ?? method) ? code : line.replace(/ \{.*/, '')
  })
  const value = returned === undefined || returned instanceof Promise ? [] : [`returns ${JSON.stringify(returned)}`]
  return [...codes, ...value].join(' ') || 'silence'
}

const inState = (what: Attempt['measured'], state: PhoneState): string =>
  typeof what === 'string' ? what : what[state]

/** `{"destination":"!!"}`, with media elements as such. */
const shown = (given: readonly unknown[]): string =>
  given
    .map((each) => JSON.stringify(each, (_, value: unknown) => (value instanceof Element ? 'element' : value)))
    .join(', ')

/** Brings A into a state. */
const arrangements: Readonly<
  Record<CallState | ActingState, (stage: PhoneStage, a: LegacyActor, b: LegacyActor) => Promise<unknown>>
> = {
  'signed out': async () => {},
  'signed in': async () => {},
  dialing: async (_, a, b) => {
    a.dial(b)
    await Promise.all([
      b.recorded.rings(),
      a.recorded.until('it rings', () => a.recorded.call().progress === 'ringing'),
    ])
  },
  rung: async (_, a, b) => {
    b.dial(a)
    await a.recorded.rings()
  },
  invited: async (_, a, b) => {
    await b.hostAndInvite(a)
    await a.recorded.isInvited()
  },
  hosting: (stage, a) => stage.host(a.recorded),
  connected: (stage, a, b) => stage.connect(a.recorded, b.recorded),
  holding: async (stage, a, b) => {
    await stage.connect(a.recorded, b.recorded)
    await a.phone.hold()
  },
  held: async (stage, a, b) => {
    await stage.connect(a.recorded, b.recorded)
    await b.phone.hold()
    await a.recorded.hears('call:held')
  },
  'waiting for video': async (stage, a, b) => {
    await stage.connect(a.recorded, b.recorded)
    void a.phone.upgrade()
    await b.recorded.hears('call:media-modification')
  },
  'asked for video': async (stage, a, b) => {
    await stage.connect(a.recorded, b.recorded)
    void b.phone.upgrade()
    await a.recorded.hears('call:media-modification')
  },
}

/** Declares what the old face refuses as the original did: wrong arguments, and methods in a wrong state. */
export function legacyRefusals(network: PhoneNetwork): void {
  describe(`what the old face of phones over ${network.name} refuses`, function () {
    this.timeout(60_000)
    const stage = useStage(network)

    /** Who is signed in cannot sign in, a network without a server asks for no token, and the flows tell what is done. */
    const isMeasured = ({ method, given, measured, kept }: Attempt, state: PhoneState): boolean =>
      inState(kept?.ours ?? measured, state) !== '·' &&
      (method !== 'login' || (state === 'signed out' && (network.server !== null || !given[0])))

    async function actors(isSignedIn: boolean): Promise<readonly [LegacyActor, LegacyActor]> {
      const [a, b] = [new LegacyActor(await stage().phone('a')), new LegacyActor(await stage().phone('b'))] as const
      if (isSignedIn) await Promise.all([a, b].map(({ recorded }) => recorded.signIn()))
      return [a, b]
    }

    for (const state of ['signed out', 'signed in'] as const) {
      const attempts = wrongArguments.filter((each) => isMeasured(each, state))
      for (const method of new Set(attempts.map((each) => each.method))) {
        it(`${method} with wrong arguments, ${state}`, async () => {
          const [a] = await actors(state === 'signed in')
          const came: string[] = []
          const wanted: string[] = []
          for (const { given, measured, kept } of attempts.filter((each) => each.method === method)) {
            came.push(`(${shown(given)}) ${await outcome(a, method, given)}`)
            wanted.push(`(${shown(given)}) ${inState(kept?.ours ?? measured, state)}`)
          }
          expect(came).to.deep.equal(wanted)
        })
      }
    }

    for (const state of new Set(wrongArgumentsWhenActing.map((each) => each.state))) {
      it(`wrong arguments when ${state}`, async () => {
        const [a, b] = await actors(true)
        await arrangements[state](stage(), a, b)
        await stage().settled()
        const came: string[] = []
        const wanted: string[] = []
        for (const { method, given, measured, kept } of wrongArgumentsWhenActing.filter(
          (each) => each.state === state,
        )) {
          came.push(`${method}(${shown(given)}) ${await outcome(a, method, given)}`)
          wanted.push(`${method}(${shown(given)}) ${inState(kept?.ours ?? measured, 'signed in')}`)
        }
        expect(came).to.deep.equal(wanted)
      })
    }

    callStates.forEach((state, at) => {
      it(`methods when ${state}`, async () => {
        const [a, b] = await actors(state !== 'signed out')
        await arrangements[state](stage(), a, b)
        await stage().settled()
        const came: string[] = []
        const wanted: string[] = []
        for (const { method, given = [], measured, kept } of methodsInStates) {
          const cell = measured.split(' ')[at] ?? ''
          if (cell === '.') continue
          came.push(`${method}(${shown(given)}) ${await outcome(a, method, given)}`)
          wanted.push(`${method}(${shown(given)}) ${kept?.[state]?.ours ?? cell}`)
        }
        expect(came).to.deep.equal(wanted)
      })
    })
  })
}

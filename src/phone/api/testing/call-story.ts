import { transitions, type CallProgress } from '../../call-machine.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../snapshot.ts'
import type { RecordedPhone } from './recorded-phone.ts'

const reachable = new Map<CallProgress, Set<CallProgress>>()

/** Every state that may follow a state: listeners hear of changes made together as one. */
function after(progress: CallProgress): Set<CallProgress> {
  const known = reachable.get(progress)
  if (known) return known
  const found = new Set<CallProgress>([progress])
  reachable.set(progress, found)
  for (const next of Object.values(transitions[progress]))
    for (const each of next === progress ? [next] : after(next)) found.add(each)
  return found
}

/** What is wrong with a change of the snapshot. */
export function wrongChange(now: PhoneSnapshot, before: PhoneSnapshot): readonly string[] {
  const problems: string[] = []
  for (const call of now.calls) {
    const former = before.calls.find(({ index }) => index === call.index)
    if (former && !after(former.progress).has(call.progress)) {
      problems.push(`call ${call.index} went from ${former.progress} to ${call.progress}`)
    }
    if (call.progress === 'ended') problems.push(`call ${call.index} is listed though it ended`)
  }
  const indices = now.calls.map(({ index }) => index)
  if (String(indices) !== String([...new Set(indices)].sort((a, b) => a - b)))
    problems.push(`calls in the order ${String(indices)}`)
  if (now.calls.filter(({ foreground }) => foreground).length > 1) problems.push('two calls are in the foreground')
  if (now.calls.length > 2) problems.push(`${now.calls.length} calls`)
  if (!Object.isFrozen(now) || !now.calls.every((call) => Object.isFrozen(call)))
    problems.push('the snapshot is not frozen')
  return problems
}

const beginnings = ['dialing', 'call:incoming']
const endings = ['call:disconnected', 'call:canceled', 'call:rejected', 'call:moved']

/** What is wrong with the events of each call: one beginning, one end, and nothing after it. */
export function wrongStory({ heard }: RecordedPhone): readonly string[] {
  const stories = new Map<unknown, string[]>()
  for (const { name, payload } of heard) {
    if (payload['callType'] !== 'call') continue
    const story = stories.get(payload['index']) ?? []
    stories.set(payload['index'], [...story, name])
  }
  return [...stories].flatMap(([index, story]) => {
    const [first = '', ...rest] = story
    const ends = rest.filter((name) => endings.includes(name)).length
    const whole =
      beginnings.includes(first) &&
      !rest.some((name) => beginnings.includes(name)) &&
      ends <= 1 &&
      (ends === 0 || endings.includes(story.at(-1) ?? '')) &&
      rest.filter((name) => name === 'call:connected').length <= 1 &&
      rest.filter((name) => name === 'media:established').length <= 1
    return whole ? [] : [`call ${String(index)} told ${story.join(', ')}`]
  })
}

const numbersOfThePage = ['echo', 'busy', 'noanswer', 'reject']

/** What a call is like, seen from one side: what the other side has to see as well. */
function seen({ progress, mediaType, hold }: CallSnapshot, mirrored: boolean): string {
  const [mine, theirs] = mirrored ? [hold.remote, hold.local] : [hold.local, hold.remote]
  return `${progress} ${mediaType}${mine ? ' held by A' : ''}${theirs ? ' held by B' : ''}`
}

/** The calls between the two, as A and as B see them. A call that only rings has no media type that both agreed on. */
export function views(a: RecordedPhone, b: RecordedPhone): readonly [readonly string[], readonly string[]] {
  // A host is in a call with nobody else as long as nobody is invited, which no command does.
  const hosted = ({ callType, direction }: CallSnapshot) => callType === 'conference' && direction === 'outgoing'
  const between = (call: CallSnapshot) => !numbersOfThePage.includes(call.remote.address) && !hosted(call)
  const list = ({ snapshot }: RecordedPhone, mirrored: boolean) =>
    snapshot.calls
      .filter(between)
      .map((call) => seen(call, mirrored))
      .sort()
  return [list(a, false), list(b, true)]
}

/** Whether a phone waits for nothing but its users. */
export function isAtRest({ snapshot }: RecordedPhone): boolean {
  return snapshot.calls.every(
    ({ progress, pending, newMediaType }) =>
      (progress === 'ringing' || progress === 'connected') &&
      (pending === null || (pending === 'change' && newMediaType !== null)),
  )
}

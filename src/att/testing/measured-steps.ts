import type { Kept, Step } from './measured-flows.ts'

/* What many scenarios have in common: steps, and parts of rows. */

/** What A and B hear of a race, the first one first: it may be either. */
export const either = (
  ...outcomes: readonly (readonly [first: string, second: string])[]
): Pick<Kept, 'ours' | 'otherwise'> => {
  const [ours = {}, ...otherwise] = outcomes.flatMap(([one, other]) => [
    { A: one, B: other },
    { A: other, B: one },
  ])
  return { ours, otherwise }
}

/** MOD− of the reference. */
export const asked = (operation: string, mediaType?: 'video'): string =>
  ['connected>modification-accepted', 'modification-accepted>connected']
    .map((change) => `‹${change} ${operation},R›${mediaType ? ` [${mediaType}]` : ''}`)
    .join(' → ')

export const upgrading =
  '‹connected>modification-initiated upgrade,I› [video] → call:modification-in-progress(upgrade,I) [video]'
export const upgraded = 'media:established(upgrade,I) [video] → ‹modification-initiated>connected upgrade,I› [video]'
export const downgrading = '‹connected>modification-initiated downgrade,I› → call:modification-in-progress(downgrade,I)'
export const downgraded = 'media:established(downgrade,I) → ‹modification-initiated>connected downgrade,I›'
export const askedForVideo = 'media:established(upgrade,R) → call:media-modification(upgrade,R) [new=video]'
export const askedForAudio =
  'media:established(downgrade,R) [video] → call:media-modification(downgrade,R) [video new=audio]'
export const acceptedVideo = asked('upgrade', 'video')
export const endedBehind = '‹held>disconnected› [bg] → call:disconnected [bg]'

export const dials: Step = {
  does: 'A dials B',
  act: ({ A, B }) => A.dial(B),
  measured: { A: 'DIAL', B: 'call:incoming' },
}
export const dialsVideo: Step = {
  does: 'A dials B with video',
  act: ({ A, B }) => A.dial(B, 'video'),
  measured: { A: 'DIAL video', B: 'call:incoming [video]' },
}
export const answers: Step = {
  does: 'B answers',
  act: ({ B }) => B.answer(),
  measured: { A: 'UP', B: 'PICK' },
}
export const bDialsA: Step = {
  does: 'B dials A',
  act: ({ A, B }) => B.dial(A),
  measured: { A: 'call:incoming', B: 'DIAL' },
}
export const hangsUp: Step = {
  does: 'A hangs up',
  act: ({ A }) => A.phone.hangup(),
  measured: { A: 'END', B: 'ENDED' },
}
export const holds: Step = { does: 'A holds', act: ({ A }) => A.phone.hold(), measured: { A: 'HOLD', B: 'HELD' } }
export const addsC: Step = {
  does: 'A adds C',
  act: ({ A, C }) => A.addCall(C),
  measured: { A: 'HOLD → DIAL#2 bg created>connecting', B: 'HELD', C: 'call:incoming' },
}
export const switched = (from: string, to: string): string => `session:call-switched(${from}, ${to})`
export const cAnswers: Step = {
  does: 'C answers',
  act: ({ C }) => C.answer(),
  measured: {
    A: `‹connecting>connected› [bg #2] → call:connected [#2] → ${switched('1 to B', '2 to C')} → media:established [#2]`,
    C: 'PICK',
  },
}
export const nothing = (method: string, act: Step['act'], code: string): Step => ({
  does: method,
  act,
  measured: { A: `error ${code}` },
})

import type { Scenario } from './measured-flows.ts'
import { asked, endedBehind, holds, addsC, switched, cAnswers, nothing } from './measured-steps.ts'

/** A second call beside the first. */
export const twoCalls: readonly Scenario[] = [
  {
    name: 'addcall-front-ended-by-A',
    begins: 'in a call',
    steps: [
      addsC,
      cAnswers,
      {
        does: 'A hangs up the front call',
        act: ({ A }) => A.phone.hangup(),
        measured: { A: `END#2 bg disconnected → ${switched('–', '1 to B')} → RESUME`, B: 'RESUMED', C: 'ENDED' },
      },
    ],
  },
  {
    name: 'addcall-front-ended-by-C',
    begins: 'in two calls',
    steps: [
      {
        does: 'C hangs up',
        act: ({ C }) => C.phone.hangup(),
        measured: { A: `ENDED#2 bg disconnected → ${switched('–', '1 to B')} → RESUME`, B: 'RESUMED', C: 'END' },
      },
    ],
  },
  {
    name: 'addcall-background-ended-by-B',
    begins: 'in two calls',
    steps: [
      {
        does: 'B hangs up in the background',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: endedBehind, B: 'END' },
      },
    ],
  },
  {
    name: 'addcall-rejected',
    begins: 'in a call',
    steps: [
      addsC,
      {
        does: 'C rejects',
        act: ({ C }) => C.phone.reject(),
        measured: {
          A: '‹connecting>rejected› [bg #2] → call:rejected [#2] → RESUME',
          B: 'RESUMED',
          C: 'call:rejected',
        },
      },
    ],
  },
  {
    name: 'addcall-canceled',
    begins: 'in a call',
    steps: [
      addsC,
      {
        does: 'A cancels the second',
        act: ({ A }) => A.phone.cancel(),
        measured: {
          A: '‹connecting>canceled› [bg #2] → call:canceled [#2] → RESUME',
          B: 'RESUMED',
          C: 'call:canceled',
        },
      },
    ],
  },
  {
    name: 'addcall-fails',
    begins: 'in a call',
    steps: [
      {
        does: 'A adds somebody not signed in',
        act: ({ A }) => A.addCall('nobody.there'),
        measured: { A: 'HOLD → dialing → session:expired', B: 'HELD' },
        kept: {
          why: 'unknown callee',
          ours: {
            A: 'HOLD → DIAL#2 bg created>connecting → error 404 * → ‹connecting>disconnected› [bg #2] → call:disconnected [#2] → RESUME',
            B: 'HELD → RESUMED',
          },
        },
      },
    ],
  },
  {
    name: 'addcall-first-ends-while-dialing',
    begins: 'in a call',
    steps: [
      addsC,
      {
        does: 'B hangs up while the second rings',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: 'ENDED from held', B: 'END' },
      },
      { does: 'C answers', act: ({ C }) => C.answer(), measured: { A: 'UP#2', C: 'PICK' } },
    ],
  },
  {
    name: 'addcall-without-first',
    begins: 'signed in',
    steps: [nothing('A calls addCall with no call', ({ A, C }) => A.addCall(C), '3951 addCall')],
  },
  {
    name: 'addcall-first-held-by-user',
    begins: 'in a call',
    steps: [
      holds,
      {
        does: 'A adds C',
        act: ({ A, C }) => A.addCall(C),
        measured: { A: 'DIAL#2 bg created>connecting', C: 'call:incoming' },
      },
      cAnswers,
      {
        does: 'A hangs up the front call',
        act: ({ A }) => A.phone.hangup(),
        measured: { A: `END#2 bg disconnected → ${switched('–', '1 to B')}`, C: 'ENDED' },
      },
    ],
  },
  {
    name: 'addcall-first-muted',
    begins: 'in a call',
    steps: [
      { does: 'A mutes', act: ({ A }) => A.phone.mute(), measured: { A: 'call:muted' } },
      addsC,
      cAnswers,
      {
        does: 'A unmutes in the second',
        act: ({ A }) => A.phone.unmute(),
        measured: { A: 'warning [message]' },
      },
    ],
  },
  {
    name: 'addcall-video',
    begins: 'in a call',
    steps: [
      {
        does: 'A adds C with video',
        act: ({ A, C }) => A.addCall(C, 'video'),
        measured: { A: 'HOLD → DIAL#2 video bg created>connecting', B: 'HELD', C: 'call:incoming [video]' },
      },
      {
        does: 'C answers',
        act: ({ C }) => C.answer(),
        measured: {
          A: `‹connecting>connected› [video bg #2] → call:connected [video #2] → ${switched('1 to B', '2 to C video')} → media:established [video #2]`,
          C: 'PICK video',
        },
      },
      {
        does: 'A switches',
        act: ({ A }) => A.phone.switchCall(),
        measured: {
          A: `HOLD#2 video → ${switched('2 to C video', '1 to B')} → RESUME`,
          B: 'RESUMED',
          C: asked('hold', 'video'),
        },
        kept: {
          why: 'every hold',
          ours: { A: `HOLD#2 video → ${switched('2 to C video', '1 to B')} → RESUME`, B: 'RESUMED', C: 'HELD video' },
        },
      },
    ],
  },
  {
    name: 'busy-two-calls',
    begins: 'in two calls',
    steps: [
      {
        does: 'D dials A, who has two calls',
        act: ({ A, D }) => D.dial(A),
        measured: { A: 'notification [message]', D: 'DIAL' },
        kept: {
          why: 'busy',
          ours: { A: 'notification [message]', D: 'DIAL → ‹connecting>rejected› → call:rejected' },
        },
      },
    ],
  },
  {
    name: 'second-in-hold',
    begins: 'in a call',
    steps: [
      {
        does: 'C dials A, who talks to B',
        act: ({ A, C }) => C.dial(A),
        measured: { A: 'call:incoming', C: 'DIAL' },
      },
      {
        does: 'A answers with hold',
        act: ({ A }) => A.answer('hold'),
        measured: {
          A: `HOLD → PICK#2 bg created>connecting,connecting>connected → ${switched('1 to B', '2 from C')}`,
          B: 'HELD',
          C: 'UP',
        },
      },
    ],
  },
  {
    name: 'second-in-end',
    begins: 'in a call',
    steps: [
      { does: 'C dials A', act: ({ A, C }) => C.dial(A), measured: { A: 'call:incoming', C: 'DIAL' } },
      {
        does: 'A answers with end',
        act: ({ A }) => A.answer('end'),
        measured: {
          A: '‹connected>disconnecting› → ‹disconnecting>disconnected› → call:disconnected → PICK#2',
          B: 'ENDED',
          C: 'UP',
        },
      },
    ],
  },
  {
    name: 'second-in-no-action',
    begins: 'in a call',
    steps: [
      { does: 'C dials A', act: ({ A, C }) => C.dial(A), measured: { A: 'call:incoming', C: 'DIAL' } },
      nothing('A answers without action', ({ A }) => A.answer(), '2341 answer'),
      nothing('A answers with a wrong action', ({ A }) => A.answer('foo' as 'hold'), '2341 answer'),
    ],
  },
  {
    name: 'second-in-rejected',
    begins: 'in a call',
    steps: [
      { does: 'C dials A', act: ({ A, C }) => C.dial(A), measured: { A: 'call:incoming', C: 'DIAL' } },
      {
        does: 'A rejects',
        act: ({ A }) => A.phone.reject(),
        measured: { A: 'call:rejected [#2]', C: '‹connecting>rejected› → call:rejected' },
      },
    ],
  },
  {
    name: 'second-in-canceled',
    begins: 'in a call',
    steps: [
      { does: 'C dials A', act: ({ A, C }) => C.dial(A), measured: { A: 'call:incoming', C: 'DIAL' } },
      {
        does: 'C cancels',
        act: ({ C }) => C.phone.cancel(),
        measured: { A: 'call:canceled [#2]', C: '‹connecting>canceled› → call:canceled' },
      },
    ],
  },
  {
    name: 'second-in-first-ends',
    begins: 'in a call',
    steps: [
      { does: 'C dials A', act: ({ A, C }) => C.dial(A), measured: { A: 'call:incoming', C: 'DIAL' } },
      {
        does: 'B hangs up while the second rings',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: 'ENDED', B: 'END' },
      },
      {
        does: 'A answers without action',
        act: ({ A }) => A.answer(),
        measured: { A: 'PICK#2', C: 'UP' },
      },
    ],
  },
  {
    name: 'switch',
    begins: 'in two calls',
    steps: [
      {
        does: 'A switches',
        act: ({ A }) => A.phone.switchCall(),
        measured: { A: `HOLD#2 → ${switched('2 to C', '1 to B')} → RESUME`, B: 'RESUMED', C: 'HELD' },
      },
      {
        does: 'A switches back',
        act: ({ A }) => A.phone.switchCall(),
        measured: {
          A: `HOLD− → ${switched('1 to B', '2 to C')} → RESUME#2`,
          B: asked('hold'),
          C: 'RESUMED',
        },
        kept: {
          why: 'every hold',
          ours: { A: `HOLD → ${switched('1 to B', '2 to C')} → RESUME#2`, B: 'HELD', C: 'RESUMED' },
        },
      },
      {
        does: 'B hangs up',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: endedBehind, B: 'END' },
      },
      nothing('A switches with one call', ({ A }) => A.phone.switchCall(), '4203 switch'),
    ],
  },
  {
    name: 'switch-front-held',
    begins: 'in two calls',
    steps: [
      { does: 'A holds the front call', act: ({ A }) => A.phone.hold(), measured: { A: 'HOLD#2', C: 'HELD' } },
      {
        does: 'A switches',
        act: ({ A }) => A.phone.switchCall(),
        measured: { A: `${switched('2 to C', '1 to B')} → RESUME`, B: 'RESUMED' },
      },
      {
        does: 'A switches back',
        act: ({ A }) => A.phone.switchCall(),
        measured: { A: `HOLD− → ${switched('1 to B', '2 to C')}`, B: asked('hold') },
        kept: { why: 'every hold', ours: { A: `HOLD → ${switched('1 to B', '2 to C')}`, B: 'HELD' } },
      },
    ],
  },
  {
    name: 'switch-in-handler',
    begins: 'in two calls',
    steps: [
      { does: 'C holds', act: ({ C }) => C.phone.hold(), measured: { A: 'HELD#2', C: 'HOLD' } },
      {
        does: 'B holds in the background',
        act: ({ B }) => B.phone.hold(),
        measured: {
          A: '‹held>modification-accepted hold,R› [bg] → ‹modification-accepted>held hold,R› [bg]',
          B: 'HOLD−',
        },
        kept: {
          why: 'every hold',
          ours: {
            A: '‹held>modification-accepted hold,R› [bg] → ‹modification-accepted>held hold,R› [bg] → call:held(hold,R) [bg]',
            B: 'HOLD',
          },
        },
      },
    ],
  },
  {
    name: 'transfer-one-call',
    begins: 'in a call',
    steps: [nothing('A transfers with one call', ({ A }) => A.phone.transfer(), '4105 transfer')],
  },
  {
    name: 'transfer',
    begins: 'in two calls',
    steps: [
      {
        does: 'A transfers',
        act: ({ A }) => A.phone.transfer(),
        measured: {},
        kept: {
          why: 'hand-overs work',
          ours: {
            A: 'call:transferring [bg] → call:transferred [bg] → ENDED from held bg held>disconnected,disconnected → ENDED#2',
            B: asked('–'),
            C: asked('–'),
          },
        },
      },
    ],
  },
  {
    name: 'move',
    begins: 'in a call',
    steps: [
      {
        does: 'A moves',
        act: ({ A, A2 }) => A.moveTo(A2),
        measured: { A: 'error 501 *' },
        kept: { why: 'hand-overs work', ours: { A2: 'call:incoming' } },
      },
      {
        does: 'A2 answers',
        act: ({ A2 }) => A2.answer(),
        measured: { A2: 'error 2331 answer' },
        kept: { why: 'hand-overs work', ours: { A: '‹connected>disconnected› → call:moved', A2: 'PICK' } },
      },
    ],
  },
  {
    name: 'move-alone',
    begins: 'in a call',
    steps: [
      {
        does: 'A moves, and has no other device',
        act: ({ A }) => A.phone.move(),
        measured: { A: 'error 501 *' },
        kept: { why: 'hand-overs work', ours: { A: 'error 404 *' } },
      },
    ],
  },
]

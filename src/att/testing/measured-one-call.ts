import type { Scenario } from './measured-flows.ts'
import { answers, bDialsA, dials, dialsVideo, either, hangsUp, nothing } from './measured-steps.ts'

/** Signing in and out, a call and its end. */
export const oneCall: readonly Scenario[] = [
  {
    name: 'login-logout',
    begins: 'signed out',
    steps: [
      { does: 'A signs in', act: ({ A }) => A.signIn(), measured: { A: 'session:ready' } },
      { does: 'A signs in again', act: ({ A }) => A.signIn(), measured: { A: 'error 2003 login' } },
      { does: 'A signs out', act: ({ A }) => A.phone.logout(), measured: { A: 'session:disconnected' } },
      { does: 'A signs out again', act: ({ A }) => A.phone.logout(), measured: { A: 'error 2101 logout' } },
      { does: 'A signs in once more', act: ({ A }) => A.signIn(), measured: { A: 'session:ready' } },
    ],
  },
  {
    name: 'login-e911',
    begins: 'signed out',
    steps: [
      {
        does: 'A links an address before signing in',
        act: ({ A }) => A.phone.associateE911Id({ e911Id: 'e-1' }),
        measured: { A: 'error 2053 associateE911Id' },
      },
      { does: 'A signs in', act: ({ A }) => A.signIn(), measured: { A: 'session:ready' } },
      {
        does: 'A links an address',
        act: ({ A }) => A.phone.associateE911Id({ e911Id: 'e-1' }),
        measured: { A: 'address-updated' },
      },
    ],
  },
  {
    name: 'logout-in-call',
    begins: 'in a call',
    steps: [
      {
        does: 'A signs out in the call',
        act: ({ A }) => A.phone.logout(),
        measured: {
          A: '‹connected>disconnecting› → ‹disconnecting>disconnected› → call:disconnected → session:disconnected',
          B: 'ENDED',
        },
      },
    ],
  },
  {
    name: 'logout-dialing',
    begins: 'signed in',
    steps: [
      dials,
      {
        does: 'A signs out while it rings',
        act: ({ A }) => A.phone.logout(),
        measured: { A: 'session:disconnected', B: 'call:canceled' },
      },
    ],
  },
  {
    name: 'logout-incoming',
    begins: 'signed in',
    steps: [
      dials,
      {
        does: 'B signs out while it rings',
        act: ({ B }) => B.phone.logout(),
        measured: { A: '‹connecting>disconnected› → call:disconnected', B: 'session:disconnected' },
        kept: {
          why: 'logout rejects',
          ours: { A: '‹connecting>rejected› → call:rejected', B: 'session:disconnected' },
        },
      },
    ],
  },
  {
    name: 'call-audio-hangup-A',
    begins: 'signed in',
    steps: [dials, answers, hangsUp, nothing('A hangs up again', ({ A }) => A.phone.hangup(), '2402 hangup')],
  },
  {
    name: 'call-video-hangup-B',
    begins: 'signed in',
    steps: [
      dialsVideo,
      { does: 'B answers', act: ({ B }) => B.answer(), measured: { A: 'UP video', B: 'PICK video' } },
      {
        does: 'B hangs up',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: 'ENDED video', B: 'END video' },
      },
    ],
  },
  {
    name: 'call-no-mediatype',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials B without a media type',
        act: ({ A, B }) => A.phone.dial({ destination: B.address }),
        measured: { A: 'dialing → error 2200 dial' },
        kept: { why: 'media type', ours: { A: 'DIAL video', B: 'call:incoming [video]' } },
      },
      {
        does: 'B answers',
        act: ({ B }) => B.answer(),
        measured: { B: 'error 2331 answer' },
        kept: { why: 'media type', ours: { A: 'UP video', B: 'PICK video' } },
      },
      {
        does: 'A hangs up',
        act: ({ A }) => A.phone.hangup(),
        measured: { A: 'error 2402 hangup' },
        kept: { why: 'media type', ours: { A: 'END video', B: 'ENDED video' } },
      },
    ],
  },
  {
    name: 'cancel-at-once',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials B and takes it back in the same turn',
        act: ({ A, B }) => A.dialAndCancel(B),
        measured: { A: 'dialing → ‹created>canceled› → call:canceled' },
      },
    ],
  },
  {
    name: 'cancel-before-ringing',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials B and takes it back inside dialing',
        act: ({ A, B }) => A.dialAndCancelInside(B),
        measured: { A: 'dialing → ‹created>canceled› → call:canceled' },
      },
    ],
  },
  {
    name: 'cancel-on-connecting',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials B and takes it back inside call:connecting',
        act: ({ A, B }) => A.dialAndCancelOnConnecting(B),
        measured: { A: 'DIAL → ‹connecting>canceled› → call:canceled', B: 'call:incoming → call:canceled' },
      },
    ],
  },
  {
    name: 'cancel-ringing',
    begins: 'signed in',
    steps: [
      dials,
      {
        does: 'A takes it back',
        act: ({ A }) => A.phone.cancel(),
        measured: { A: '‹connecting>canceled› → call:canceled', B: 'call:canceled' },
      },
      dialsVideo,
      {
        does: 'A takes the video call back',
        act: ({ A }) => A.phone.cancel(),
        measured: { A: '‹connecting>canceled› [video] → call:canceled [video]', B: 'call:canceled [video]' },
      },
    ],
  },
  {
    name: 'hangup-ringing',
    begins: 'signed in',
    steps: [
      dials,
      nothing('A hangs up while it rings', ({ A }) => A.phone.hangup(), '2402 hangup'),
      {
        does: 'B hangs up while it rings',
        act: ({ B }) => B.phone.hangup(),
        measured: { B: 'error 2402 hangup' },
      },
    ],
  },
  {
    name: 'reject',
    begins: 'signed in',
    steps: [
      dials,
      {
        does: 'B rejects',
        act: ({ B }) => B.phone.reject(),
        measured: { A: '‹connecting>rejected› → call:rejected', B: 'call:rejected' },
      },
      dialsVideo,
      {
        does: 'B rejects the video call',
        act: ({ B }) => B.phone.reject(),
        measured: { A: '‹connecting>rejected› [video] → call:rejected [video]', B: 'call:rejected [video]' },
      },
    ],
  },
  {
    name: 'no-answer',
    begins: 'signed in',
    steps: [
      {
        does: 'nobody answers',
        act: ({ A, B }) => A.dialBriefly(B),
        measured: { A: 'DIAL → ‹connecting>canceled›', B: 'call:incoming → call:canceled' },
        kept: {
          why: 'no answer',
          ours: { A: 'DIAL → ‹connecting>canceled› → call:canceled', B: 'call:incoming → call:canceled' },
        },
      },
    ],
  },
  {
    name: 'unknown-callee',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials somebody who is not signed in',
        act: ({ A }) => A.dial('nobody.there'),
        measured: { A: 'dialing → session:expired' },
        kept: {
          why: 'unknown callee',
          ours: { A: 'DIAL → error 404 * → ‹connecting>disconnected› → call:disconnected' },
        },
      },
      {
        does: 'A dials them again',
        act: ({ A }) => A.dial('nobody.there'),
        measured: { A: 'dialing → session:expired' },
        kept: {
          why: 'unknown callee',
          ours: { A: 'DIAL → error 404 * → ‹connecting>disconnected› → call:disconnected' },
        },
      },
    ],
  },
  {
    name: 'dial-own-address',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials itself',
        act: ({ A }) => A.dial(A),
        measured: { A: 'dialing → session:expired' },
        kept: {
          why: 'unknown callee',
          ours: { A: 'DIAL → error 404 * → ‹connecting>disconnected› → call:disconnected' },
        },
      },
    ],
  },
  {
    name: 'glare-dial',
    begins: 'signed in',
    steps: [
      {
        does: 'A and B dial each other',
        act: ({ A, B }) => A.dialEachOther(B),
        measured: { A: 'DIAL → notification [message]', B: 'DIAL → notification [message]' },
        kept: {
          why: 'busy',
          ...either(
            [
              'DIAL → notification [message] → ‹connecting>rejected› → call:rejected',
              'DIAL → notification [message] → ‹connecting>rejected› → call:rejected',
            ],
            // The first call is there before the second one leaves, which finds a phone that is busy still, or free again.
            [
              'DIAL → notification [message] → ‹connecting>rejected› → call:rejected',
              'dialing → notification [message] → ‹created>connecting› → call:connecting → ‹connecting>rejected› → call:rejected',
            ],
            [
              'DIAL → ‹connecting>rejected› → call:rejected → call:incoming',
              'dialing → notification [message] → ‹created>connecting› → call:connecting',
            ],
          ),
        },
      },
    ],
  },
  {
    name: 'busy-ringing',
    begins: 'signed in',
    steps: [
      dials,
      {
        does: 'C dials B, who rings',
        act: ({ C, B }) => C.dial(B),
        measured: { B: 'notification [message]', C: 'DIAL' },
        kept: {
          why: 'busy',
          ours: { B: 'notification [message]', C: 'DIAL → ‹connecting>rejected› → call:rejected' },
        },
      },
    ],
  },
  {
    name: 'busy-dialing',
    begins: 'signed in',
    steps: [
      bDialsA,
      {
        does: 'C dials B, who is dialing',
        act: ({ C, B }) => C.dial(B),
        measured: { B: 'notification [message]', C: 'DIAL' },
        kept: {
          why: 'busy',
          ours: { B: 'notification [message]', C: 'DIAL → ‹connecting>rejected› → call:rejected' },
        },
      },
    ],
  },
  {
    name: 'answered-elsewhere',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials B, who has two devices',
        act: ({ A, B2 }) => A.dialBeside(B2),
        measured: { A: 'DIAL', B: 'call:incoming', B2: 'call:incoming' },
      },
      {
        does: 'B2 answers',
        act: ({ B2 }) => B2.answer(),
        measured: { A: 'UP', B: 'call:canceled', B2: 'PICK' },
      },
    ],
  },
  {
    name: 'rejected-on-one-device',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials B, who has two devices',
        act: ({ A, B2 }) => A.dialBeside(B2),
        measured: { A: 'DIAL', B: 'call:incoming', B2: 'call:incoming' },
      },
      {
        does: 'B2 rejects',
        act: ({ B2 }) => B2.phone.reject(),
        measured: { A: '‹connecting>rejected› → call:rejected', B: 'call:canceled', B2: 'call:rejected' },
      },
    ],
  },
  {
    name: 'gum-refused-dial',
    begins: 'signed in',
    steps: [
      {
        does: 'A dials, devices refused',
        act: ({ A, B }) => A.withoutDevices(() => A.dial(B)),
        measured: { A: 'dialing → error 0020 *' },
        kept: {
          why: 'refused devices',
          ours: { A: 'dialing → error 0020 * → ‹created>disconnected› → call:disconnected' },
        },
      },
      {
        does: 'A dials again, devices allowed',
        act: ({ A, B }) => A.dial(B),
        measured: { A: 'error 2251 dial' },
        kept: { why: 'refused devices', ours: { A: 'DIAL', B: 'call:incoming' } },
      },
    ],
  },
  {
    name: 'gum-refused-answer',
    begins: 'signed in',
    steps: [
      bDialsA,
      {
        does: 'A answers, devices refused',
        act: ({ A }) => A.withoutDevices(() => A.answer()),
        measured: {
          A: 'answering → error 0020 * → ‹created>rejected› → call:rejected',
          B: '‹connecting>rejected› → call:rejected',
        },
        kept: { why: 'refused devices', ours: { A: 'answering → error 0020 *' } },
      },
      {
        does: 'A answers again, devices allowed',
        act: ({ A }) => A.answer(),
        measured: { A: 'error 2331 answer' },
        kept: { why: 'refused devices', ours: { A: 'PICK', B: 'UP' } },
      },
    ],
  },
  {
    name: 'call-again-index',
    begins: 'in a call',
    steps: [
      hangsUp,
      bDialsA,
      { does: 'A answers', act: ({ A }) => A.answer(), measured: { A: 'PICK', B: 'UP' } },
      { does: 'A hangs up', act: ({ A }) => A.phone.hangup(), measured: { A: 'END', B: 'ENDED' } },
    ],
  },
]

import type { Scenario } from './measured-flows.ts'
import {
  asked,
  either,
  upgrading,
  upgraded,
  downgrading,
  downgraded,
  askedForVideo,
  askedForAudio,
  acceptedVideo,
  holds,
  nothing,
} from './measured-steps.ts'

const heldAsHolding = '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R› → call:held(hold,R)'

/** Hold, mute, tones, and other media. */
export const changes: readonly Scenario[] = [
  {
    name: 'hold-resume-A',
    begins: 'in a call',
    steps: [
      holds,
      { does: 'A resumes', act: ({ A }) => A.phone.resume(), measured: { A: 'RESUME', B: 'RESUMED' } },
      {
        does: 'A holds again',
        act: ({ A }) => A.phone.hold(),
        measured: { A: 'HOLD−', B: asked('hold') },
        kept: { why: 'every hold', ours: { A: 'HOLD', B: 'HELD' } },
      },
      {
        does: 'A resumes again',
        act: ({ A }) => A.phone.resume(),
        measured: { A: 'RESUME−', B: asked('resume') },
        kept: { why: 'every hold', ours: { A: 'RESUME', B: 'RESUMED' } },
      },
    ],
  },
  {
    name: 'hold-resume-B',
    begins: 'in a call',
    steps: [
      { does: 'B holds', act: ({ B }) => B.phone.hold(), measured: { A: 'HELD', B: 'HOLD' } },
      { does: 'B resumes', act: ({ B }) => B.phone.resume(), measured: { A: 'RESUMED', B: 'RESUME' } },
      {
        does: 'B holds again',
        act: ({ B }) => B.phone.hold(),
        measured: { A: asked('hold'), B: 'HOLD−' },
        kept: { why: 'every hold', ours: { A: 'HELD', B: 'HOLD' } },
      },
      {
        does: 'B resumes again',
        act: ({ B }) => B.phone.resume(),
        measured: { A: asked('resume'), B: 'RESUME−' },
        kept: { why: 'every hold', ours: { A: 'RESUMED', B: 'RESUME' } },
      },
    ],
  },
  {
    name: 'hold-resume-A-video',
    begins: 'in a video call',
    steps: [
      { does: 'A holds', act: ({ A }) => A.phone.hold(), measured: { A: 'HOLD video', B: 'HELD video' } },
      { does: 'A resumes', act: ({ A }) => A.phone.resume(), measured: { A: 'RESUME video', B: 'RESUMED video' } },
      {
        does: 'A holds again',
        act: ({ A }) => A.phone.hold(),
        measured: { A: 'HOLD− video', B: '‹connected>modification-accepted –,R› [video]' },
        kept: { why: 'every hold', ours: { A: 'HOLD video', B: 'HELD video' } },
      },
      {
        does: 'A resumes again',
        act: ({ A }) => A.phone.resume(),
        measured: { A: 'RESUME− video', B: '‹modification-accepted>connected resume,R› [video]' },
        kept: { why: 'every hold', ours: { A: 'RESUME video', B: 'RESUMED video' } },
      },
    ],
  },
  {
    name: 'hold-each',
    begins: 'in a call',
    steps: [
      holds,
      {
        does: 'B holds too',
        act: ({ B }) => B.phone.hold(),
        measured: {
          A: '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R›',
          B: 'HOLD−',
        },
        kept: {
          why: 'every hold',
          ours: {
            A: heldAsHolding,
            B: 'HOLD',
          },
        },
      },
      {
        does: 'A resumes',
        act: ({ A }) => A.phone.resume(),
        measured: {
          A: 'RESUME',
          B: '‹held>modification-accepted resume,R› → ‹modification-accepted>held resume,R›',
        },
        kept: {
          why: 'every hold',
          ours: {
            A: 'RESUME',
            B: '‹held>modification-accepted resume,R› → ‹modification-accepted>held resume,R› → call:resumed(resume,R)',
          },
        },
      },
      {
        does: 'B resumes',
        act: ({ B }) => B.phone.resume(),
        measured: { A: asked('–'), B: 'RESUME' },
        kept: { why: 'every hold', ours: { A: 'RESUMED', B: 'RESUME' } },
      },
    ],
  },
  {
    name: 'hold-both-at-once',
    begins: 'in a call',
    steps: [
      {
        does: 'A and B hold at once',
        act: ({ A, B }) => Promise.all([A.phone.hold(), B.phone.hold()]),
        measured: { A: 'error 1401 * → HELD', B: 'HOLD' },
        kept: { why: 'both at once', ...either([`HOLD → ${heldAsHolding}`, 'HELD → HOLD']) },
      },
      {
        does: 'A resumes',
        act: ({ A }) => A.phone.resume(),
        measured: { A: 'error 2603 resume' },
        kept: {
          why: 'both at once',
          ours: {
            A: 'RESUME',
            B: '‹held>modification-accepted resume,R› → ‹modification-accepted>held resume,R› → call:resumed(resume,R)',
          },
        },
      },
    ],
  },
  {
    name: 'hold-A-resume-B',
    begins: 'in a call',
    steps: [
      holds,
      {
        does: 'B resumes',
        act: ({ B }) => B.phone.resume(),
        measured: { B: 'error 2603 resume' },
      },
    ],
  },
  {
    name: 'hold-twice-resume-twice',
    begins: 'in a call',
    steps: [
      nothing('A resumes what is not held', ({ A }) => A.phone.resume(), '2603 resume'),
      holds,
      nothing('A holds again', ({ A }) => A.phone.hold(), '2503 hold'),
      {
        does: 'A hangs up the held call',
        act: ({ A }) => A.phone.hangup(),
        measured: { A: 'END from held', B: 'ENDED' },
      },
    ],
  },
  {
    name: 'hold-by-A-hangup-by-B',
    begins: 'in a call',
    steps: [
      holds,
      {
        does: 'B hangs up the held call',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: 'ENDED from held', B: 'END' },
      },
    ],
  },
  {
    name: 'mute',
    begins: 'in a call',
    steps: [
      { does: 'A mutes', act: ({ A }) => A.phone.mute(), measured: { A: 'call:muted' } },
      { does: 'A mutes again', act: ({ A }) => A.phone.mute(), measured: { A: 'warning [message]' } },
      { does: 'A unmutes', act: ({ A }) => A.phone.unmute(), measured: { A: 'call:unmuted' } },
      { does: 'A unmutes again', act: ({ A }) => A.phone.unmute(), measured: { A: 'warning [message]' } },
      { does: 'B unmutes, not muted', act: ({ B }) => B.phone.unmute(), measured: { B: 'warning [message]' } },
      { does: 'B mutes', act: ({ B }) => B.phone.mute(), measured: { B: 'call:muted' } },
      { does: 'B holds muted', act: ({ B }) => B.phone.hold(), measured: { A: 'HELD', B: 'HOLD' } },
      { does: 'B mutes held', act: ({ B }) => B.phone.mute(), measured: { B: 'warning [message]' } },
      { does: 'B hangs up', act: ({ B }) => B.phone.hangup(), measured: { A: 'ENDED', B: 'END from held' } },
    ],
  },
  {
    name: 'dtmf',
    begins: 'in a call',
    steps: [
      {
        does: 'A sends 1',
        act: ({ A }) => A.phone.sendDTMFTone({ input: '1' }),
        measured: { A: 'dtmf:tone-sending → dtmf:tone-sent [tone=1]' },
      },
      {
        does: 'A sends 12#',
        act: ({ A }) => A.phone.sendDTMFTone({ input: '12#', gap: 60 }),
        measured: { A: 'dtmf:tone-sending → dtmf:tone-sent [tone=1]' },
        kept: {
          why: 'every tone',
          ours: {
            A: 'dtmf:tone-sending → dtmf:tone-sent [tone=1] → dtmf:tone-sending → dtmf:tone-sent [tone=2] → dtmf:tone-sending → dtmf:tone-sent [tone=#]',
          },
        },
      },
      {
        does: 'B sends A,5',
        act: ({ B }) => B.phone.sendDTMFTone({ input: 'A,5', gap: 60 }),
        measured: { B: 'dtmf:tone-sending → dtmf:tone-sent [tone=A]' },
        kept: {
          why: 'every tone',
          ours: { B: 'error 4712 sendDTMFTone' },
        },
      },
      {
        does: 'A sends twice at once',
        act: ({ A }) => Promise.all([A.phone.sendDTMFTone({ input: '7' }), A.phone.sendDTMFTone({ input: '8' })]),
        measured: { A: 'dtmf:tone-sending → dtmf:tone-sending → dtmf:tone-sent [tone=8]' },
        kept: {
          why: 'every tone',
          ours: {
            A: 'dtmf:tone-sending → dtmf:tone-sent [tone=7] → dtmf:tone-sending → dtmf:tone-sent [tone=8]',
          },
        },
      },
      holds,
      nothing('A sends while it holds', ({ A }) => A.phone.sendDTMFTone({ input: '1' }), '4741 sendDTMFTone'),
    ],
  },
  {
    name: 'upgrade-A-downgrade-A',
    begins: 'in a call',
    steps: [
      { does: 'A upgrades', act: ({ A }) => A.phone.upgrade(), measured: { A: upgrading, B: askedForVideo } },
      {
        does: 'B accepts',
        act: ({ B }) => B.phone.acceptModification(),
        measured: { A: upgraded, B: acceptedVideo },
      },
      { does: 'A downgrades', act: ({ A }) => A.phone.downgrade(), measured: { A: downgrading, B: askedForAudio } },
      {
        does: 'B accepts',
        act: ({ B }) => B.phone.acceptModification(),
        measured: { A: downgraded, B: asked('downgrade') },
      },
    ],
  },
  {
    name: 'upgrade-B-downgrade-B',
    begins: 'in a call',
    steps: [
      { does: 'B upgrades', act: ({ B }) => B.phone.upgrade(), measured: { A: askedForVideo, B: upgrading } },
      {
        does: 'A accepts',
        act: ({ A }) => A.phone.acceptModification(),
        measured: { A: acceptedVideo, B: upgraded },
      },
      { does: 'B downgrades', act: ({ B }) => B.phone.downgrade(), measured: { A: askedForAudio, B: downgrading } },
      {
        does: 'A accepts',
        act: ({ A }) => A.phone.acceptModification(),
        measured: { A: asked('downgrade'), B: downgraded },
      },
    ],
  },
  {
    name: 'upgrade-A-downgrade-B',
    begins: 'in a call',
    steps: [
      { does: 'A upgrades', act: ({ A }) => A.phone.upgrade(), measured: { A: upgrading, B: askedForVideo } },
      {
        does: 'B accepts',
        act: ({ B }) => B.phone.acceptModification(),
        measured: { A: upgraded, B: acceptedVideo },
      },
      { does: 'B downgrades', act: ({ B }) => B.phone.downgrade(), measured: { A: askedForAudio, B: downgrading } },
      {
        does: 'A accepts',
        act: ({ A }) => A.phone.acceptModification(),
        measured: { A: asked('downgrade'), B: downgraded },
      },
      nothing('A downgrades', ({ A }) => A.phone.downgrade(), '4504 downgrade'),
    ],
  },
  {
    name: 'downgrade-rejected',
    begins: 'in a video call',
    steps: [
      { does: 'B downgrades', act: ({ B }) => B.phone.downgrade(), measured: { A: askedForAudio, B: downgrading } },
      {
        does: 'A rejects',
        act: ({ A }) => A.phone.rejectModification(),
        measured: { A: asked('downgrade', 'video'), B: '‹modification-initiated>connected downgrade,I›' },
        kept: { why: 'refused downgrade', ours: { A: asked('downgrade'), B: downgraded } },
      },
    ],
  },
  {
    name: 'upgrade-both-at-once',
    begins: 'in a call',
    steps: [
      {
        does: 'A and B upgrade at once',
        act: ({ A, B }) => Promise.all([A.phone.upgrade(), B.phone.upgrade()]),
        measured: {
          A: `media:established(–,R) [video] → error 1401 * → ${asked('–', 'video')}`,
          B: `${upgrading} → ${upgraded}`,
        },
        kept: {
          why: 'both at once',
          ...either(
            [upgrading, `${upgrading} → ‹modification-initiated>connected upgrade,I› → ${askedForVideo}`],
            // The camera took longer than the other side's request.
            [upgrading, askedForVideo],
          ),
        },
      },
      {
        does: 'each accepts',
        act: ({ A, B }) => Promise.all([A.phone.acceptModification(), B.phone.acceptModification()]),
        measured: { A: 'error 4304 acceptModification', B: 'error 4304 acceptModification' },
        kept: {
          why: 'both at once',
          ...either([`error 4304 acceptModification → ${upgraded}`, acceptedVideo]),
        },
      },
    ],
  },
  {
    name: 'upgrade-rejected',
    begins: 'in a call',
    steps: [
      { does: 'A upgrades', act: ({ A }) => A.phone.upgrade(), measured: { A: upgrading, B: askedForVideo } },
      {
        does: 'B rejects',
        act: ({ B }) => B.phone.rejectModification(),
        measured: { A: '‹modification-initiated>connected upgrade,I› [video]', B: asked('upgrade') },
        kept: {
          why: 'refused picture',
          ours: { A: '‹modification-initiated>connected upgrade,I› [video]', B: acceptedVideo },
        },
      },
      {
        does: 'B upgrades',
        act: ({ B }) => B.phone.upgrade(),
        measured: {
          A: `media:established(–,R) [video] → ${asked('–', 'video')}`,
          B: `${upgrading} → ${upgraded}`,
        },
        kept: { why: 'refused picture', ours: { B: `${upgrading} → ${upgraded}` } },
      },
      nothing('A rejects, not asked', ({ A }) => A.phone.rejectModification(), '4404 rejectModification'),
      nothing('A upgrades the video call', ({ A }) => A.phone.upgrade(), '4604 upgrade'),
      nothing('A accepts, not asked', ({ A }) => A.phone.acceptModification(), '4304 acceptModification'),
    ],
  },
  {
    name: 'upgrade-withdrawn',
    begins: 'in a call',
    steps: [
      { does: 'A upgrades', act: ({ A }) => A.phone.upgrade(), measured: { A: upgrading, B: askedForVideo } },
      nothing('A cancels while it waits', ({ A }) => A.phone.cancel(), '2902 cancel'),
      nothing('A downgrades while it waits', ({ A }) => A.phone.downgrade(), '4503 downgrade'),
      nothing('A holds while it waits', ({ A }) => A.phone.hold(), '2503 hold'),
      {
        does: 'B holds while asked',
        act: ({ B }) => B.phone.hold(),
        measured: { B: 'error 0000 *' },
        kept: { why: 'asked', ours: { B: 'error 2503 hold' } },
      },
      {
        does: 'A hangs up while it waits',
        act: ({ A }) => A.phone.hangup(),
        measured: { A: 'END video from modification-initiated by upgrade,I', B: 'ENDED by upgrade,R' },
      },
    ],
  },
  {
    name: 'upgrade-hangup-by-asked',
    begins: 'in a call',
    steps: [
      { does: 'A upgrades', act: ({ A }) => A.phone.upgrade(), measured: { A: upgrading, B: askedForVideo } },
      {
        does: 'B hangs up while asked',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: 'ENDED video from modification-initiated by upgrade,I', B: 'END by upgrade,R' },
      },
    ],
  },
  {
    name: 'upgrade-held',
    begins: 'in a call',
    steps: [
      holds,
      nothing('A upgrades the held call', ({ A }) => A.phone.upgrade(), '4603 upgrade'),
      {
        does: 'B upgrades the call A holds',
        act: ({ B }) => B.phone.upgrade(),
        measured: {
          A: '‹held>modification-accepted –,R› → ‹modification-accepted>held –,R›',
          B: `${upgrading} → ‹modification-initiated>connected upgrade,I› [video]`,
        },
        kept: {
          why: 'asked while holding',
          ours: { A: 'media:established(upgrade,R) → call:media-modification(upgrade,R) [new=video]', B: upgrading },
        },
      },
    ],
  },
  {
    name: 'upgrade-video-downgrade-audio',
    begins: 'in a call',
    steps: [
      nothing('A downgrades an audio call', ({ A }) => A.phone.downgrade(), '4504 downgrade'),
      nothing('A accepts, not asked', ({ A }) => A.phone.acceptModification(), '4304 acceptModification'),
      nothing('A rejects, not asked', ({ A }) => A.phone.rejectModification(), '4404 rejectModification'),
    ],
  },
]

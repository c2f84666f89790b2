import type { Scenario } from './measured-flows.ts'
import {
  asked,
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
    ],
  },
  {
    name: 'hold-resume-A-video',
    begins: 'in a video call',
    steps: [
      { does: 'A holds', act: ({ A }) => A.phone.hold(), measured: { A: 'HOLD video', B: 'HELD video' } },
      { does: 'A resumes', act: ({ A }) => A.phone.resume(), measured: { A: 'RESUME video', B: 'RESUMED video' } },
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
            A: '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R› → call:held(hold,R)',
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
      nothing('A rejects, not asked', ({ A }) => A.phone.rejectModification(), '4404 rejectModification'),
      nothing('A upgrades the video call', ({ A }) => A.phone.upgrade(), '4604 upgrade'),
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
        does: 'A hangs up while it waits',
        act: ({ A }) => A.phone.hangup(),
        measured: { A: 'END video from modification-initiated', B: 'ENDED' },
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
        measured: { A: 'ENDED video from modification-initiated', B: 'END' },
      },
    ],
  },
  {
    name: 'upgrade-held',
    begins: 'in a call',
    steps: [holds, nothing('A upgrades the held call', ({ A }) => A.phone.upgrade(), '4603 upgrade')],
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

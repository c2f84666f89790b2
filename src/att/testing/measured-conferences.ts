import type { Scenario, Step } from './measured-flows.ts'
import { asked, switched } from './measured-steps.ts'

const invitesB: Step = {
  does: 'H invites B',
  act: ({ H, B }) => H.hostAndInvite(B),
  measured: { B: 'conference:invitation-received' },
}
const bJoins: Step = {
  does: 'B joins',
  act: ({ B }) => B.phone.joinConference({}),
  measured: { B: 'JOIN' },
}
const holdsConference =
  '‹connected>modification-initiated hold,I› → ‹modification-initiated>held hold,I› → conference:held(hold,I)'
const resumesConference =
  '‹held>modification-initiated resume,I› → media:established(resume,I) → ‹modification-initiated>connected resume,I›'
const leaves = '‹connected>disconnecting› → conference:disconnecting → ‹disconnecting>disconnected› → conference:ended'
const heldByHost = asked('hold', 'video') + ' → conference:held(hold,R) [video]'
const resumedByHost = asked('resume', 'video') + ' → conference:resumed(resume,R) [video]'
/** The same events of a call that is not the first. */
const behind = (index: number, row: string): string =>
  row
    .split(' → ')
    .map((event) => `${event} [#${index}]`)
    .join(' → ')

/** What those hear who take part in a conference. H hosts, by the engine. */
export const conferences: readonly Scenario[] = [
  {
    name: 'conf-audio-join-leave',
    begins: 'signed in',
    steps: [
      invitesB,
      bJoins,
      {
        does: 'B holds',
        act: ({ B }) => B.phone.hold(),
        measured: { B: '‹connected>modification-initiated hold,I›' },
        kept: { why: 'holding a conference', ours: { B: holdsConference } },
      },
      {
        does: 'B resumes',
        act: ({ B }) => B.phone.resume(),
        measured: { B: 'error 2603 resume' },
        kept: { why: 'holding a conference', ours: { B: `${resumesConference} → conference:resumed(resume,I)` } },
      },
      {
        does: 'B mutes',
        act: ({ B }) => B.phone.mute(),
        measured: { B: 'call:muted(hold,I)' },
        kept: { why: 'holding a conference', ours: { B: 'call:muted' } },
      },
      { does: 'B upgrades', act: ({ B }) => B.phone.upgrade(), measured: { B: 'error 4605 upgrade' } },
      {
        does: 'B invites',
        act: ({ B }) => B.phone.addParticipant('nobody.there'),
        measured: { B: 'conference:invitation-sending → error 501 *' },
        kept: { why: 'inviting as a participant', ours: { B: 'error 3631 addParticipant' } },
      },
      {
        does: 'B asks who takes part',
        act: ({ B }) => B.phone.getParticipants(),
        measured: {},
        kept: { why: 'inviting as a participant', ours: { B: 'error 3402 getParticipants' } },
      },
      {
        does: 'B leaves by endConference',
        act: ({ B }) => B.phone.endConference(),
        measured: {
          B: '‹modification-initiated>disconnecting hold,I› → conference:disconnecting(hold,I) → ‹disconnecting>disconnected hold,I› → conference:ended(hold,I)',
        },
        kept: { why: 'holding a conference', ours: { B: leaves } },
      },
    ],
  },
  {
    name: 'conf-leave-by-hangup',
    begins: 'signed in',
    steps: [
      invitesB,
      bJoins,
      {
        does: 'B hangs up',
        act: ({ B }) => B.phone.hangup(),
        measured: {
          B: '‹connected>disconnecting› → call:disconnecting → ‹disconnecting>disconnected› → conference:ended',
        },
        kept: {
          why: 'leaving a conference',
          ours: {
            B: leaves,
          },
        },
      },
    ],
  },
  {
    name: 'conf-host-hangup',
    begins: 'signed in',
    steps: [
      invitesB,
      bJoins,
      {
        does: 'H hangs up',
        act: ({ H }) => H.phone.hangup(),
        measured: { B: '‹connected>disconnected› → conference:ended' },
      },
    ],
  },
  {
    name: 'conf-rejected',
    begins: 'signed in',
    steps: [
      invitesB,
      {
        does: 'B hangs up the invitation',
        act: ({ B }) => B.phone.hangup(),
        measured: { B: 'error 2402 hangup' },
      },
      {
        does: 'B rejects by reject()',
        act: ({ B }) => B.phone.reject(),
        measured: { B: 'conference:invitation-rejected' },
      },
    ],
  },
  {
    name: 'conf-rejected-as-such',
    begins: 'signed in',
    steps: [
      invitesB,
      {
        does: 'B rejects',
        act: ({ B }) => B.phone.rejectConference(),
        measured: { B: 'conference:invitation-rejected' },
      },
    ],
  },
  {
    name: 'conf-withdrawn',
    begins: 'signed in',
    steps: [
      invitesB,
      {
        does: 'H removes the invited B',
        act: ({ H, B }) => H.phone.removeParticipant(B.address),
        measured: { B: 'conference:canceled' },
      },
    ],
  },
  {
    name: 'conf-answered-by-answer',
    begins: 'signed in',
    steps: [
      invitesB,
      {
        does: 'B answers by answer()',
        act: ({ B }) => B.answer(),
        measured: { B: 'PICK' },
        kept: {
          why: 'answering an invitation',
          ours: { B: 'JOIN' },
        },
      },
    ],
  },
  {
    name: 'conf-join-hold-end',
    begins: 'signed in',
    steps: [
      {
        does: 'H invites B with video',
        act: ({ H, B }) => H.hostAndInvite(B, 'video'),
        measured: { B: 'conference:invitation-received [video]' },
      },
      { does: 'B joins', act: ({ B }) => B.phone.joinConference({}), measured: { B: 'JOIN video' } },
      {
        does: 'H invites C',
        act: ({ H, C }) => H.phone.addParticipant(C.address),
        measured: { C: 'conference:invitation-received [video]' },
      },
      { does: 'C joins', act: ({ C }) => C.phone.joinConference({}), measured: { C: 'JOIN video' } },
      {
        does: 'H holds',
        act: ({ H }) => H.phone.hold(),
        measured: {},
        kept: { why: 'holding a conference', ours: { B: heldByHost, C: heldByHost } },
      },
      {
        does: 'H resumes',
        act: ({ H }) => H.phone.resume(),
        measured: { B: 'media:established(–,R) [video]', C: 'media:established(–,R) [video]' },
        kept: { why: 'holding a conference', ours: { B: resumedByHost, C: resumedByHost } },
      },
      {
        does: 'H removes B',
        act: ({ H, B }) => H.phone.removeParticipant(B.address),
        measured: { B: '‹connected>disconnected –,R› [video] → conference:ended(–,R) [video]' },
        kept: {
          why: 'holding a conference',
          ours: { B: '‹connected>disconnected› [video] → conference:ended [video]' },
        },
      },
      {
        does: 'H ends',
        act: ({ H }) => H.phone.endConference(),
        measured: { C: '‹connected>disconnected –,R› [video] → conference:ended(–,R) [video]' },
        kept: {
          why: 'holding a conference',
          ours: { C: '‹connected>disconnected› [video] → conference:ended [video]' },
        },
      },
    ],
  },
  {
    name: 'conf-ended-while-invited',
    begins: 'signed in',
    steps: [
      invitesB,
      {
        does: 'H ends while B is invited',
        act: ({ H }) => H.phone.endConference(),
        measured: { B: 'conference:canceled' },
      },
    ],
  },
  {
    name: 'conf-invited-in-a-call',
    begins: 'in a call',
    steps: [
      {
        does: 'H invites A, who talks to B',
        act: ({ H, A }) => H.hostAndInvite(A),
        measured: { A: 'conference:invitation-received' },
      },
      {
        does: 'A joins with hold',
        act: ({ A }) => A.phone.joinConference({ action: 'hold' }),
        measured: {
          A: `HOLD → JOIN#2 bg created>connecting,connecting>connected → ${switched('1 to B', '2 from H')}`,
          B: 'HELD',
        },
      },
      {
        does: 'A switches',
        act: ({ A }) => A.phone.switchCall(),
        measured: {
          A: `${behind(2, holdsConference)} → ${switched('2 from H', '1 to B')} → RESUME`,
          B: 'RESUMED',
        },
      },
      {
        does: 'H ends',
        act: ({ H }) => H.phone.endConference(),
        measured: { A: '‹held>disconnected› [bg #2] → conference:ended [bg #2]' },
      },
    ],
  },
  {
    name: 'conf-joined-then-call',
    begins: 'signed in',
    steps: [
      invitesB,
      bJoins,
      {
        does: 'C dials B, who is in a conference',
        act: ({ B, C }) => C.dial(B),
        measured: { B: 'call:incoming', C: 'DIAL' },
      },
      {
        does: 'B answers with hold',
        act: ({ B }) => B.answer('hold'),
        measured: {
          B: `${holdsConference} → PICK#2 bg created>connecting,connecting>connected → ${switched('1 from H', '2 from C')}`,
          C: 'UP',
        },
      },
      {
        does: 'B hangs up the call',
        act: ({ B }) => B.phone.hangup(),
        measured: {
          B: `END#2 bg disconnected → ${switched('–', '1 from H')} → ${resumesConference}`,
          C: 'ENDED',
        },
        kept: {
          why: 'holding a conference',
          ours: {
            B: `END#2 bg disconnected → ${switched('–', '1 from H')} → ${resumesConference} → conference:resumed(resume,I)`,
            C: 'ENDED',
          },
        },
      },
    ],
  },
  {
    name: 'conf-hosted',
    begins: 'signed in',
    steps: [
      {
        does: 'A starts a conference',
        act: ({ A }) => A.phone.startConference({ mediaType: 'audio' }),
        measured: { A: 'error 501 *' },
        kept: {
          why: 'hosting works',
          ours: {
            A: '‹created>connecting› → conference:connecting [no codec] → ‹connecting>connected› → conference:connected → media:established',
          },
        },
      },
      {
        does: 'A invites B',
        act: ({ A, B }) => A.phone.addParticipant(B.address),
        measured: {},
        kept: {
          why: 'hosting works',
          ours: {
            A: 'conference:invitation-sending → conference:invitation-sent',
            B: 'conference:invitation-received',
          },
        },
      },
      {
        does: 'B joins',
        act: ({ B }) => B.phone.joinConference({}),
        measured: { B: 'error 3231 joinConference' },
        kept: { why: 'hosting works', ours: { A: 'conference:invitation-accepted', B: 'JOIN' } },
      },
      {
        does: 'A ends',
        act: ({ A }) => A.phone.endConference(),
        measured: { A: 'error 3502 endConference' },
        kept: { why: 'hosting works', ours: { A: leaves, B: '‹connected>disconnected› → conference:ended' } },
      },
    ],
  },
]

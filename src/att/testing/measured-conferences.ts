import type { Scenario } from './measured-flows.ts'

/** What those hear who take part in a conference. H hosts, by the engine. */
export const conferences: readonly Scenario[] = [
  {
    name: 'conf-audio-join-leave',
    begins: 'signed in',
    steps: [
      {
        does: 'H invites B',
        act: ({ H, B }) => H.hostAndInvite(B),
        measured: { B: 'conference:invitation-received' },
      },
      {
        does: 'B joins',
        act: ({ B }) => B.phone.joinConference({}),
        measured: {
          B: 'conference:joining → media:established → ‹created>connecting› → conference:connecting → ‹connecting>connected› → conference:connected',
        },
      },
      {
        does: 'B leaves by endConference',
        act: ({ B }) => B.phone.endConference(),
        measured: {
          B: '‹connected>disconnecting› → conference:disconnecting → ‹disconnecting>disconnected› → conference:ended',
        },
      },
    ],
  },
  {
    name: 'conf-leave-by-hangup',
    begins: 'signed in',
    steps: [
      {
        does: 'H invites B',
        act: ({ H, B }) => H.hostAndInvite(B),
        measured: { B: 'conference:invitation-received' },
      },
      {
        does: 'B joins',
        act: ({ B }) => B.phone.joinConference({}),
        measured: {
          B: 'conference:joining → media:established → ‹created>connecting› → conference:connecting → ‹connecting>connected› → conference:connected',
        },
      },
      {
        does: 'B hangs up',
        act: ({ B }) => B.phone.hangup(),
        measured: {
          B: '‹connected>disconnecting› → call:disconnecting → ‹disconnecting>disconnected› → conference:ended',
        },
        kept: {
          why: 'leaving a conference',
          ours: {
            B: '‹connected>disconnecting› → conference:disconnecting → ‹disconnecting>disconnected› → conference:ended',
          },
        },
      },
    ],
  },
  {
    name: 'conf-host-hangup',
    begins: 'signed in',
    steps: [
      {
        does: 'H invites B',
        act: ({ H, B }) => H.hostAndInvite(B),
        measured: { B: 'conference:invitation-received' },
      },
      {
        does: 'B joins',
        act: ({ B }) => B.phone.joinConference({}),
        measured: {
          B: 'conference:joining → media:established → ‹created>connecting› → conference:connecting → ‹connecting>connected› → conference:connected',
        },
      },
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
      {
        does: 'H invites B',
        act: ({ H, B }) => H.hostAndInvite(B),
        measured: { B: 'conference:invitation-received' },
      },
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
    name: 'conf-withdrawn',
    begins: 'signed in',
    steps: [
      {
        does: 'H invites B',
        act: ({ H, B }) => H.hostAndInvite(B),
        measured: { B: 'conference:invitation-received' },
      },
      {
        does: 'H ends while B is invited',
        act: ({ H }) => H.phone.endConference(),
        measured: { B: 'conference:canceled' },
      },
    ],
  },
  {
    name: 'conf-answered-by-answer',
    begins: 'signed in',
    steps: [
      {
        does: 'H invites B',
        act: ({ H, B }) => H.hostAndInvite(B),
        measured: { B: 'conference:invitation-received' },
      },
      {
        does: 'B answers by answer()',
        act: ({ B }) => B.answer(),
        measured: { B: 'PICK' },
        kept: {
          why: 'answering an invitation',
          ours: {
            B: 'conference:joining → media:established → ‹created>connecting› → conference:connecting → ‹connecting>connected› → conference:connected',
          },
        },
      },
    ],
  },
]

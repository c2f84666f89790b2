import type { Scenario, Step } from './measured-flows.ts'
import {
  acceptedVideo,
  asked,
  askedForVideo,
  bDialsA,
  dials,
  holds,
  nothing,
  switched,
  upgraded,
  upgrading,
} from './measured-steps.ts'

const bHolds: Step = { does: 'B holds', act: ({ B }) => B.phone.hold(), measured: { A: 'HELD', B: 'HOLD' } }
const upgrades: Step = {
  does: 'A upgrades',
  act: ({ A }) => A.phone.upgrade(),
  measured: { A: upgrading, B: askedForVideo },
}
const bUpgrades: Step = {
  does: 'B upgrades',
  act: ({ B }) => B.phone.upgrade(),
  measured: { A: askedForVideo, B: upgrading },
}
const mutes: readonly Step[] = [
  { does: 'A mutes', act: ({ A }) => A.phone.mute(), measured: { A: 'call:muted' } },
  { does: 'A unmutes', act: ({ A }) => A.phone.unmute(), measured: { A: 'call:unmuted' } },
]
/** The same while video is asked for, and who asks for it. */
const mutesWhile = (change: string): readonly Step[] =>
  mutes.map((step) => ({ ...step, measured: { A: `${step.measured.A ?? ''}${change}` } }))

const links: Step = {
  does: 'A links an address',
  act: ({ A }) => A.phone.associateE911Id({ e911Id: 'e-1' }),
  measured: { A: 'address-updated' },
}
const startsConference = (measured: Step['measured'], kept: NonNullable<Step['kept']>): Step => ({
  does: 'A starts a conference',
  act: ({ A }) => A.phone.startConference({ mediaType: 'audio' }),
  measured,
  kept,
})
/** A conference that this side hosts; with another call behind it, the second one. */
const hostsAlone =
  '‹created>connecting› → conference:connecting [no codec] → ‹connecting>connected› → conference:connected → media:established'
const hostsSecond =
  '‹created>connecting› [#2] → conference:connecting [#2 no codec] → ‹connecting>connected› [#2] → conference:connected [#2] → media:established [#2]'
const hostsBeside = `‹created>connecting› [bg #2] → conference:connecting [#2 no codec] → ‹connecting>connected› [bg #2] → conference:connected [#2] → ${switched('1 to B', '2')} → media:established [#2]`
const hostsBesideVideo = hostsBeside.replace('1 to B', '1 to B video')
const takesBack = '‹modification-initiated>connected upgrade,I›'
const addsSomebody = (measured: Step['measured'], kept: NonNullable<Step['kept']>): Step => ({
  does: 'A adds C',
  act: ({ A, C }) => A.addCall(C),
  measured,
  kept,
})

/** Methods in states where they do something that no other scenario tells. */
export const inStates: readonly Scenario[] = [
  {
    name: 'rejectConference-rung',
    begins: 'signed in',
    steps: [
      bDialsA,
      {
        does: 'A declines by rejectConference',
        act: ({ A }) => A.phone.rejectConference(),
        measured: { A: 'call:rejected', B: '‹connecting>rejected› → call:rejected' },
      },
    ],
  },
  {
    name: 'dial-dialing',
    begins: 'signed in',
    steps: [
      dials,
      links,
      {
        does: 'A dials somebody else, who is not signed in',
        act: ({ A }) => A.dial('nobody.there'),
        measured: { A: 'dialing → session:expired' },
        kept: { why: 'one at a time', ours: { A: 'error 2251 dial' } },
      },
    ],
  },
  {
    name: 'dial-rung',
    begins: 'signed in',
    steps: [
      bDialsA,
      links,
      {
        does: 'A dials somebody else, who is not signed in',
        act: ({ A }) => A.dial('nobody.there'),
        measured: { A: 'dialing → session:expired' },
        kept: {
          why: 'unknown callee',
          ours: {
            A: 'dialing → ‹created>connecting› [#2] → call:connecting [#2] → error 404 * → ‹connecting>disconnected› [#2] → call:disconnected [#2]',
          },
        },
      },
      { does: 'A answers', act: ({ A }) => A.answer(), measured: { A: 'PICK', B: 'UP' } },
    ],
  },
  {
    name: 'startConference-dialing',
    begins: 'signed in',
    steps: [
      dials,
      startsConference(
        { A: 'error 501 *' },
        {
          why: 'hosting works',
          ours: { A: `‹connecting>canceled› → call:canceled → ${hostsAlone}`, B: 'call:canceled' },
        },
      ),
    ],
  },
  {
    name: 'startConference-rung',
    begins: 'signed in',
    steps: [bDialsA, startsConference({}, { why: 'beside what rings', ours: { A: hostsSecond } })],
  },
  {
    name: 'startConference-connected',
    begins: 'in a call',
    steps: [
      startsConference(
        {
          A: '‹connected>modification-initiated hold,I› → call:modification-in-progress(hold,I)',
          B: asked('hold'),
        },
        { why: 'hosting works', ours: { A: `HOLD → ${hostsBeside}`, B: 'HELD' } },
      ),
    ],
  },
  {
    name: 'startConference-holding',
    begins: 'in a call',
    steps: [
      holds,
      startsConference({ A: 'conference:held → error 501 *' }, { why: 'hosting works', ours: { A: hostsBeside } }),
    ],
  },
  {
    name: 'startConference-held',
    begins: 'in a call',
    steps: [
      bHolds,
      startsConference(
        {
          A: '‹connected>modification-initiated hold,I› → call:modification-in-progress(hold,I) → ‹modification-initiated>held hold,I› → conference:held',
          B: '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R›',
        },
        {
          why: 'hosting works',
          ours: {
            A: `HOLD → ${hostsBeside}`,
            B: '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R› → call:held(hold,R)',
          },
        },
      ),
    ],
  },
  {
    name: 'startConference-waiting',
    begins: 'in a call',
    steps: [
      upgrades,
      startsConference(
        { A: 'error 1401 *' },
        { why: 'making room', ours: { A: `${takesBack} → HOLD → ${hostsBeside}`, B: 'HELD' } },
      ),
    ],
  },
  {
    name: 'startConference-asked',
    begins: 'in a call',
    steps: [
      bUpgrades,
      startsConference(
        { A: 'error 0000 *' },
        {
          why: 'making room',
          ours: {
            A: `${acceptedVideo} → HOLD video → ${hostsBesideVideo}`,
            B: `${takesBack} [video] → HELD video`,
          },
        },
      ),
    ],
  },
  {
    name: 'addCall-waiting',
    begins: 'in a call',
    steps: [
      upgrades,
      addsSomebody(
        { A: 'error 1401 *' },
        {
          why: 'making room',
          ours: { A: `${takesBack} → HOLD → DIAL#2 bg created>connecting`, B: 'HELD', C: 'call:incoming' },
        },
      ),
      {
        does: 'B accepts what was taken back',
        act: ({ B }) => B.phone.acceptModification(),
        measured: { B: 'error 4304 acceptModification' },
      },
      {
        does: 'B hangs up',
        act: ({ B }) => B.phone.hangup(),
        measured: { A: 'ENDED from held', B: 'END' },
      },
    ],
  },
  {
    name: 'addCall-asked',
    begins: 'in a call',
    steps: [
      bUpgrades,
      addsSomebody(
        { A: 'error 0000 *' },
        {
          why: 'making room',
          ours: {
            A: `${acceptedVideo} → HOLD video → DIAL#2 bg created>connecting`,
            B: `${takesBack} [video] → HELD video`,
            C: 'call:incoming',
          },
        },
      ),
    ],
  },
  {
    name: 'addCall-held',
    begins: 'in a call',
    steps: [
      bHolds,
      {
        does: 'A adds C',
        act: ({ A, C }) => A.addCall(C),
        measured: {
          A: 'HOLD → DIAL#2 bg created>connecting',
          B: '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R›',
          C: 'call:incoming',
        },
        kept: {
          why: 'every hold',
          ours: {
            A: 'HOLD → DIAL#2 bg created>connecting',
            B: '‹held>modification-accepted hold,R› → ‹modification-accepted>held hold,R› → call:held(hold,R)',
            C: 'call:incoming',
          },
        },
      },
    ],
  },
  {
    name: 'move-held',
    begins: 'in a call',
    steps: [
      bHolds,
      {
        does: 'A moves, and has no other device',
        act: ({ A }) => A.phone.move(),
        measured: { A: 'error 501 *' },
        kept: { why: 'hand-overs work', ours: { A: 'error 404 *' } },
      },
    ],
  },
  {
    name: 'move-asked',
    begins: 'in a call',
    steps: [
      bUpgrades,
      {
        does: 'A moves',
        act: ({ A }) => A.phone.move(),
        measured: { A: 'error 0000 *' },
        kept: { why: 'asked', ours: { A: 'error 1401 *' } },
      },
    ],
  },
  { name: 'mute-holding', begins: 'in a call', steps: [holds, ...mutes] },
  { name: 'mute-held', begins: 'in a call', steps: [bHolds, ...mutes] },
  { name: 'mute-waiting', begins: 'in a call', steps: [upgrades, ...mutesWhile('(upgrade,I) [video]')] },
  { name: 'mute-asked', begins: 'in a call', steps: [bUpgrades, ...mutesWhile('(upgrade,R)')] },
  {
    name: 'tone-held',
    begins: 'in a call',
    steps: [
      bHolds,
      {
        does: 'A sends 1',
        act: ({ A }) => A.phone.sendDTMFTone({ input: '1' }),
        measured: { A: 'dtmf:tone-sending → error 0000 *' },
        kept: { why: 'tones to a holder', ours: { A: 'error 501 *' } },
      },
    ],
  },
  {
    name: 'tone-asked',
    begins: 'in a call',
    steps: [
      bUpgrades,
      {
        does: 'A sends 1',
        act: ({ A }) => A.phone.sendDTMFTone({ input: '1' }),
        measured: { A: 'dtmf:tone-sending(upgrade,R) → dtmf:tone-sent(upgrade,R) [tone=1]' },
      },
    ],
  },
  {
    name: 'upgrade-asked',
    begins: 'in a call',
    steps: [
      bUpgrades,
      {
        does: 'A upgrades, too',
        act: ({ A }) => A.phone.upgrade(),
        measured: { A: acceptedVideo, B: upgraded },
        kept: { why: 'asked', ours: { A: 'error 4603 upgrade' } },
      },
    ],
  },
  {
    name: 'hangup-held',
    begins: 'in a call',
    steps: [
      bHolds,
      links,
      { does: 'A hangs up', act: ({ A }) => A.phone.hangup(), measured: { A: 'END', B: 'ENDED from held' } },
    ],
  },
  {
    name: 'logout-asked',
    begins: 'in a call',
    steps: [
      bUpgrades,
      nothing('A switches with one call', ({ A }) => A.phone.switchCall(), '4203 switch'),
      {
        does: 'A signs out',
        act: ({ A }) => A.phone.logout(),
        measured: {
          A: '‹connected>disconnecting upgrade,R› → ‹disconnecting>disconnected upgrade,R› → call:disconnected(upgrade,R) → session:disconnected',
          B: 'ENDED video from modification-initiated by upgrade,I',
        },
      },
    ],
  },
]

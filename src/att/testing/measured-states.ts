import type { Reason } from './reasons.ts'

/*
 * What the methods of SDK 1.0.2 tell in the states in which they are refused. Who is invited to a conference was measured
 * for `hangup` alone: the rest of that column is what a call that rings gave.
 */

export const callStates = [
  'signed out',
  'signed in',
  'dialing',
  'rung',
  'invited',
  'connected',
  'holding',
  'held',
  'waiting for video',
  'asked for video',
] as const
export type CallState = (typeof callStates)[number]

export interface MethodRow {
  readonly method: string
  readonly given?: readonly unknown[]
  /** Codes by state, in the order of the states; `.` where the method does something, which the flows tell. */
  readonly measured: string
  /** Where att.js differs. */
  readonly kept?: Readonly<Partial<Record<CallState, { readonly why: Reason; readonly ours: string }>>>
}

export const methodsInStates: readonly MethodRow[] = [
  {
    method: 'answer',
    given: [{}],
    measured: '2321 2331 1003 . . 2331 2331 2331 2331 2331',
    kept: { dialing: { why: 'nothing rings', ours: '2331' } },
  },
  {
    method: 'answer',
    given: [{ action: 'hold' }],
    measured: '2321 2331 1003 . . 2331 2331 2331 2331 2331',
    kept: { dialing: { why: 'nothing rings', ours: '2331' } },
  },
  { method: 'joinConference', given: [{}], measured: '3221 3231 3231 3231 . 3231 3231 3231 3231 3231' },
  {
    method: 'rejectConference',
    measured: '3301 3302 1003 . . 3302 3302 3302 3302 3302',
    kept: { dialing: { why: 'nothing rings', ours: '3302' } },
  },
  { method: 'endConference', measured: '3501 3502 3502 3502 3502 3502 3502 3502 3502 3502' },
  { method: 'getParticipants', measured: '3401 3402 3402 3402 3402 3402 3402 3402 3402 3402' },
  {
    method: 'addParticipant',
    given: ['somebody'],
    measured: '3621 throws throws throws throws 3631 3631 3631 3631 3631',
    kept: {
      'signed in': { why: 'nothing is thrown', ours: '3631' },
      dialing: { why: 'nothing is thrown', ours: '3631' },
      rung: { why: 'nothing is thrown', ours: '3631' },
      invited: { why: 'nothing is thrown', ours: '3631' },
    },
  },
  { method: 'removeParticipant', given: ['somebody'], measured: '3721 3731 3731 3731 3731 3731 3731 3731 3731 3731' },
  { method: 'acceptModification', measured: '4301 4302 4302 4302 4302 4304 4304 4304 4304 .' },
  { method: 'rejectModification', measured: '4401 4402 4402 4402 4402 4404 4404 4404 4404 .' },
  { method: 'switchCall', measured: '4201 4202 4202 4202 4202 4203 4203 4203 4203 4203' },
  { method: 'transfer', measured: '4101 4102 4102 4102 4102 4105 4105 4105 4105 4105' },
  {
    method: 'cancel',
    measured: '2901 2902 . silence silence 2902 2902 2902 2902 2902',
    kept: {
      rung: { why: 'cancel of an incoming call', ours: '2902' },
      invited: { why: 'cancel of an incoming call', ours: '2902' },
    },
  },
  { method: 'reject', measured: '3001 3002 3002 . . 3002 3002 3002 3002 3002' },
  { method: 'sendDTMFTone', given: [{ input: '1' }], measured: '4721 4731 4731 4731 4731 . 4741 . 4741 .' },
  { method: 'unmute', measured: '2801 2802 2802 2802 2802 . . . . .' },
  { method: 'mute', measured: '2701 2702 2702 2702 2702 . . . . .' },
  {
    method: 'downgrade',
    measured: '4501 4502 4502 4502 4502 4504 4503 4504 . 4504',
    kept: { 'asked for video': { why: 'asked', ours: '4504' } },
  },
  { method: 'upgrade', measured: '4601 4602 4602 4602 4602 . 4603 . 4604 .' },
  {
    method: 'dial',
    given: [{ destination: 'somebody', mediaType: 'audio' }],
    measured: '2241 . . . . 2252 2252 2252 2252 2252',
  },
  {
    method: 'addCall',
    given: [{ destination: 'somebody', mediaType: 'audio' }],
    measured: '3941 . 3951 3951 3951 . . . . .',
  },
  { method: 'startConference', given: [{ mediaType: 'audio' }], measured: '3131 . . . . . . . . .' },
  {
    method: 'move',
    measured: '4001 4002 4002 4002 4002 . 4003 . 4003 .',
    kept: { holding: { why: 'hand-overs work', ours: 'error 404 *' } },
  },
  { method: 'resume', measured: '2601 2602 2602 2602 2602 2603 . 2603 2603 2603' },
  {
    method: 'hold',
    measured: '2501 2502 2502 2502 2502 . 2503 . 2503 0000',
    kept: { 'asked for video': { why: 'asked', ours: '2503' } },
  },
  { method: 'hangup', measured: '2401 2402 2402 2402 2402 . . . . .' },
  { method: 'logout', measured: '2101 . . . . . . . . .' },
  {
    method: 'login',
    given: [{ token: 'another', userId: 'another' }],
    measured: '. 2003 2003 2003 2003 2003 2003 2003 2003 2003',
  },
  {
    method: 'associateE911Id',
    given: [{ e911Id: 'e-1' }],
    measured:
      '2053 address-updated address-updated address-updated address-updated address-updated address-updated address-updated address-updated address-updated',
  },
]

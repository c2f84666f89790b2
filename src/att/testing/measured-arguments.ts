import type { Reason } from './reasons.ts'

/* What SDK 1.0.2 makes of wrong arguments, measured signed out, signed in, and where a method has something to act on. */

export type PhoneState = 'signed out' | 'signed in'

/** Where a method with right arguments would do something. */
export type ActingState = 'rung' | 'invited' | 'connected' | 'hosting'

/**
 * A method and what it is given. What it comes to is the code of the one `error` event, with the method's name; `silence`;
 * `throws`; `returns …`, the value in JSON with no event, or after the code; or `·` where it does something.
 */
export interface Attempt {
  readonly method: string
  readonly given: readonly unknown[]
  readonly measured: string | Readonly<Record<PhoneState, string>>
  readonly kept?: { readonly why: Reason; readonly ours: string | Readonly<Record<PhoneState, string>> }
}

/** A media element; the guide is written where there are none. */
const element = (): object => globalThis.document?.createElement('video') ?? {}
const none = {}
const valid = 'somebody'
const audio = 'audio'

const both = (out: string, idle: string): Readonly<Record<PhoneState, string>> => ({
  'signed out': out,
  'signed in': idle,
})

const given = (
  method: string,
  all: readonly (readonly unknown[])[],
  measured: Attempt['measured'],
  why?: Reason,
  ours?: Attempt['measured'],
): readonly Attempt[] =>
  all.map((each) => ({
    method,
    given: each,
    measured,
    ...(why !== undefined && ours !== undefined && { kept: { why, ours } }),
  }))

const [L, R] = [element(), element()]

export const wrongArguments: readonly Attempt[] = [
  ...given('on', [[], ['error'], ['error', 'notfn']], '4901'),
  ...given('on', [['x', () => {}]], '4902'),

  ...given('login', [[]], '2001'),
  ...given('login', [[null]], 'throws', 'null options', '2001'),
  ...given('login', [[{}]], '2002'),
  ...given('login', [[{ token: '' }]], '1711', 'empty texts', '2002'),

  ...given('off', [[]], 'throws', 'off is new', 'silence'),
  ...given('off', [['error'], ['x', () => {}], [5, 'notfn']], 'throws', 'off is new', 'silence'),
  ...given('getSession', [[]], 'silence', 'session', 'returns {}'),
  ...given('associateAccessToken', [[], [{}]], 'throws', 'old sign-in', 'silence'),
  ...given('associateAccessToken', [[null]], 'throws', 'null options', 'silence'),

  ...given('associateE911Id', [[]], '2051'),
  ...given('associateE911Id', [[{}]], '2052'),
  ...given('associateE911Id', [[{ e911Id: '' }]], both('2053', '2050'), 'empty texts', '2052'),

  ...given('dial', [[]], '2201'),
  ...given('dial', [[null]], 'throws', 'null options', '2201'),
  ...given(
    'dial',
    [[{}], [{ destination: '', mediaType: audio }], [{ destination: 5551234567, mediaType: audio }], ['bob@localhost']],
    '2211',
  ),
  ...given('dial', [[{ destination: 'sip:x@localhost' }], [{ destination: 'tel:+12065550100' }]], '2212'),
  ...given(
    'dial',
    [[{ destination: '!!', mediaType: audio }], [{ destination: 'a b', mediaType: audio }]],
    both('2241', '1002'),
    'impossible addresses',
    both('2241', '2213'),
  ),
  ...given(
    'dial',
    [
      [{ destination: '12', mediaType: audio, localMedia: L, remoteMedia: R }],
      [{ destination: valid, mediaType: audio, remoteMedia: R }],
      [{ destination: valid, mediaType: audio, localMedia: L }],
    ],
    both('2241', '·'),
  ),
  ...given('dial', [[{ destination: valid, mediaType: 'foo', localMedia: L, remoteMedia: R }]], '2221'),
  ...given(
    'dial',
    [
      [{ destination: valid, mediaType: audio, localMedia: 'local' }],
      [{ destination: valid, mediaType: audio, localMedia: none }],
    ],
    '2231',
  ),
  ...given('dial', [[{ destination: valid, mediaType: audio, localMedia: L, remoteMedia: none }]], '2232'),

  ...given('addCall', [[]], '3901'),
  ...given('addCall', [[null]], 'throws', 'null options', '3901'),
  ...given('addCall', [[{ destination: 5551234567, mediaType: audio }]], 'throws', 'null options', '3911'),
  ...given('addCall', [[{}], ['bob@localhost']], '3911'),
  ...given('addCall', [[{ destination: '', mediaType: audio }]], both('3941', '3951'), 'empty texts', '3911'),
  ...given(
    'addCall',
    [
      [{ destination: '!!', mediaType: audio }],
      [{ destination: '12', mediaType: audio }],
      [{ destination: 'a b', mediaType: audio }],
      [{ destination: valid, mediaType: audio, remoteMedia: R }],
      [{ destination: valid, mediaType: audio, localMedia: L }],
    ],
    both('3941', '3951'),
  ),
  ...given('addCall', [[{ destination: 'sip:x@localhost' }], [{ destination: 'tel:+12065550100' }]], '3912'),
  ...given('addCall', [[{ destination: valid, mediaType: 'foo', localMedia: L, remoteMedia: R }]], '3921'),
  ...given(
    'addCall',
    [
      [{ destination: valid, mediaType: audio, localMedia: 'local' }],
      [{ destination: valid, mediaType: audio, localMedia: none }],
    ],
    '3931',
  ),
  ...given('addCall', [[{ destination: valid, mediaType: audio, localMedia: L, remoteMedia: none }]], '3932'),

  ...given('answer', [[]], '2301'),
  ...given('answer', [[null]], 'throws', 'null options', '2301'),
  ...given(
    'answer',
    [[{}], ['x'], [{ localMedia: L }], [{ remoteMedia: R }], [{ localMedia: L, remoteMedia: R, action: 'foo' }]],
    both('2321', '2331'),
  ),
  ...given('answer', [[{ localMedia: none, remoteMedia: R }]], '2311'),
  ...given('answer', [[{ localMedia: L, remoteMedia: none }]], '2312'),

  ...given('joinConference', [[]], '3201'),
  ...given('joinConference', [[null]], 'throws', 'null options', '3201'),
  ...given(
    'joinConference',
    [[{}], ['x'], [{ localMedia: L }], [{ remoteMedia: R }], [{ localMedia: L, remoteMedia: R, action: 'foo' }]],
    both('3221', '3231'),
  ),
  ...given('joinConference', [[{ localMedia: none, remoteMedia: R }]], '3211'),
  ...given('joinConference', [[{ localMedia: L, remoteMedia: none }]], '3212'),

  ...given('startConference', [[]], '3101'),
  ...given('startConference', [[null]], 'throws', 'null options', '3101'),
  ...given('startConference', [[{}]], '3101', 'media type', both('3131', '·')),
  ...given('startConference', [['x']], '3111', 'no options', '3101'),
  ...given(
    'startConference',
    [[{ localMedia: L }], [{ remoteMedia: R }], [{ localMedia: L, remoteMedia: R, action: 'foo' }]],
    '3111',
    'media type',
    both('3131', '·'),
  ),
  ...given('startConference', [[{ mediaType: 'foo', localMedia: L, remoteMedia: R }]], '3111'),
  ...given('startConference', [[{ localMedia: none, remoteMedia: R }]], '3111', 'media type', '3121'),
  ...given('startConference', [[{ localMedia: L, remoteMedia: none }]], '3111', 'media type', '3122'),
  ...given('startConference', [[{ mediaType: 'video', localMedia: none, remoteMedia: R }]], '3121'),

  ...given('addParticipant', [[], [null], [''], [5], [{}], [[]], [['bob@localhost']]], '3611'),
  ...given('addParticipant', [['sip:x@localhost'], ['tel:+12065550100']], '3612'),
  ...given('addParticipant', [['!!']], both('3621', 'throws'), 'nothing is thrown', both('3621', '3613')),
  ...given('addParticipant', [['bob@localhost']], both('3621', 'throws'), 'nothing is thrown', both('3621', '3631')),

  ...given('removeParticipant', [[]], '3711'),
  ...given(
    'removeParticipant',
    [
      [null],
      [''],
      ['sip:x@localhost'],
      ['tel:+12065550100'],
      ['!!'],
      [5],
      [{}],
      [[]],
      [['bob@localhost']],
      ['bob@localhost'],
    ],
    both('3721', '3731'),
  ),

  ...given('sendDTMFTone', [[]], '4711'),
  ...given('sendDTMFTone', [[null]], 'throws', 'null options', '4711'),
  ...given('sendDTMFTone', [[{}], ['1']], '4712'),
  ...given(
    'sendDTMFTone',
    [
      ...['', 'x', null, 'q1', '1 2', {}, '12', '12345', '1,2', '*#', 'abcd', 'ABCD', 5].map((input) => [{ input }]),
      ...[10, 'x', 49, -1, 0].map((gap) => [{ input: '1', gap }]),
    ],
    both('4721', '4731'),
  ),

  ...given('setIceServers', [[], ['x'], [{}], [[5]], [[{}]], [[]]], '4811'),
  ...given('setIceServers', [[[{ url: 'stun:127.0.0.1' }]]], 'silence'),
  ...given('setIceTransport', [[], ['foo'], [5]], '4821'),
  ...given('setIceTransport', [['relay']], 'silence'),
  ...given('setIpv6', [[], ['x'], [1]], '4831'),
  ...given('setIpv6', [[true]], 'silence'),

  ...given('cleanPhoneNumber', [[], [null], [5], [{}]], '3810', 'numbers', '3810 returns false'),
  ...given('cleanPhoneNumber', [[''], ['!!']], 'returns ""', 'numbers', '3810 returns false'),
  ...given('cleanPhoneNumber', [['sip:']], 'returns "747"', 'numbers', '3810 returns false'),
  ...given('cleanPhoneNumber', [['bob']], 'returns "262"', 'numbers', '3810 returns false'),
  ...given('cleanPhoneNumber', [['123']], 'returns "123"', 'numbers', '3810 returns false'),
  ...given('formatNumber', [[], [null], [5], [{}]], '3820', 'numbers', '3820 returns false'),
  ...given('formatNumber', [[''], ['!!']], 'silence', 'numbers', '3820 returns false'),
  ...given('formatNumber', [['sip:']], 'returns "747"', 'numbers', 'returns "sip:"'),
  ...given('formatNumber', [['bob']], 'returns "262"', 'numbers', 'returns "bob"'),
  ...given('formatNumber', [['123']], 'returns "123"', 'numbers', 'returns "123"'),
  ...given('getCallerInfo', [[]], 'returns null'),
  ...given('getCallerInfo', [[null], [5], [{}]], '3830 returns {}'),
  ...given('getCallerInfo', [['']], 'returns {"callerId":"","domain":""}'),
  ...given('getCallerInfo', [['bob']], 'returns {"callerId":"bob","domain":""}'),
  ...given('getCallerInfo', [['123']], 'returns {"callerId":"123","domain":""}'),
  ...given('getCallerInfo', [['!!']], 'returns {"callerId":"!!","domain":""}'),
  ...given('getCallerInfo', [['sip:']], 'returns {"protocol":"sip","port":"","callerId":"","domain":""}'),

  ...given('getUserMedia', [[]], '5001'),
  ...given(
    'getUserMedia',
    [[{}], [{ localMedia: none, remoteMedia: R }], [{ localMedia: L, remoteMedia: none }]],
    '5011',
  ),
  ...given('setup', [[]], '5101'),
  ...given('setup', [[{ localMedia: none, remoteMedia: R }]], '5111'),
  ...given('setup', [[{}]], '5111', 'no elements', 'silence'),
  ...given('setup', [[{ localMedia: L, remoteMedia: none }]], '5112'),
  ...given('getParticipants', [[]], both('3401', '3402')),
  ...given('getMediaType', [[]], 'throws', 'nothing is thrown', 'returns null'),
]

const some = (
  state: ActingState,
  attempts: readonly Attempt[],
): readonly (Attempt & { readonly state: ActingState })[] => attempts.map((each) => ({ ...each, state }))

/** The same where the method has something to act on: a call that rings, an invitation, a call, a conference. */
export const wrongArgumentsWhenActing: readonly (Attempt & { readonly state: ActingState })[] = [
  ...some('rung', [
    ...given('answer', [[]], '2301'),
    ...given('answer', [[null]], 'throws', 'null options', '2301'),
    ...given('answer', [[{ localMedia: none, remoteMedia: R }]], '2311'),
    ...given('answer', [[{ localMedia: L, remoteMedia: none }]], '2312'),
    ...given('joinConference', [[]], '3201'),
    ...given('joinConference', [[{ localMedia: none, remoteMedia: R }]], '3211'),
  ]),
  ...some('invited', [
    ...given('joinConference', [[]], '3201'),
    ...given('joinConference', [[null]], 'throws', 'null options', '3201'),
    ...given('joinConference', [[{ localMedia: none, remoteMedia: R }]], '3211'),
    ...given('joinConference', [[{ localMedia: L, remoteMedia: none }]], '3212'),
  ]),
  ...some('connected', [
    ...given('sendDTMFTone', [[]], '4711'),
    ...given('sendDTMFTone', [[null]], 'throws', 'null options', '4711'),
    ...given('sendDTMFTone', [[{}], ['1']], '4712'),
    ...given(
      'sendDTMFTone',
      [...['', 'x', null, 'q1', '1 2', {}, 5].map((input) => [{ input }]), [{ input: '1,2' }]],
      'tones',
      'every tone',
      '4712',
    ),
    ...given('startConference', [[]], 'the call is held', 'no options', '3101'),
    ...given('login', [[{ token: 5 }]], '2003'),
  ]),
  ...some('hosting', [
    ...given('addParticipant', [[], [null], [''], [5], [{}], [[]], [['bob@localhost']]], '3611'),
    ...given('addParticipant', [['!!']], 'throws', 'nothing is thrown', '3613'),
    ...given('removeParticipant', [[null], [''], [5], [{}], [[]]], '3731', 'inviting first', '3711'),
    ...given('removeParticipant', [['bob@localhost']], '3731', 'inviting first', 'warning [message]'),
    ...given('getParticipants', [[]], '3402', 'hosting works', 'returns {}'),
  ]),
]

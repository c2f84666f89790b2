import type { Phone } from '../phone.ts'
import type { PhoneEvents } from '../phone-events.ts'

/** What the contract says of one method: the events it can fire, and the codes it can raise. */
export interface MethodReference {
  readonly fires: readonly (keyof PhoneEvents)[]
  readonly codes: readonly string[]
}

type Methods = Partial<Record<keyof Phone, MethodReference>>

/** The 46 methods of the contract. */
export const methodReference = {
  acceptModification: {
    fires: ['call:modification-in-progress', 'call:state-changed', 'error'],
    codes: ['4300', '4301', '4302', '4303', '4304'],
  },
  addCall: {
    fires: [
      'dialing',
      'call:connecting',
      'call:canceled',
      'call:rejected',
      'call:ringback-provided',
      'call:connected',
      'media:established',
      'notification',
      'error',
    ],
    codes: ['3900', '3901', '3911', '3912', '3913', '3914', '3921', '3931', '3932', '3941', '3951', '3961'],
  },
  addParticipant: {
    fires: [
      'conference:invitation-sending',
      'conference:invitation-sent',
      'conference:invitation-accepted',
      'conference:invitation-rejected',
      'notification',
      'error',
    ],
    codes: ['3600', '3611', '3612', '3613', '3621', '3631', '3641'],
  },
  answer: {
    fires: [
      'answering',
      'call:connecting',
      'call:rejected',
      'call:connected',
      'media:established',
      'call:disconnected',
      'notification',
      'error',
    ],
    codes: ['2300', '2301', '2311', '2312', '2321', '2331', '2341'],
  },
  associateAccessToken: {
    fires: [],
    codes: [],
  },
  associateE911Id: {
    fires: ['address-updated', 'error'],
    codes: ['2050', '2051', '2052', '2053'],
  },
  cancel: {
    fires: ['call:canceled', 'error'],
    codes: ['2900', '2901', '2902'],
  },
  cleanPhoneNumber: {
    fires: ['error'],
    codes: ['3810'],
  },
  dial: {
    fires: [
      'dialing',
      'call:connecting',
      'call:canceled',
      'call:rejected',
      'call:ringback-provided',
      'call:connected',
      'media:established',
      'notification',
      'error',
    ],
    codes: ['2200', '2201', '2211', '2212', '2213', '2214', '2221', '2231', '2232', '2241', '2251', '2252'],
  },
  downgrade: {
    fires: ['call:modification-in-progress', 'call:state-changed', 'error'],
    codes: ['4500', '4501', '4502', '4503', '4504', '4505'],
  },
  endConference: {
    fires: ['conference:disconnecting', 'conference:ended', 'error'],
    codes: ['3500', '3501', '3502'],
  },
  formatNumber: {
    fires: ['error'],
    codes: ['3820'],
  },
  getCallerInfo: {
    fires: ['error'],
    codes: ['3830'],
  },
  getCalls: {
    fires: [],
    codes: [],
  },
  getIceServers: {
    fires: [],
    codes: [],
  },
  getIceTransport: {
    fires: [],
    codes: [],
  },
  getIpv6: {
    fires: [],
    codes: [],
  },
  getMediaType: {
    fires: [],
    codes: [],
  },
  getParticipants: {
    fires: [],
    codes: ['3400', '3401', '3402'],
  },
  getVersion: {
    fires: [],
    codes: [],
  },
  hangup: {
    fires: ['call:disconnecting', 'call:disconnected'],
    codes: ['2400', '2401', '2402'],
  },
  hold: {
    fires: ['call:held', 'error'],
    codes: ['2500', '2501', '2502', '2503'],
  },
  isCallInProgress: {
    fires: [],
    codes: [],
  },
  joinConference: {
    fires: [
      'conference:joining',
      'conference:connecting',
      'conference:connected',
      'media:established',
      'conference:held',
      'conference:resumed',
      'conference:ended',
      'notification',
      'error',
    ],
    codes: ['3200', '3201', '3211', '3212', '3221', '3231', '3241'],
  },
  login: {
    fires: ['session:ready', 'error'],
    codes: ['2000', '2001', '2002', '2003', '2004'],
  },
  logout: {
    fires: ['session:disconnected', 'error'],
    codes: ['2100', '2101'],
  },
  move: {
    fires: [],
    codes: ['4000', '4001', '4002', '4003', '4004'],
  },
  mute: {
    fires: ['call:muted', 'error'],
    codes: ['2700', '2701', '2702'],
  },
  on: {
    fires: [],
    codes: [],
  },
  reject: {
    fires: ['call:disconnected', 'error'],
    codes: ['3000', '3001', '3002'],
  },
  rejectConference: {
    fires: ['conference:invitation-rejected', 'error'],
    codes: ['3300', '3301', '3302'],
  },
  rejectModification: {
    fires: ['call:modification-in-progress', 'call:state-changed', 'error'],
    codes: ['4400', '4401', '4402', '4403', '4404'],
  },
  removeParticipant: {
    fires: ['error'],
    codes: ['3700', '3711', '3721', '3731'],
  },
  resetIceServers: {
    fires: [],
    codes: [],
  },
  resetIceTransport: {
    fires: [],
    codes: [],
  },
  resetIpv6: {
    fires: [],
    codes: [],
  },
  resume: {
    fires: ['call:resumed', 'error'],
    codes: ['2600', '2601', '2602', '2603'],
  },
  sendDTMFTone: {
    fires: ['dtmf:tone-sent', 'dtmf:tone-sending', 'error'],
    codes: ['4700', '4711', '4712', '4721', '4731', '4741'],
  },
  setIceServers: {
    fires: [],
    codes: ['4811'],
  },
  setIceTransport: {
    fires: [],
    codes: ['4821'],
  },
  setIpv6: {
    fires: [],
    codes: ['4831'],
  },
  startConference: {
    fires: [
      'conference:connecting',
      'conference:connected',
      'media:established',
      'conference:held',
      'conference:resumed',
      'conference:ended',
      'error',
    ],
    codes: ['3100', '3101', '3111', '3121', '3122', '3131'],
  },
  switchCall: {
    fires: ['session:call-switched'],
    codes: ['4200', '4201', '4202', '4203'],
  },
  transfer: {
    fires: [],
    codes: ['4100', '4101', '4102', '4103', '4104', '4105'],
  },
  unmute: {
    fires: ['call:unmuted', 'error'],
    codes: ['2800', '2801', '2802'],
  },
  upgrade: {
    fires: ['call:modification-in-progress', 'call:state-changed', 'error'],
    codes: ['4600', '4601', '4602', '4603', '4604', '4605'],
  },
} as const satisfies Methods

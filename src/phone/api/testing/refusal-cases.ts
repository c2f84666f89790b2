import type { Phone } from '../../phone.ts'
import type { PhoneStage } from './phone-stage.ts'
import type { RecordedPhone } from './recorded-phone.ts'

/** A call of a method that is refused, by the code it is refused with. */
export type Attempts = Readonly<Record<string, (phone: Phone) => unknown>>

/** What a phone has to be in for a refusal. A refusal changes nothing, so one phone serves all of a situation. */
export interface Situation {
  readonly name: string
  readonly arrange: (stage: PhoneStage) => Promise<RecordedPhone>
  readonly attempts: Attempts
}

const nothing = undefined as never
const text = 'text' as never
const destination = 'bob'
const noElement = { localMedia: document.createElement('div') as never }
const noRemoteElement = { remoteMedia: {} as never }

const signedOut: Attempts = {
  2001: (phone) => phone.login(nothing),
  2004: (phone) => phone.login({ userId: 'alice', displayName: 'Alice\r\nX: y' }),
  2051: (phone) => phone.associateE911Id(nothing),
  2052: (phone) => phone.associateE911Id({ e911Id: '' }),
  2053: (phone) => phone.associateE911Id({ e911Id: 'e-1' }),
  2101: (phone) => phone.logout(),
  2201: (phone) => phone.dial(nothing),
  2211: (phone) => phone.dial({ destination: ' ' }),
  2212: (phone) => phone.dial({ destination: 'sip:bob@example.com' }),
  2213: (phone) => phone.dial({ destination: 'bob@' }),
  2214: (phone) => phone.dial({ destination, headers: { Subject: 'a\r\nb' } }),
  2221: (phone) => phone.dial({ destination, mediaType: text }),
  2231: (phone) => phone.dial({ destination, ...noElement }),
  2232: (phone) => phone.dial({ destination, ...noRemoteElement }),
  2241: (phone) => phone.dial({ destination }),
  2301: (phone) => phone.answer(nothing),
  2311: (phone) => phone.answer(noElement),
  2312: (phone) => phone.answer(noRemoteElement),
  2321: (phone) => phone.answer({}),
  2401: (phone) => phone.hangup(),
  2501: (phone) => phone.hold(),
  2601: (phone) => phone.resume(),
  2701: (phone) => phone.mute(),
  2801: (phone) => phone.unmute(),
  2901: (phone) => phone.cancel(),
  3001: (phone) => phone.reject(),
  3101: (phone) => phone.startConference(null as never),
  3111: (phone) => phone.startConference({ mediaType: text }),
  3121: (phone) => phone.startConference(noElement),
  3122: (phone) => phone.startConference(noRemoteElement),
  3131: (phone) => phone.startConference({}),
  3201: (phone) => phone.joinConference(nothing),
  3211: (phone) => phone.joinConference(noElement),
  3212: (phone) => phone.joinConference(noRemoteElement),
  3221: (phone) => phone.joinConference({}),
  3301: (phone) => phone.rejectConference(),
  5301: (phone) => phone.acceptHandOver(),
  5401: (phone) => phone.rejectHandOver(),
  3401: (phone) => phone.getParticipants(),
  3501: (phone) => phone.endConference(),
  3611: (phone) => phone.addParticipant(''),
  3612: (phone) => phone.addParticipant('tel:+19234567890'),
  3613: (phone) => phone.addParticipant('b b'),
  3621: (phone) => phone.addParticipant(destination),
  3711: (phone) => phone.removeParticipant(''),
  3721: (phone) => phone.removeParticipant(destination),
  3901: (phone) => phone.addCall(nothing),
  3911: (phone) => phone.addCall({ destination: '' }),
  3912: (phone) => phone.addCall({ destination: 'TEL:911' }),
  3913: (phone) => phone.addCall({ destination: 'bob@' }),
  3914: (phone) => phone.addCall({ destination, headers: { 'X: y': 'z' } }),
  3921: (phone) => phone.addCall({ destination, mediaType: text }),
  3931: (phone) => phone.addCall({ destination, ...noElement }),
  3932: (phone) => phone.addCall({ destination, ...noRemoteElement }),
  3941: (phone) => phone.addCall({ destination }),
  4001: (phone) => phone.move(),
  4101: (phone) => phone.transfer(),
  4201: (phone) => phone.switchCall(),
  4301: (phone) => phone.acceptModification(),
  4401: (phone) => phone.rejectModification(),
  4501: (phone) => phone.downgrade(),
  4601: (phone) => phone.upgrade(),
  4711: (phone) => phone.sendDTMFTone(nothing),
  4712: (phone) => phone.sendDTMFTone({ input: '1x' }),
  4721: (phone) => phone.sendDTMFTone({ input: '1' }),
  4811: (phone) => phone.setIceServers([{ urls: 'http://example.com' }]),
  4821: (phone) => phone.setIceTransport(text),
  4831: (phone) => phone.setIpv6(text),
  4901: (phone) => phone.on('session:ready', nothing),
  4902: (phone) => phone.on(text, () => {}),
  5001: (phone) => phone.getUserMedia(nothing),
  5011: (phone) => phone.getUserMedia({} as never),
  5012: (phone) => phone.getUserMedia({ mediaType: text }),
  5101: (phone) => phone.setup(nothing),
  5111: (phone) => phone.setup(noElement),
  5112: (phone) => phone.setup(noRemoteElement),
}

const signedIn: Attempts = {
  2003: (phone) => phone.login({ userId: 'bob', token: 'token' }),
  2331: (phone) => phone.answer({}),
  2402: (phone) => phone.hangup(),
  2502: (phone) => phone.hold(),
  2602: (phone) => phone.resume(),
  2702: (phone) => phone.mute(),
  2802: (phone) => phone.unmute(),
  2902: (phone) => phone.cancel(),
  3002: (phone) => phone.reject(),
  3231: (phone) => phone.joinConference({}),
  3302: (phone) => phone.rejectConference(),
  3402: (phone) => phone.getParticipants(),
  5331: (phone) => phone.acceptHandOver(),
  5431: (phone) => phone.rejectHandOver(),
  3502: (phone) => phone.endConference(),
  3631: (phone) => phone.addParticipant(destination),
  3731: (phone) => phone.removeParticipant(destination),
  4002: (phone) => phone.move(),
  4102: (phone) => phone.transfer(),
  4202: (phone) => phone.switchCall(),
  4302: (phone) => phone.acceptModification(),
  4402: (phone) => phone.rejectModification(),
  4502: (phone) => phone.downgrade(),
  4602: (phone) => phone.upgrade(),
  4731: (phone) => phone.sendDTMFTone({ input: '1' }),
}

const dialling: Attempts = {
  2251: (phone) => phone.dial({ destination }),
  2503: (phone) => phone.hold(),
  2603: (phone) => phone.resume(),
  3951: (phone) => phone.addCall({ destination }),
  4003: (phone) => phone.move(),
  4103: (phone) => phone.transfer(),
  4303: (phone) => phone.acceptModification(),
  4403: (phone) => phone.rejectModification(),
  4503: (phone) => phone.downgrade(),
  4603: (phone) => phone.upgrade(),
  4741: (phone) => phone.sendDTMFTone({ input: '1' }),
}

const inCall: Attempts = {
  2252: (phone) => phone.dial({ destination }),
  2603: (phone) => phone.resume(),
  4105: (phone) => phone.transfer(),
  4203: (phone) => phone.switchCall(),
  4304: (phone) => phone.acceptModification(),
  4404: (phone) => phone.rejectModification(),
  4504: (phone) => phone.downgrade(),
}

/** Somebody who takes part in the conference that `phone` hosts. */
function guestOf(phone: Phone): string {
  return Object.keys(phone.getParticipants())[0] ?? ''
}

const hosting: Attempts = {
  2252: (phone) => phone.dial({ destination }),
  2603: (phone) => phone.resume(),
  3231: (phone) => phone.joinConference({}),
  3302: (phone) => phone.rejectConference(),
  3641: (phone) => phone.addParticipant(guestOf(phone)),
  4004: (phone) => phone.move(),
  4203: (phone) => phone.switchCall(),
  4304: (phone) => phone.acceptModification(),
  4404: (phone) => phone.rejectModification(),
  4505: (phone) => phone.downgrade(),
  4605: (phone) => phone.upgrade(),
}

const takingPart: Attempts = {
  3402: (phone) => phone.getParticipants(),
  3631: (phone) => phone.addParticipant(destination),
  3731: (phone) => phone.removeParticipant(destination),
  4004: (phone) => phone.move(),
  4505: (phone) => phone.downgrade(),
  4605: (phone) => phone.upgrade(),
}

const invited: Attempts = {
  2331: (phone) => phone.answer({}),
  3002: (phone) => phone.reject(),
  3241: (phone) => phone.joinConference({ action: text }),
  3402: (phone) => phone.getParticipants(),
  3502: (phone) => phone.endConference(),
  3631: (phone) => phone.addParticipant(destination),
}

const besideCall: Attempts = {
  3100: (phone) => phone.startConference({ mediaType: 'audio' }),
  3961: (phone) => phone.addCall({ destination }),
  4104: (phone) => phone.transfer(),
}

/** Every situation in which methods refuse, and what they refuse there. */
export const situations: readonly Situation[] = [
  { name: 'signed out', arrange: (stage) => stage.phone(), attempts: signedOut },
  {
    name: 'signed out, with a gateway',
    arrange: (stage) => stage.phone('alice', { server: 'http://127.0.0.1:9' }),
    attempts: { 2002: (phone) => phone.login({ userId: 'alice' }) },
  },
  { name: 'signed in', arrange: (stage) => stage.signedIn(), attempts: signedIn },
  {
    name: 'dialling',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice, bob] = await stage.pair()
      await Promise.all([alice.dial(bob), bob.rings()])
      await alice.until('it rings', () => alice.call().progress === 'ringing')
      return alice
    },
    attempts: dialling,
  },
  {
    name: 'ringing',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice, bob] = await stage.pair()
      await Promise.all([alice.dial(bob), bob.rings()])
      return bob
    },
    attempts: { 2341: (phone) => phone.answer({ action: text }) },
  },
  { name: 'in a call', arrange: async (stage) => (await stage.talk())[0], attempts: inCall },
  {
    name: 'in a call on hold',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice] = await stage.talk()
      await alice.phone.hold()
      return alice
    },
    attempts: {
      2503: (phone) => phone.hold(),
      4503: (phone) => phone.downgrade(),
      4603: (phone) => phone.upgrade(),
      4741: (phone) => phone.sendDTMFTone({ input: '1' }),
    },
  },
  {
    name: 'asked for video',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice, bob] = await stage.talk()
      void alice.phone.upgrade()
      await bob.hears('call:media-modification')
      return bob
    },
    attempts: { 4503: (phone) => phone.downgrade(), 4603: (phone) => phone.upgrade() },
  },
  {
    name: 'in a video call',
    arrange: async (stage) => (await stage.talk('video'))[0],
    attempts: { 4604: (phone) => phone.upgrade() },
  },
  {
    name: 'in two calls',
    arrange: async (stage) => (await stage.twoCalls())[0],
    attempts: { 3961: (phone) => phone.addCall({ destination }) },
  },
  { name: 'hosting a conference', arrange: async (stage) => (await stage.conference())[0], attempts: hosting },
  {
    name: 'taking part in a conference',
    arrange: async (stage) => (await stage.conference())[1],
    attempts: takingPart,
  },
  {
    name: 'invited to a conference',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice, bob] = await stage.pair()
      await stage.host(alice)
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      return bob
    },
    attempts: invited,
  },
  {
    name: 'hosting a conference that nobody else wants to host',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice, ...others] = await stage.conference()
      for (const { phone } of others) phone.configure({ allowHandOver: false })
      return alice
    },
    attempts: { 5241: (phone) => phone.handOverConference(guestOf(phone)) },
  },
  {
    name: 'in a call beside the conference one hosts',
    arrange: async (stage: PhoneStage): Promise<RecordedPhone> => {
      const [alice] = await stage.conference()
      await stage.connect(alice, await stage.signedIn('dave'))
      return alice
    },
    attempts: besideCall,
  },
]

/** Methods that give `false` or `null` and tell the error beside it: nothing is refused. */
export const tellers: Attempts = {
  3810: (phone) => phone.cleanPhoneNumber('12345678'),
  3820: (phone) => phone.formatNumber(''),
  3830: (phone) => phone.getCallerInfo('sip:'),
}

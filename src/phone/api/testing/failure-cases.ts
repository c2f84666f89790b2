import { SignalingError } from '../../../signaling/signaling.ts'
import type { Phone } from '../../phone.ts'
import { FaultySignaling, type Operation } from './faulty-signaling.ts'
import type { PhoneStage } from './phone-stage.ts'
import type { RecordedPhone } from './recorded-phone.ts'

/** A phone at the point where the next thing it does fails. */
export interface Failure {
  readonly phone: RecordedPhone
  readonly attempt: (phone: Phone) => unknown
}

/** What fails, by the code of the failure. */
export type Failures = Readonly<Record<string, (stage: PhoneStage) => Promise<Failure>>>

type Arrange = (stage: PhoneStage, alice: RecordedPhone) => Promise<unknown>

const talk: Arrange = async (stage, alice) => {
  const bob = await stage.signedIn('bob')
  await stage.connect(alice, bob)
  return bob
}

const rung: Arrange = async (stage, alice) => {
  const bob = await stage.signedIn('bob')
  await Promise.all([bob.dial(alice), alice.rings()])
}

const dialled: Arrange = async (stage, alice) => {
  const bob = await stage.signedIn('bob')
  await Promise.all([alice.dial(bob), bob.rings()])
}

const held: Arrange = async (stage, alice) => {
  await talk(stage, alice)
  await alice.phone.hold()
}

const video: Arrange = async (stage, alice) => {
  await stage.connect(alice, await stage.signedIn('bob'), 'video')
}

const twoCalls: Arrange = async (stage, alice) => {
  await talk(stage, alice)
  await stage.connect(alice, await stage.signedIn('carol'))
}

const asked: Arrange = async (stage, alice) => {
  const bob = (await talk(stage, alice)) as RecordedPhone
  void bob.phone.upgrade()
  await alice.hears('call:media-modification')
}

const hosting: Arrange = async (stage, alice) => {
  await stage.host(alice)
  await stage.join(alice, await stage.signedIn('bob'))
}

const invited: Arrange = async (stage, alice) => {
  const bob = await stage.signedIn('bob')
  await stage.host(bob)
  await Promise.all([bob.phone.addParticipant(alice.address), alice.isInvited()])
}

const takingPart: Arrange = async (stage, alice) => {
  const bob = await stage.signedIn('bob')
  await stage.host(bob)
  await stage.join(bob, alice)
}

const nothingMore: Arrange = async () => {}

/** Alice, signed in, whose network fails at `operation` once `arrange` is done. */
function broken(operation: Operation, arrange: Arrange, attempt: Failure['attempt'], error?: Error): Failures[string] {
  return async (stage) => {
    const faulty = new FaultySignaling(stage.network.signaling())
    const phone = await stage.signedIn('alice', { signaling: () => faulty })
    await arrange(stage, phone)
    faulty.break(operation, error)
    return { phone, attempt }
  }
}

/** Alice in a call whose browser fails her: `sabotage` makes it so. */
function sabotaged(sabotage: (phone: RecordedPhone) => void, attempt: Failure['attempt']): Failures[string] {
  return async (stage) => {
    const [phone] = await stage.talk()
    sabotage(phone)
    return { phone, attempt }
  }
}

function fail(): never {
  throw new Error('It broke')
}

function breakMicrophone(phone: RecordedPhone): void {
  const [track] = phone.call().localStream?.getAudioTracks() ?? []
  if (track) Object.defineProperty(track, 'enabled', { set: fail })
}

/** Gives `attempt` with a `getUserMedia` that fails so meanwhile. */
function withoutDevices(name: string, attempt: (phone: Phone) => Promise<unknown>): Failure['attempt'] {
  return async (phone) => {
    const { mediaDevices } = navigator
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Forced', name))
    try {
      return await attempt(phone)
    } finally {
      Reflect.deleteProperty(mediaDevices, 'getUserMedia')
    }
  }
}

/** Gives `attempt` with a browser that fails to make an object of entries, once. */
function withoutObjects(attempt: (phone: Phone) => unknown): Failure['attempt'] {
  return (phone) => {
    const { fromEntries } = Object
    Object.fromEntries = () => {
      Object.fromEntries = fromEntries
      return fail()
    }
    return attempt(phone)
  }
}

const signIn = async (stage: PhoneStage): Promise<Failure> => {
  const faulty = new FaultySignaling(stage.network.signaling())
  faulty.break('connect')
  const phone = await stage.phone('alice', { signaling: () => faulty })
  return { phone, attempt: () => phone.signIn() }
}

const unusableElement = (): HTMLVideoElement =>
  Object.defineProperty(document.createElement('video'), 'srcObject', { set: fail })

const destination = 'bob'

/** Every unexpected failure, forced. */
export const failures: Failures = {
  2000: signIn,
  2050: broken('associateE911Id', nothingMore, (phone) => phone.associateE911Id({ e911Id: 'e-1' })),
  2100: broken('disconnect', nothingMore, (phone) => phone.logout()),
  2200: broken('place', nothingMore, (phone) => phone.dial({ destination, mediaType: 'audio' })),
  2300: broken('leg.accept', rung, (phone) => phone.answer({})),
  2400: broken('leg.end', talk, (phone) => phone.hangup()),
  2500: broken('leg.hold', talk, (phone) => phone.hold()),
  2600: broken('leg.resume', held, (phone) => phone.resume()),
  2700: sabotaged(breakMicrophone, (phone) => phone.mute()),
  2800: async (stage) => {
    const [phone] = await stage.talk()
    await phone.phone.mute()
    breakMicrophone(phone)
    return { phone, attempt: () => phone.phone.unmute() }
  },
  2900: broken('leg.cancel', dialled, (phone) => phone.cancel()),
  3000: broken('leg.reject', rung, (phone) => phone.reject()),
  3100: async (stage) => ({
    phone: await stage.signedIn(),
    attempt: (phone) =>
      phone.startConference({
        get mediaType() {
          return fail()
        },
      }),
  }),
  3200: async (stage) => ({
    phone: await stage.signedIn(),
    attempt: (phone) =>
      phone.joinConference({
        get localMedia() {
          return fail()
        },
      }),
  }),
  3300: broken('leg.reject', invited, (phone) => phone.rejectConference()),
  3400: async (stage) => {
    const phone = await stage.signedIn()
    await hosting(stage, phone)
    return { phone, attempt: withoutObjects((each) => each.getParticipants()) }
  },
  3500: broken('leg.end', takingPart, (phone) => phone.endConference()),
  3600: broken('place', hosting, (phone) => phone.addParticipant('carol')),
  3700: broken('leg.end', hosting, (phone) => phone.removeParticipant(Object.keys(phone.getParticipants())[0] ?? '')),
  3900: broken('place', talk, (phone) => phone.addCall({ destination, mediaType: 'audio' })),
  4000: broken('leg.move', talk, (phone) => phone.move()),
  4100: broken('leg.transfer', twoCalls, (phone) => phone.transfer()),
  4200: broken('leg.hold', twoCalls, (phone) => phone.switchCall()),
  4300: broken('leg.answerChange', asked, (phone) => phone.acceptModification()),
  4400: broken('leg.answerChange', asked, (phone) => phone.rejectModification()),
  4500: broken('leg.change', video, (phone) => phone.downgrade()),
  4600: broken('leg.change', talk, (phone) => phone.upgrade()),
  4700: async (stage) => {
    const faulty = new FaultySignaling(stage.network.signaling())
    const phone = await stage.signedIn('alice', { signaling: () => faulty })
    await talk(stage, phone)
    const [sender] = faulty.legs[0]?.connection?.getSenders() ?? []
    if (sender?.dtmf) sender.dtmf.insertDTMF = fail
    return { phone, attempt: () => phone.phone.sendDTMFTone({ input: '1' }) }
  },
  5000: async (stage) => ({
    phone: await stage.signedIn(),
    attempt: (phone) => phone.getUserMedia({ mediaType: 'audio', localMedia: unusableElement() }),
  }),
  5100: async (stage) => ({
    phone: await stage.signedIn(),
    attempt: (phone) =>
      phone.setup({
        get localMedia() {
          return fail()
        },
      }),
  }),
}

/** What can go wrong in several methods alike. */
export const commonFailures: Failures = {
  '0000': async (stage) => ({
    phone: await stage.signedIn(),
    attempt: withoutDevices('TypeError', (phone) => phone.getUserMedia({ mediaType: 'audio' })),
  }),
  '0002': broken(
    'leg.hold',
    talk,
    (phone) => phone.hold(),
    new SignalingError('timeout', 'The other side did not answer'),
  ),
  '0020': async (stage) => {
    const [alice, bob] = await stage.pair()
    return { phone: alice, attempt: withoutDevices('NotAllowedError', () => alice.dial(bob)) }
  },
}

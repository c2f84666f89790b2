import fc from 'fast-check'
import type { Phone } from '../../phone.ts'
import type { RecordedPhone } from './recorded-phone.ts'

/** One thing a page may do to one of two phones. */
export interface Command {
  readonly name: string
  readonly who: 0 | 1
  /** Whether the next command waits until this one is done, or something came of it at the other phone. */
  readonly waits: boolean
  run(phone: Phone, near: RecordedPhone, far: RecordedPhone): unknown
}

type Action = Omit<Command, 'who' | 'waits'>

const invalid = 'invalid' as never
const audio = { mediaType: 'audio' } as const

const dial = (name: string, destination: (far: RecordedPhone) => string, mediaType?: 'audio' | 'video'): Action => ({
  name: `dial ${name}`,
  run: (phone, _, far) => phone.dial({ destination: destination(far), mediaType: mediaType ?? 'audio' }),
})

const addCall = (name: string, destination: (far: RecordedPhone) => string): Action => ({
  name: `addCall ${name}`,
  run: (phone, _, far) => phone.addCall({ destination: destination(far), ...audio }),
})

const far = ({ address }: RecordedPhone): string => address

/** What a user does most, each as often as it is listed. */
const usual: readonly Action[] = [
  dial('the other', far),
  dial('the other', far),
  dial('the other with video', far, 'video'),
  { name: 'answer', run: (phone) => phone.answer({}) },
  { name: 'answer', run: (phone) => phone.answer({}) },
  { name: 'answer', run: (phone) => phone.answer({}) },
  { name: 'answer as audio', run: (phone) => phone.answer(audio) },
  { name: 'answer, ending the other', run: (phone) => phone.answer({ action: 'end' }) },
  { name: 'hangup', run: (phone) => phone.hangup() },
  { name: 'cancel', run: (phone) => phone.cancel() },
  { name: 'reject', run: (phone) => phone.reject() },
  { name: 'hold', run: (phone) => phone.hold() },
  { name: 'hold', run: (phone) => phone.hold() },
  { name: 'resume', run: (phone) => phone.resume() },
  { name: 'resume', run: (phone) => phone.resume() },
  { name: 'upgrade', run: (phone) => phone.upgrade() },
  { name: 'downgrade', run: (phone) => phone.downgrade() },
  { name: 'acceptModification', run: (phone) => phone.acceptModification() },
  { name: 'acceptModification', run: (phone) => phone.acceptModification() },
  { name: 'rejectModification', run: (phone) => phone.rejectModification() },
  { name: 'mute', run: (phone) => phone.mute() },
  { name: 'unmute', run: (phone) => phone.unmute() },
  addCall('echo', () => 'echo'),
  addCall('the other', far),
  { name: 'switchCall', run: (phone) => phone.switchCall() },
]

/** What is seldom done, or never should be. */
const odd: readonly Action[] = [
  dial('busy', () => 'busy'),
  dial('reject', () => 'reject'),
  dial('nobody', () => 'nobody.at.all'),
  dial('a URI', () => 'sip:bob@example.com'),
  dial('nothing', () => ''),
  { name: 'dial without options', run: (phone) => phone.dial(undefined as never) },
  { name: 'answer in no way', run: (phone) => phone.answer({ action: invalid }) },
  { name: 'move', run: (phone) => phone.move() },
  { name: 'transfer', run: (phone) => phone.transfer() },
  { name: 'setCamera off', run: (phone) => phone.setCamera(false) },
  { name: 'setCamera on', run: (phone) => phone.setCamera(true) },
  { name: 'sendDTMFTone', run: (phone) => phone.sendDTMFTone({ input: '5', gap: 50 }) },
  { name: 'sendDTMFTone of no tone', run: (phone) => phone.sendDTMFTone({ input: 'tone' }) },
  { name: 'startConference', run: (phone) => phone.startConference({}) },
  { name: 'joinConference', run: (phone) => phone.joinConference({}) },
  { name: 'setIpv6 to a text', run: async (phone) => phone.setIpv6(invalid) },
  { name: 'logout', run: (phone) => phone.logout() },
  { name: 'login', run: (_, near) => near.signIn() },
  { name: 'login', run: (_, near) => near.signIn() },
]

const command: fc.Arbitrary<Command> = fc
  .record({
    action: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...usual) },
      { weight: 1, arbitrary: fc.constantFrom(...odd) },
    ),
    who: fc.constantFrom<0 | 1>(0, 1),
    waits: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  })
  .map(({ action, who, waits }) => ({
    ...action,
    who,
    waits,
    toString: () => `${'AB'[who]} ${action.name}${waits ? '' : ' …'}`,
  }))

/** What two users may do in a row. Printed as `A dial the other`; `…` is one that the next does not wait for. */
export const commands: fc.Arbitrary<readonly Command[]> = fc.array(command, { minLength: 4, maxLength: 16 })

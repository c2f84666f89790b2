import { sdkError } from '../../src/phone/error-catalogue.ts'
import { PhoneError } from '../../src/phone/phone-error.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { callSnapshot, forcedPhone } from './phones.ts'

export const ringing = callSnapshot({
  direction: 'incoming',
  progress: 'ringing',
  connectedAt: null,
  foreground: false,
})
export const held = { local: true, remote: false, explicit: true }
export const devices = { microphone: 'granted', camera: 'granted', output: 'ok' } as const
export const error = (code: string, method = 'dial'): PhoneError => new PhoneError(sdkError(code), method)
export const twoCalls = [
  callSnapshot({ foreground: false, hold: { ...held, explicit: false } }),
  callSnapshot({ index: 2, remote: { address: 'carol@example.com', uri: 'sip:carol@example.com' } }),
]
const { session } = forcedPhone().snapshot
export const conferring = {
  session: { ...session, capabilities: { ...session.capabilities, conference: true, transfer: true } },
}

/** What a phone shows, by the words for it. */
export const phoneStates: Readonly<Record<string, Partial<PhoneSnapshot>>> = {
  idle: {},
  dialing: { calls: [callSnapshot({ progress: 'dialing', connectedAt: null })] },
  'rung by sound': { calls: [ringing] },
  'rung by video': { calls: [{ ...ringing, mediaType: 'video' }] },
  'rung in silence': { calls: [ringing], devices: { ...devices, output: 'blocked' } },
  'rung in a call': { calls: [callSnapshot(), { ...ringing, index: 2 }] },
  connected: { calls: [callSnapshot()] },
  muted: { calls: [callSnapshot({ muted: true })] },
  held: { calls: [callSnapshot({ hold: held })] },
  'in a video call': { calls: [callSnapshot({ mediaType: 'video', camera: true })] },
  reconnecting: { calls: [callSnapshot({ link: 'recovering' })] },
  'in two calls': { calls: twoCalls },
  'in two calls that can be merged': { ...conferring, calls: twoCalls },
  'rung by video in a call': { calls: [callSnapshot(), { ...ringing, index: 2, mediaType: 'video' }] },
  'rung in a video call': { calls: [callSnapshot({ mediaType: 'video' }), { ...ringing, index: 2 }] },
  'after a call': { lastCall: callSnapshot({ progress: 'ended', endedReason: 'remote-hangup' }) },
  'after an error': { error: error('2213') },
  offline: { online: false },
}

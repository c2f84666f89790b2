import type { Device, DeviceRole, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Trouble } from '../locales/en.ts'
import type { Messages } from '../locales/locale-table.ts'
import type { DeviceTrials } from './device-trials.ts'

/** A device's own name; before a browser tells it, which one of the list it is. Its maker wrote it: text, never markup. */
export function deviceName({ label }: Device, at: number, messages: Messages): string {
  return label.trim() || messages.unnamedDevice(at + 1)
}

/** What is wrong with a device, and what to do; `null` when nothing is. */
export function deviceTrouble(
  role: DeviceRole,
  { devices }: PhoneSnapshot,
  trials: DeviceTrials,
  messages: Messages,
): Trouble | null {
  if (role === 'microphone' || role === 'camera') {
    const access = devices[role]
    const words = accessWords(role, messages)
    if (access === 'asking' || access === 'denied' || access === 'missing') return words[access]
    if (trials.failure(role)) return messages.deviceBusy
  }
  if (devices.setup?.missing.includes(role)) return messages.deviceGone[role]
  return role === 'microphone' && trials.silent ? messages.silentMicrophone : null
}

function accessWords(
  role: 'microphone' | 'camera',
  messages: Messages,
): Record<'asking' | 'denied' | 'missing', Trouble> {
  return role === 'microphone'
    ? {
        asking: messages.askingMicrophone,
        denied: messages.errors['0020'] ?? messages.failed,
        missing: messages.microphoneMissing,
      }
    : { asking: messages.askingCamera, denied: messages.cameraDenied, missing: messages.cameraMissing }
}

import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { Tones } from '../../media/tones.ts'
import type { Line } from '../line.ts'
import { Refusal } from '../refuse.ts'
import type { DeviceChoiceOptions, DeviceSetup } from './device-setup.ts'
import { openTrial, type DeviceTrial } from './device-trial.ts'

const log = logger('devices')

export { watchQuality } from '../quality-watch.ts'
export { shareScreen } from '../screen-sharing.ts'

/* What the phone does with devices when a page asks for it. Loaded then. */

/** How long a device that sounds is tried, in ms. */
const testTime = 1500

export async function listDevices(line: Line): Promise<DeviceSetup> {
  return (await line.devices.settings.get()).list()
}

export async function chooseDevices(line: Line, options: DeviceChoiceOptions): Promise<void> {
  if (typeof options !== 'object' || options === null) {
    throw new Refusal('0000', { additionalInformation: 'Pass the devices to use as an object' })
  }
  await (await line.devices.settings.get()).choose(options)
}

export async function tryDevice(
  line: Line,
  role: 'microphone' | 'camera',
  { signal }: { readonly signal: AbortSignal },
): Promise<DeviceTrial> {
  let trial: DeviceTrial | null = null
  await line.run('tryDevice', async () => {
    const settings = await line.devices.settings.get()
    trial = await openTrial(line, settings.open, role === 'camera' ? 'video' : 'audio', signal)
    // Only now may the names of the devices be told.
    await ignore(log, settings.list(), 'the devices were not listed')
  })
  if (!trial) throw signal.reason
  return trial
}

export async function testOutput(
  line: Line,
  role: 'speaker' | 'ringer',
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const settings = await line.devices.settings.get()
  const ended = AbortSignal.any([line.disposed, ...(signal ? [signal] : [])])
  if (ended.aborted) return
  const tones = new Tones(() => {})
  try {
    await tones.route(settings.deviceFor(role) ?? '')
    tones.play(role === 'ringer' ? 'ring' : 'test')
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, testTime)
      const stop = () => {
        clearTimeout(timer)
        resolve()
      }
      ended.addEventListener('abort', stop, { once: true })
    })
  } finally {
    tones.close()
  }
}

import { expect } from '@open-wc/testing'
import { listDevices } from './device-list.ts'

/** A browser that tells of these devices. */
function machine(...devices: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[]): void {
  Object.defineProperty(navigator.mediaDevices, 'enumerateDevices', {
    configurable: true,
    value: () => Promise.resolve(devices),
  })
}

describe('the list of devices', () => {
  afterEach(() => Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices'))

  it('tells what each is for', async () => {
    machine(
      { kind: 'audioinput', deviceId: 'a', label: 'Microphone' },
      { kind: 'videoinput', deviceId: 'b', label: 'Camera' },
      { kind: 'audiooutput', deviceId: 'c', label: 'Speaker' },
    )
    const { microphones, cameras, speakers } = await listDevices()
    expect([microphones, cameras, speakers]).to.deep.equal([
      [{ id: 'a', label: 'Microphone' }],
      [{ id: 'b', label: 'Camera' }],
      [{ id: 'c', label: 'Speaker' }],
    ])
  })

  it('leaves out what stands for another one, and knows its id', async () => {
    machine(
      { kind: 'audioinput', deviceId: 'default', label: 'Default - Microphone' },
      { kind: 'audioinput', deviceId: 'a', label: 'Microphone' },
    )
    const { microphones, ids } = await listDevices()
    expect(microphones.map(({ id }) => id)).to.deep.equal(['a'])
    expect([...ids]).to.deep.equal(['default', 'a'])
  })

  it('is empty before the browser tells more than that there are some', async () => {
    machine({ kind: 'audioinput', deviceId: '', label: '' })
    expect((await listDevices()).microphones).to.be.empty
  })

  it('cannot be changed', async () => {
    machine({ kind: 'audioinput', deviceId: 'a', label: 'Microphone' })
    const { microphones } = await listDevices()
    expect([Object.isFrozen(microphones), Object.isFrozen(microphones[0])]).to.deep.equal([true, true])
  })
})

import { expect } from '@open-wc/testing'
import { Phone } from './phone.ts'
import type { PhoneError } from './phone-error.ts'

type Kinds = 'audio' | 'video'

/** What the machine and the browser do, in place of what they are made to do in the tests. */
interface Machine {
  /** Name of the error and its message, by what is asked for. */
  readonly refuse: (kinds: readonly Kinds[]) => readonly [name: string, message?: string] | null
  readonly permission?: PermissionState
  readonly present?: readonly Kinds[]
}

const inputOf = { audio: 'audioinput', video: 'videoinput' } as const

describe('a phone whose devices do not open', function () {
  this.timeout(20_000)
  let phone: Phone
  let story: string[] = []
  const undo: (() => void)[] = []

  function put(on: object, name: string, value: unknown): void {
    Object.defineProperty(on, name, { value, configurable: true })
    undo.push(() => Reflect.deleteProperty(on, name))
  }

  function force({ refuse, permission, present = ['audio', 'video'] }: Machine): void {
    const { mediaDevices, permissions } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    put(mediaDevices, 'getUserMedia', async (wishes: MediaStreamConstraints) => {
      const kinds = (['audio', 'video'] as const).filter((kind) => wishes[kind])
      const refusal = refuse(kinds)
      if (refusal) throw new DOMException(refusal[1] ?? 'Forced', refusal[0])
      return open(wishes)
    })
    put(mediaDevices, 'enumerateDevices', async () => present.map((kind) => ({ kind: inputOf[kind], deviceId: kind })))
    if (permission) put(permissions, 'query', async () => ({ state: permission }))
  }

  beforeEach(() => {
    story = []
    phone = new Phone()
    phone.on('error', ({ ErrorCode }) => story.push(`error ${ErrorCode}`))
    phone.on('call:connecting', () => story.push('offered'))
    phone.on('call:connected', () => story.push('connected'))
  })
  afterEach(async () => {
    for (const step of undo.splice(0)) step()
    await phone.dispose()
  })

  async function dial(machine: Machine, mediaType: 'audio' | 'video' = 'audio'): Promise<PhoneError | null> {
    force(machine)
    await phone.login({})
    return phone.dial({ destination: 'echo', mediaType }).then(
      () => null,
      (error: unknown) => error as PhoneError,
    )
  }

  const refusals: readonly (readonly [string, string, Machine])[] = [
    ['the person closed the question', '0020', { refuse: () => ['NotAllowedError'], permission: 'prompt' }],
    ['the person refused for good', '0021', { refuse: () => ['NotAllowedError'], permission: 'denied' }],
    ['there is no microphone', '0027', { refuse: () => ['NotFoundError'], permission: 'granted', present: [] }],
  ]
  for (const [what, code, machine] of refusals) {
    it(`refuses with ${code} where ${what}, before anything leaves the page`, async () => {
      const error = await dial(machine)
      expect(error?.ErrorCode).to.equal(code)
      expect(story).to.deep.equal([`error ${code}`])
    })
  }

  it('refuses with 0022 where the system refuses what the person allowed', async () => {
    const by: Machine = { refuse: () => ['NotAllowedError', 'Permission denied by system'], permission: 'granted' }
    expect((await dial(by))?.ErrorCode).to.equal('0022')
  })

  it('refuses with 0029 where another program uses the microphone', async () => {
    const error = await dial({
      refuse: () => ['NotReadableError', 'Could not start audio source'],
      permission: 'prompt',
    })
    expect(error?.ErrorCode).to.equal('0029')
    expect(error?.AdditionalInformation).to.equal('NotReadableError: Could not start audio source')
  })

  const cameras: readonly (readonly [string, string, Machine])[] = [
    [
      'there is a microphone and no camera',
      '0028',
      { refuse: (kinds) => (kinds.includes('video') ? ['NotFoundError'] : null), present: ['audio'] },
    ],
    [
      'another program uses the camera',
      '0030',
      { refuse: (kinds) => (kinds.includes('video') ? ['NotReadableError', 'Could not start video source'] : null) },
    ],
  ]
  for (const [what, code, machine] of cameras) {
    it(`goes on without a picture of its own where ${what}, and tells ${code}`, async () => {
      const connected = new Promise((resolve) => phone.on('call:connected', resolve))
      expect(await dial(machine, 'video')).to.be.null
      await connected
      expect(story).to.include.members([`error ${code}`, 'connected'])
      expect(phone.snapshot.calls[0]?.camera).to.be.false
      expect(phone.snapshot.devices.microphone).to.equal('granted')
    })
  }

  it('calls again as soon as a microphone is plugged in', async () => {
    const error = await dial({ refuse: () => ['NotFoundError'], present: [] })
    expect(error?.ErrorCode).to.equal('0027')
    for (const step of undo.splice(0)) step()
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    expect(story).to.include('offered')
  })
})

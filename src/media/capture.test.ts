import { expect } from '@open-wc/testing'
import { capture, CaptureError, permission } from './capture.ts'
import type { TrackKind } from './media-type.ts'

const never = () => new AbortController().signal

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It resolved')
    },
    (error: unknown) => error,
  )
}

describe('capturing', () => {
  const { mediaDevices } = navigator
  const native = mediaDevices.getUserMedia.bind(mediaDevices)
  let opened: MediaStreamTrack[] = []

  /** Puts a browser in place of the real one. */
  function browser(getUserMedia: typeof native): void {
    Object.defineProperty(mediaDevices, 'getUserMedia', { configurable: true, value: getUserMedia })
  }

  beforeEach(() => {
    opened = []
    browser(async (constraints) => {
      const stream = await native(constraints)
      opened.push(...stream.getTracks())
      return stream
    })
  })
  afterEach(() => {
    Reflect.deleteProperty(mediaDevices, 'getUserMedia')
    for (const track of opened) track.stop()
  })

  it('opens the microphone alone for sound', async () => {
    const tracks = await capture(['audio'], never())
    expect(tracks.map(({ kind }) => kind)).to.deep.equal(['audio'])
  })

  it('opens microphone and camera together for a picture', async () => {
    const tracks = await capture(['audio', 'video'], never())
    expect(tracks.map(({ kind }) => kind)).to.have.members(['audio', 'video'])
  })

  it('takes care of echo and noise', async () => {
    let asked: MediaStreamConstraints | undefined
    browser((constraints) => {
      asked = constraints
      return native(constraints)
    })
    opened.push(...(await capture(['audio'], never())))
    expect(asked?.audio).to.include({ echoCancellation: true, noiseSuppression: true, autoGainControl: true })
    expect(asked?.video).to.be.false
  })

  it('asks for nothing when it is aborted before', async () => {
    const reason = new Error('Hung up')
    expect(await rejection(capture(['audio'], AbortSignal.abort(reason)))).to.equal(reason)
    expect(opened).to.be.empty
  })

  it('stops what comes after it was aborted', async () => {
    const hungUp = new AbortController()
    const reason = new Error('Hung up')
    const capturing = rejection(capture(['audio'], hungUp.signal))
    hungUp.abort(reason)
    expect(await capturing).to.equal(reason)
    // Opened after the abort, in the same browser: the late track came before it.
    await native({ audio: true }).then((stream) => opened.push(...stream.getTracks()))
    expect(opened[0]?.readyState).to.equal('ended')
  })

  for (const [name, problem] of [
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['SomethingNewError', 'busy'],
  ] as const) {
    it(`says ${problem} where the browser says ${name}`, async () => {
      const cause = new DOMException('no', name)
      browser(() => Promise.reject(cause))
      const error = await rejection(capture(['audio', 'video'], never()))
      expect(error).to.be.instanceOf(CaptureError)
      expect(error).to.include({ problem, cause })
      expect((error as CaptureError).kinds).to.deep.equal(['audio', 'video'])
    })
  }

  it('says unsupported where the browser has no devices, as on an insecure page', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined })
    try {
      expect(await rejection(capture(['audio'], never()))).to.include({ problem: 'unsupported' })
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices')
    }
  })
})

describe('the permission to capture', () => {
  const { permissions } = navigator

  function says(states: Readonly<Record<string, PermissionState>>): void {
    const query = ({ name }: PermissionDescriptor) => {
      const state = states[name]
      return state ? Promise.resolve({ state }) : Promise.reject(new TypeError(name))
    }
    Object.defineProperty(permissions, 'query', { configurable: true, value: query })
  }

  afterEach(() => Reflect.deleteProperty(permissions, 'query'))

  const both: readonly TrackKind[] = ['audio', 'video']

  it('is granted where every device is', async () => {
    says({ microphone: 'granted', camera: 'granted' })
    expect(await permission(both)).to.equal('granted')
  })

  it('is denied where one device is', async () => {
    says({ microphone: 'granted', camera: 'denied' })
    expect(await permission(both)).to.equal('denied')
  })

  it('has to be asked for where one device has to', async () => {
    says({ microphone: 'granted', camera: 'prompt' })
    expect(await permission(both)).to.equal('prompt')
  })

  it('heeds no device that is not wanted', async () => {
    says({ microphone: 'granted', camera: 'denied' })
    expect(await permission(['audio'])).to.equal('granted')
  })

  it('is unknown where the browser does not tell', async () => {
    says({})
    expect(await permission(both)).to.equal('unknown')
  })
})

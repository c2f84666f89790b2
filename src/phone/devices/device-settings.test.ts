import { expect } from '@open-wc/testing'
import { eventually } from '../../media/testing/eventually.ts'
import { endPhones, inCall, settled, signedIn } from '../testing/phones-in-call.ts'
import type { Phone } from '../phone.ts'
import { FakeMachine } from './testing/fake-machine.ts'

const microphoneOf = (phone: Phone) => phone.snapshot.calls[0]?.localStream?.getAudioTracks()[0] ?? null
const cameraOf = (phone: Phone) => phone.snapshot.calls[0]?.localStream?.getVideoTracks()[0] ?? null
const idOf = (track: MediaStreamTrack | null) => track?.getSettings().deviceId ?? null

describe('the choice of devices', () => {
  let machine: FakeMachine

  beforeEach(async () => {
    machine = await FakeMachine.start()
  })
  afterEach(async () => {
    await endPhones()
    machine.restore()
    localStorage.removeItem('att.devices')
  })

  it('is the default one of each at first, with echo, noise and gain taken care of', async () => {
    const phone = await signedIn()
    const { chosen, missing } = await phone.listDevices()
    expect(chosen).to.deep.equal({
      microphone: null,
      camera: null,
      speaker: null,
      ringer: null,
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    })
    expect(missing).to.be.empty
  })

  it('is shown by the snapshot once it was asked for', async () => {
    const phone = await signedIn()
    expect(phone.snapshot.devices.setup).to.be.undefined
    const setup = await phone.listDevices()
    expect(phone.snapshot.devices.setup).to.equal(setup)
  })

  it('lists devices without opening one', async () => {
    const phone = await signedIn()
    await phone.listDevices()
    expect(machine.opened).to.be.empty
  })

  it('lists the devices there are, each once', async () => {
    const phone = await signedIn()
    const { microphones, cameras } = await phone.listDevices()
    expect(microphones.map(({ id }) => id)).to.deep.equal(machine.microphones)
    expect(cameras.map(({ id }) => id)).to.deep.equal(machine.cameras)
  })

  it('made before a call is what the call opens', async () => {
    const wanted = machine.microphones.at(-1)!
    const phone = await signedIn()
    await phone.chooseDevices({ microphone: wanted })
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    await eventually('the microphone is open', () => microphoneOf(phone))
    expect(idOf(microphoneOf(phone))).to.equal(wanted)
  })

  it('made in a call holds at once, by the same sender and without a new offer', async function () {
    if (machine.microphones.length < 2) this.skip()
    const { caller } = await inCall()
    const wanted = machine.microphones.find((id) => id !== idOf(microphoneOf(caller)))
    const before = microphoneOf(caller)
    const offers = machine.offers
    await caller.chooseDevices({ microphone: wanted! })
    expect(idOf(microphoneOf(caller))).to.equal(wanted)
    expect(before?.readyState).to.equal('ended')
    expect(machine.offers).to.equal(offers)
  })

  it('made while a call opens its microphone holds for that call, too', async function () {
    if (machine.microphones.length < 2) this.skip()
    const phone = await signedIn()
    const wanted = machine.microphones.at(-1)!
    await phone.listDevices()
    const dialing = phone.dial({ destination: 'echo', mediaType: 'audio' })
    await phone.chooseDevices({ microphone: wanted })
    await dialing
    await eventually('the chosen one is open', () => idOf(microphoneOf(phone)) === wanted)
  })

  it('is told to the page only when it asked', async () => {
    const { caller } = await inCall()
    // One look is over when the next one begins.
    for (const look of ['first', 'second']) {
      const { listed } = machine
      machine.unplug(`what was not there at the ${look} look`)
      await eventually('it was looked at', () => machine.listed > listed)
    }
    expect(caller.snapshot.devices.setup).to.be.undefined
  })

  it('is one snapshot as long as nothing changes', async () => {
    const phone = await signedIn()
    expect(await phone.listDevices()).to.equal(await phone.listDevices())
  })

  it('keeps a muted call muted', async () => {
    const { caller } = await inCall()
    await caller.mute()
    await caller.chooseDevices({ echoCancellation: false })
    expect(microphoneOf(caller)?.enabled).to.be.false
  })

  it('of another camera is seen by the same call', async function () {
    if (machine.cameras.length < 2) this.skip()
    const { caller } = await inCall('video')
    const wanted = machine.cameras.find((id) => id !== idOf(cameraOf(caller)))
    await caller.chooseDevices({ camera: wanted! })
    expect(idOf(cameraOf(caller))).to.equal(wanted)
  })

  it('of what is done against echo and noise is asked of the browser', async () => {
    const phone = await signedIn()
    await phone.chooseDevices({ echoCancellation: false, autoGainControl: false })
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    await eventually('the microphone is open', () => microphoneOf(phone))
    expect(machine.asked.at(-1)?.audio).to.deep.equal({
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: false,
    })
  })

  it('stays as it was when a device cannot be opened', async () => {
    const { caller } = await inCall()
    const before = microphoneOf(caller)
    machine.refuse('NotReadableError')
    const error = await caller
      .chooseDevices({ microphone: machine.microphones.at(-1)! })
      .catch((cause: unknown) => cause)
    expect(error).to.include({ code: '0029', JSMethod: 'chooseDevices' })
    expect(microphoneOf(caller)).to.equal(before)
    expect(before?.readyState).to.equal('live')
    expect((await caller.listDevices()).chosen.microphone).to.be.null
  })

  for (const [wrong, name] of [
    [{ microphone: 5 }, 'a number for a device'],
    [{ echoCancellation: 'yes' }, 'a word for an option'],
    [{ headset: 'x' }, 'a device of no use'],
    [null, 'nothing'],
  ] as const) {
    it(`refuses ${name} and stays as it was`, async () => {
      const phone = await signedIn()
      const error = await phone.chooseDevices(wrong as never).catch((cause: unknown) => cause)
      expect(error).to.include({ code: '0000' })
      expect((await phone.listDevices()).chosen.microphone).to.be.null
    })
  }

  describe('where a chosen device', () => {
    it('goes in a call gives way to the default one at once, and that is told', async function () {
      if (machine.microphones.length < 2) this.skip()
      const { caller } = await inCall()
      const wanted = machine.microphones.at(-1)!
      await caller.chooseDevices({ microphone: wanted })
      const told = new Promise<string>((resolve) => caller.on('notification', ({ message }) => resolve(message)))
      machine.unplug(wanted)
      await eventually('another microphone is open', () => {
        const id = idOf(microphoneOf(caller))
        return id !== wanted && microphoneOf(caller)?.readyState === 'live'
      })
      expect(await told).to.equal('The chosen microphone is gone: the default one is used until it is back')
      await settled(caller, ({ devices }) => devices.setup?.missing.includes('microphone') === true)
    })

    it('comes back in a call it is taken again', async function () {
      if (machine.microphones.length < 2) this.skip()
      const { caller } = await inCall()
      const wanted = machine.microphones.at(-1)!
      await caller.chooseDevices({ microphone: wanted })
      machine.unplug(wanted)
      await settled(caller, ({ devices }) => devices.setup?.missing.includes('microphone') === true)
      machine.plugIn(wanted)
      await eventually('it is open again', () => idOf(microphoneOf(caller)) === wanted)
      await settled(caller, ({ devices }) => devices.setup?.missing.length === 0)
    })

    it('goes in the very moment of a call, the call begins with another one', async () => {
      const phone = await signedIn()
      const wanted = machine.microphones.at(-1)!
      await phone.chooseDevices({ microphone: wanted })
      machine.vanish(wanted)
      await phone.dial({ destination: 'echo', mediaType: 'audio' })
      await eventually('a microphone is open', () => microphoneOf(phone)?.readyState === 'live')
    })

    it('is not there the default one is opened', async () => {
      const phone = await signedIn()
      await phone.chooseDevices({ microphone: 'of another day' })
      await phone.dial({ destination: 'echo', mediaType: 'audio' })
      await eventually('a microphone is open', () => microphoneOf(phone)?.readyState === 'live')
      expect(phone.snapshot.devices.setup?.missing).to.deep.equal(['microphone'])
    })
  })

  it('is looked after where nobody made one: a microphone that goes is replaced by another', async () => {
    const { caller } = await inCall()
    const before = microphoneOf(caller)!
    const id = idOf(before)!
    machine.end(before)
    await eventually('another track is open', () => {
      const now = microphoneOf(caller)
      return now !== before && now?.readyState === 'live'
    })
    expect(idOf(microphoneOf(caller))).to.equal(id)
  })

  it('is not kept for the next visit by itself', async () => {
    const phone = await signedIn()
    await phone.chooseDevices({ noiseSuppression: false })
    expect(localStorage.getItem('att.devices')).to.be.null
  })

  it('is kept where the page asks for it, and taken up again', async () => {
    const wanted = machine.microphones.at(-1)!
    const [first, next] = [await signedIn(), await signedIn()]
    await first.chooseDevices({ microphone: wanted, noiseSuppression: false, remember: true })
    await next.chooseDevices({ remember: true })
    expect((await next.listDevices()).chosen).to.include({ microphone: wanted, noiseSuppression: false })
  })

  it('is forgotten when the page says so', async () => {
    const phone = await signedIn()
    await phone.chooseDevices({ noiseSuppression: false, remember: true })
    await phone.chooseDevices({ remember: false })
    expect(localStorage.getItem('att.devices')).to.be.null
  })

  it('takes nothing from a memory that somebody else wrote', async () => {
    localStorage.setItem('att.devices', '{"microphone":5,"camera":"","echoCancellation":"no","__proto__":{"a":1}}')
    const phone = await signedIn()
    await phone.chooseDevices({ remember: true })
    expect((await phone.listDevices()).chosen).to.include({ microphone: null, camera: null, echoCancellation: true })
  })
})

describe('what sounds', () => {
  let machine: FakeMachine

  beforeEach(async () => {
    machine = await FakeMachine.start()
  })
  afterEach(async () => {
    await endPhones()
    machine.restore()
  })

  it('sounds by the chosen loudspeaker, in a call at once', async () => {
    const { caller } = await inCall()
    await caller.chooseDevices({ speaker: 'headset' })
    expect(machine.sinks.at(-1)).to.equal('')
    machine.plugIn('headset')
    await eventually('the call sounds there', () => machine.sinks.at(-1) === 'headset')
  })

  it('rings by another one than it speaks by', async () => {
    const [caller, callee] = [await signedIn(), await signedIn()]
    machine.plugIn('headset')
    machine.plugIn('desk')
    await callee.chooseDevices({ speaker: 'headset', ringer: 'desk' })
    callee.configure({ tones: true })
    await caller.dial({ destination: callee.snapshot.session.userId!, mediaType: 'audio' })
    await eventually('it rings by the desk', () => machine.sinks.includes('desk'))
    await callee.answer({})
    await eventually('it speaks by the headset', () => machine.sinks.at(-1) === 'headset')
  })

  it('can be tried', async () => {
    const phone = await signedIn()
    machine.plugIn('desk')
    await phone.chooseDevices({ ringer: 'desk' })
    const tried = new AbortController()
    const over = phone.testOutput('ringer', { signal: tried.signal })
    await eventually('it sounds by the desk', () => machine.sinks.includes('desk'))
    tried.abort()
    await over
  })

  it('plays by the default one where the browser lets nobody choose', async () => {
    machine.withoutOutputs()
    const phone = await signedIn()
    await phone.chooseDevices({ speaker: 'headset' })
    expect((await phone.listDevices()).canChooseOutput).to.be.false
    expect(machine.sinks).to.be.empty
  })
})

describe('a device that is tried', () => {
  let machine: FakeMachine
  let over: AbortController

  beforeEach(async () => {
    machine = await FakeMachine.start()
    over = new AbortController()
  })
  afterEach(async () => {
    over.abort()
    await endPhones()
    machine.restore()
  })

  it('tells how loud the microphone is', async () => {
    const phone = await signedIn()
    const trial = await phone.tryDevice('microphone', { signal: over.signal })
    await eventually('it is heard', () => trial.level > 0)
  })

  it('is closed when the trial is over', async () => {
    const phone = await signedIn()
    const { stream } = await phone.tryDevice('camera', { signal: over.signal })
    const [track] = stream.getTracks()
    over.abort()
    expect(track?.readyState).to.equal('ended')
    expect(machine.live).to.equal(0)
  })

  it('follows the choice', async () => {
    const phone = await signedIn()
    const { stream } = await phone.tryDevice('microphone', { signal: over.signal })
    await phone.chooseDevices({ microphone: machine.microphones.at(-1)! })
    expect(idOf(stream.getAudioTracks()[0] ?? null)).to.equal(machine.microphones.at(-1))
  })

  it('is the one that a call has open, and is heard though the call is muted', async () => {
    const { caller } = await inCall()
    await caller.mute()
    const opened = machine.opened.length
    const trial = await caller.tryDevice('microphone', { signal: over.signal })
    expect(machine.opened.length).to.equal(opened)
    await eventually('it is heard', () => trial.level > 0)
    over.abort()
    expect(microphoneOf(caller)?.readyState).to.equal('live')
  })

  it('is refused in words where the person does not allow it', async () => {
    const phone = await signedIn()
    machine.refuse('NotAllowedError')
    const error = await phone.tryDevice('microphone', { signal: over.signal }).catch((cause: unknown) => cause)
    expect(error).to.include({ code: '0020' })
    expect(phone.snapshot.devices.microphone).to.equal('denied')
  })
})

describe('the screen of the machine', () => {
  let wanted: string[] = []

  beforeEach(() => {
    wanted = []
    const request = (): Promise<unknown> => {
      wanted.push('awake')
      return Promise.resolve({ released: false, release: () => Promise.resolve(wanted.push('dark')) })
    }
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } })
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
  })
  afterEach(async () => {
    await endPhones()
    Reflect.deleteProperty(navigator, 'wakeLock')
    Reflect.deleteProperty(document, 'visibilityState')
  })

  it('is kept awake in a video call, and may go dark when that is over', async () => {
    const { caller } = await inCall('video')
    await eventually('both sides keep it awake', () => wanted.length === 2)
    await caller.hangup()
    await eventually('both let it go', () => wanted.filter((what) => what === 'dark').length === 2)
  })

  it('is left alone in an audio call', async () => {
    const { caller } = await inCall('audio')
    // What would ask is there by now: it lists devices for every part that wants to know.
    await caller.listDevices()
    expect(wanted).to.be.empty
  })
})

describe('a loudspeaker of this machine', () => {
  afterEach(endPhones)

  it('is what the element of the page sounds by', async function () {
    if (!('setSinkId' in HTMLMediaElement.prototype)) this.skip()
    const phone = await signedIn()
    const tried = new AbortController()
    await phone.tryDevice('microphone', { signal: tried.signal })
    tried.abort()
    const speaker = (await phone.listDevices()).speakers[0]
    // Firefox has no fake one.
    if (!speaker) this.skip()
    const remoteMedia = document.createElement('audio')
    await phone.dial({ destination: 'echo', mediaType: 'audio', remoteMedia })
    await settled(phone, ({ calls }) => calls[0]?.progress === 'connected')
    await phone.chooseDevices({ speaker: speaker.id })
    expect(remoteMedia.sinkId).to.equal(speaker.id)
    await phone.chooseDevices({ speaker: null })
    expect(remoteMedia.sinkId).to.equal('')
  })
})

import { expect } from '@open-wc/testing'
import { eventually } from '../media/testing/eventually.ts'
import type { Phone } from './phone.ts'
import type { CallQuality } from './quality-watch.ts'
import { endPhones, inCall, settled, signedIn } from './testing/phones-in-call.ts'

/** What a watcher was told, until the end of the test. */
class Watcher {
  readonly told: (CallQuality | null)[] = []

  constructor(phone: Phone, signal: AbortSignal, index?: number) {
    void phone.watchQuality((quality) => this.told.push(quality), { signal, ...(index && { index }) })
  }

  get last(): CallQuality | null {
    return this.told.at(-1) ?? null
  }
}

describe('the quality of a call', function () {
  // Silence is said after four seconds.
  this.timeout(120_000)
  let end: AbortController

  beforeEach(() => {
    end = new AbortController()
  })
  afterEach(async () => {
    end.abort()
    await endPhones()
  })

  const watch = (phone: Phone, index?: number) => new Watcher(phone, end.signal, index)

  it('is good between two pages of one machine, in both directions', async () => {
    const { caller } = await inCall()
    const watcher = watch(caller)
    await eventually(
      'both directions are known',
      () => watcher.last,
      (quality) => quality?.rating === 'good' && quality.sent.mos !== null,
    )
    const { sent, received, roundTrip } = watcher.last!
    expect([sent.codec, received.codec]).to.deep.equal(['opus', 'opus'])
    expect(received.mos).to.be.within(4, 4.5)
    expect(roundTrip).to.be.within(0, 500)
    expect([sent.silence, received.silence]).to.deep.equal([null, null])
  })

  it('is nothing without a call', async () => {
    const watcher = watch(await signedIn())
    await eventually('it is told', () => watcher.told.length > 0)
    expect(watcher.last).to.be.null
  })

  it('is read at most once a second, however many watch', async () => {
    const { caller } = await inCall()
    const connection = RTCPeerConnection.prototype
    const native = Object.getOwnPropertyDescriptor(connection, 'getStats')!
    const original = native.value as RTCPeerConnection['getStats']
    let reads = 0
    Object.defineProperty(connection, 'getStats', {
      ...native,
      value(this: RTCPeerConnection) {
        reads++
        return original.call(this)
      },
    })
    const began = performance.now()
    const [one, other] = [watch(caller), watch(caller)]
    await eventually('both are told three times', () => Math.min(one.told.length, other.told.length) >= 3)
    Object.defineProperty(connection, 'getStats', native)
    expect(reads).to.be.at.most(Math.floor((performance.now() - began) / 1000) + 1)
  })

  it('is read no more when nobody watches', async () => {
    const { caller } = await inCall()
    const watcher = watch(caller)
    await eventually('it is told', () => watcher.told.length > 0)
    end.abort()
    const { length } = watcher.told
    const once = new AbortController()
    const next: unknown[] = []
    await caller.watchQuality((quality) => next.push(quality), { signal: once.signal })
    await eventually('another one is told', () => next.length > 1)
    once.abort()
    expect(watcher.told.length).to.equal(length)
  })

  it('says that the microphone is muted, and at the other side that silence comes', async () => {
    const { caller, callee } = await inCall()
    await caller.mute()
    const [here, there] = [watch(caller), watch(callee)]
    await eventually('it is told there', () => there.last?.received.silence === 'received-silence')
    expect(here.last?.sent.silence).to.equal('muted')
    expect(here.last?.received.silence).to.be.null
  })

  it('says which side holds', async () => {
    const { caller, callee } = await inCall()
    await caller.hold()
    await settled(callee, ({ calls }) => calls[0]?.hold.remote === true)
    const [here, there] = [watch(caller), watch(callee)]
    await eventually('it is told there', () => there.last?.received.silence === 'held-by-remote')
    await eventually('it is told here', () => here.last?.sent.silence === 'held')
  })

  it('says that a microphone gives nothing but silence', async () => {
    const { caller } = await inCall()
    const sender = new AudioContext()
    const silence = new ConstantSourceNode(sender, { offset: 0 })
    const { stream } = silence.connect(sender.createMediaStreamDestination()) as MediaStreamAudioDestinationNode
    silence.start()
    const { mediaDevices } = navigator
    Object.defineProperty(mediaDevices, 'getUserMedia', {
      configurable: true,
      value: () => Promise.resolve(stream),
    })
    await caller.chooseDevices({ echoCancellation: false })
    Reflect.deleteProperty(mediaDevices, 'getUserMedia')
    const watcher = watch(caller)
    await eventually('it is told', () => watcher.last?.sent.silence === 'microphone-silent')
    await sender.close()
  })

  it('says that nothing comes from a side that sends nothing', async () => {
    const { caller, callee } = await inCall()
    await stopSending(callee)
    const watcher = watch(caller)
    await eventually('it is told', () => watcher.last?.received.silence === 'nothing-received')
  })

  it('is over with the call', async () => {
    const { caller } = await inCall()
    const watcher = watch(caller)
    await eventually('it is told', () => watcher.last !== null)
    await caller.hangup()
    await eventually('there is nothing more', () => watcher.last === null)
  })

  it('refuses to watch without an end', async () => {
    const phone = await signedIn()
    const error = await phone.watchQuality(() => {}, {} as never).catch((cause: unknown) => cause)
    expect(error).to.include({ code: '0000', JSMethod: 'watchQuality' })
  })
})

/** A far side that goes on without sending a packet, as one behind a broken firewall. */
async function stopSending(phone: Phone): Promise<void> {
  const { line } = phone as unknown as {
    line: { calls: { foreground: { local: { setHeld(held: boolean): Promise<void> } } } }
  }
  await line.calls.foreground.local.setHeld(true)
}

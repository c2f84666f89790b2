import { expect } from '@open-wc/testing'
import { defaultConnectionSettings } from '../../media/connection-settings.ts'
import { LocalMedia } from '../../media/local-media.ts'
import { eventually } from '../../media/testing/eventually.ts'
import { FaultySignaling, type FaultyLeg } from '../api/testing/faulty-signaling.ts'
import { localNetwork } from '../api/testing/local-network.ts'
import type { RecordedPhone } from '../api/testing/recorded-phone.ts'
import { useStage } from '../api/testing/phone-stage.ts'
import type { PhoneError } from '../phone-error.ts'
import { ScreenChooser } from '../testing/screen-chooser.ts'
import { SpeakingPhones, type Speaker } from './testing/speaking-phones.ts'

describe('the sound of a conference that is handed over', function () {
  this.timeout(120_000)
  let phones: SpeakingPhones

  beforeEach(() => {
    phones = new SpeakingPhones()
  })
  afterEach(() => phones.close())

  /** Resolves when somebody has another connection, to the new host. */
  const isThere = ({ phone }: Speaker): Promise<unknown> => phone.hears('call:state-changed')

  it('is everybody but oneself, and the former host no longer', async () => {
    const [alice, bob, carol] = await phones.conference()
    const dave = await phones.speaker('dave')
    await phones.opening(dave, () => phones.stage.join(alice.phone, dave.phone))
    await phones.stage.handOver(alice.phone, bob.phone)
    await Promise.all([isThere(carol), isThere(dave)])
    await phones.hears(carol, [bob, dave])
    await phones.hears(dave, [bob, carol])
    await phones.hears(bob, [carol, dave], 2)
  })

  it('is everybody but oneself while some are there and some are not', async () => {
    const atAlice = new FaultySignaling(localNetwork.signaling())
    const [alice, bob, carol] = await phones.conference({ signaling: () => atAlice })
    const dave = await phones.speaker('dave')
    await phones.opening(dave, () => phones.stage.join(alice.phone, dave.phone))
    const heard = new AbortController()
    const [, , ofDave] = atAlice.legs as [FaultyLeg, FaultyLeg, FaultyLeg]
    const transfer = ofDave.transfer?.bind(ofDave)
    ofDave.transfer = async (...parameters) => {
      await new Promise((resolve) => heard.signal.addEventListener('abort', resolve))
      return transfer?.(...parameters)
    }
    const handingOver = phones.stage.handOver(alice.phone, bob.phone)
    await isThere(carol)
    await phones.hears(carol, [alice, bob, dave])
    await phones.hears(dave, [alice, bob, carol])
    await phones.hears(bob, [alice, carol, dave], 2)
    await phones.hears(alice, [bob, carol, dave])
    heard.abort()
    await Promise.all([handingOver, isThere(dave)])
    await phones.hears(dave, [bob, carol])
  })

  it('lacks the new host who was muted, until they speak again', async () => {
    const [alice, bob, carol] = await phones.conference()
    const dave = await phones.speaker('dave')
    await phones.opening(dave, () => phones.stage.join(alice.phone, dave.phone))
    await bob.phone.phone.mute()
    await phones.stage.handOver(alice.phone, bob.phone)
    await isThere(carol)
    await phones.hears(carol, [dave])
    await bob.phone.phone.unmute()
    await phones.hears(carol, [bob, dave])
  })
})

describe('a host who hands over', function () {
  this.timeout(120_000)
  const stage = useStage(localNetwork)

  interface Scene {
    readonly alice: RecordedPhone
    readonly bob: RecordedPhone
    readonly carol: RecordedPhone
    readonly dave: RecordedPhone
    readonly atAlice: FaultySignaling
    readonly atBob: FaultySignaling
    /** Alice's legs to each. */
    readonly legs: Readonly<Record<'bob' | 'carol' | 'dave', FaultyLeg>>
  }

  /** Alice hosts a conference with Bob, Carol and Dave. */
  async function scene(): Promise<Scene> {
    const atAlice = new FaultySignaling(localNetwork.signaling())
    const atBob = new FaultySignaling(localNetwork.signaling())
    const alice = await stage().signedIn('alice', { signaling: () => atAlice })
    const bob = await stage().signedIn('bob', { signaling: () => atBob, allowHandOver: true })
    const [carol, dave] = await Promise.all([stage().signedIn('carol'), stage().signedIn('dave')])
    await stage().host(alice)
    for (const guest of [bob, carol, dave]) await stage().join(alice, guest)
    for (const phone of [alice, bob, carol, dave]) phone.forget()
    const [ofBob, ofCarol, ofDave] = atAlice.legs as [FaultyLeg, FaultyLeg, FaultyLeg]
    return { alice, bob, carol, dave, atAlice, atBob, legs: { bob: ofBob, carol: ofCarol, dave: ofDave } }
  }

  const joined = ({ snapshot }: RecordedPhone): readonly string[] =>
    (snapshot.conference?.participants ?? []).filter(({ state }) => state === 'joined').map(({ address }) => address)

  /** The words of the refusal, and those still with their host. */
  async function refused({ alice, bob }: Scene): Promise<string> {
    const error: unknown = await alice.phone.handOverConference(bob.address).catch((cause: unknown) => cause)
    expect(error).to.include({ ErrorCode: '3100', JSMethod: 'handOverConference' })
    expect(alice.call()).to.include({ progress: 'connected', pending: null })
    return (error as PhoneError).AdditionalInformation ?? ''
  }

  it('keeps it as it was where the phone of the other cannot take it', async () => {
    const all = await scene()
    const { alice, bob, carol, dave, atBob } = all
    atBob.break('leg.accept')
    await refused(all)
    expect(joined(alice)).to.deep.equal([bob, carol, dave].map(({ address }) => address))
    expect([alice, bob, carol, dave].flatMap(({ story }) => story)).to.deep.equal(['error 3100'])
  })

  it('keeps it as it was where nobody can be transferred', async () => {
    const all = await scene()
    const { alice, bob, carol, dave, atAlice } = all
    atAlice.break('leg.transfer')
    await refused(all)
    await stage().settled()
    expect(joined(alice)).to.deep.equal([bob, carol, dave].map(({ address }) => address))
    expect([bob, carol, dave].flatMap(({ story }) => story)).to.deep.equal([])
    expect(bob.snapshot.conference).to.include({ role: 'participant' })
    atAlice.mend('leg.transfer')
    await alice.phone.handOverConference(bob.address)
    await bob.until('both are there', () => joined(bob).length === 2)
  })

  it('leaves behind who cannot be transferred, and names them', async () => {
    const { alice, bob, carol, dave, legs } = await scene()
    legs.dave.transfer = () => Promise.reject(new Error('It broke'))
    await alice.phone.handOverConference(bob.address)
    const { message } = await alice.hears('warning')
    expect(message).to.contain(dave.address)
    await dave.hears('conference:ended')
    await bob.until('Carol is there alone', () => String(joined(bob)) === carol.address)
  })

  it('keeps those who are not gone yet where the other leaves in the middle', async () => {
    const all = await scene()
    const { alice, bob, carol, dave, legs } = all
    const transfer = legs.dave.transfer?.bind(legs.dave)
    legs.dave.transfer = async (...parameters) => {
      await bob.until('Carol is there', () => joined(bob).includes(carol.address))
      await bob.phone.endConference()
      return transfer?.(...parameters)
    }
    expect(await refused(all)).to.contain('has left')
    await carol.hears('conference:ended')
    await alice.until('Dave is still there', () => String(joined(alice)) === dave.address)
    expect(dave.story).to.deep.equal([])
  })

  it('and ends it in the middle leaves those who are gone with the other', async () => {
    const { alice, bob, carol, dave, legs } = await scene()
    legs.dave.transfer = async () => {
      await bob.until('Carol is there', () => joined(bob).includes(carol.address))
      await alice.phone.endConference()
    }
    await alice.phone.handOverConference(bob.address)
    await dave.hears('conference:ended')
    await bob.until('Carol is there alone', () => String(joined(bob)) === carol.address)
    expect(bob.snapshot.conference).to.include({ role: 'host' })
  })

  it('and ends it before anybody has gone ends it for the other, too', async () => {
    const { alice, bob, legs } = await scene()
    for (const leg of [legs.carol, legs.dave]) leg.transfer = () => alice.phone.endConference()
    await alice.phone.handOverConference(bob.address)
    await bob.hears('conference:ended')
    expect(bob.snapshot.calls).to.deep.equal([])
  })

  it('finds it held by the other who has just turned to something else', async () => {
    const { alice, bob, carol, dave, legs } = await scene()
    const transfer = legs.carol.transfer?.bind(legs.carol)
    legs.carol.transfer = async (...parameters) => {
      await bob.phone.hold()
      return transfer?.(...parameters)
    }
    legs.dave.transfer = () => Promise.reject(new Error('It broke'))
    await alice.phone.handOverConference(bob.address)
    await bob.until('it is on hold', () => bob.call(2).hold.local)
    await carol.hears('conference:held')
    await bob.phone.resume()
    await carol.hears('conference:resumed')
    await dave.hears('conference:ended')
  })

  it('leaves the other with the screen that they show, until they end it', async () => {
    const chooser = new ScreenChooser()
    try {
      const [alice, bob, carol] = await stage().conference('video')
      bob.phone.configure({ allowHandOver: true })
      await bob.phone.shareScreen(true)
      await alice.phone.handOverConference(bob.address)
      await bob.until('Carol is there alone', () => String(joined(bob)) === carol.address)
      expect(bob.call(2)).to.include({ screen: true, camera: false })
      chooser.stop()
      await bob.until('the camera is back', () => bob.call(2).camera && !bob.call(2).screen)
    } finally {
      chooser.restore()
    }
  })

  it('leaves no leg behind that was for somebody who left', async () => {
    const { alice, bob, carol, dave, atBob, legs } = await scene()
    legs.dave.transfer = async () => {
      await dave.phone.endConference()
      throw new Error('They are gone')
    }
    await alice.phone.handOverConference(bob.address)
    await bob.until('Carol is there alone', () => String(joined(bob)) === carol.address)
    const open = (): number => atBob.legs.filter(({ connection }) => connection !== null).length
    await eventually('only the leg of Carol is left', () => open() === 1)
    expect(alice.story.join()).not.to.contain('warning')
  })
})

describe('a leg that hands a conference over', function () {
  this.timeout(120_000)
  const stage = useStage(localNetwork)

  /** What the exchange says to a stranger who places it. */
  async function offeredBy(name: string, to: RecordedPhone): Promise<string> {
    const signaling = new FaultySignaling(localNetwork.signaling())
    await stage().signedIn(name, { signaling: () => signaling })
    const media = { mediaType: 'audio', local: new LocalMedia(), settings: defaultConnectionSettings } as const
    const placing = signaling.place(to.address, media, new AbortController().signal, { focus: 'hand-over' })
    return placing.then(
      () => 'placed',
      (error: unknown) => (error as Error).message,
    )
  }

  it('reaches nobody who is in no call, and does not ring', async () => {
    const bob = await stage().signedIn('bob')
    expect(await offeredBy('dave', bob)).to.match(/by its host alone/)
    expect(bob.story).to.deep.equal([])
  })

  it('reaches nobody who is in a call with somebody else', async () => {
    const [, bob] = await stage().conference()
    expect(await offeredBy('dave', bob)).to.match(/by its host alone/)
    expect(bob.story).to.deep.equal([])
  })
})

import { expect } from '@open-wc/testing'
import { SpeakingPhones } from './testing/speaking-phones.ts'

describe('the sound of a conference', function () {
  this.timeout(120_000)
  let phones: SpeakingPhones

  beforeEach(() => {
    phones = new SpeakingPhones()
  })
  afterEach(() => phones.close())

  it('is everybody but oneself', async () => {
    const [alice, bob, carol] = await phones.conference()
    await phones.hears(alice, [bob, carol])
    await phones.hears(bob, [alice, carol])
    await phones.hears(carol, [alice, bob])
  })

  it('lacks who was removed', async () => {
    const [alice, bob, carol] = await phones.conference()
    await phones.hears(carol, [alice, bob])
    await alice.phone.phone.removeParticipant(bob.phone.address)
    await phones.hears(carol, [alice])
    await phones.hears(alice, [carol])
  })

  it('lacks whom the host silences, until the host lets them speak again', async () => {
    const [alice, bob, carol] = await phones.conference()
    await alice.phone.phone.setParticipantMuted({ participant: bob.phone.address, muted: true })
    expect(alice.phone.participant(bob.phone)?.silenced).to.equal(true)
    await phones.hears(carol, [alice])
    await phones.hears(bob, [alice, carol])
    await alice.phone.phone.setParticipantMuted({ participant: bob.phone.address, muted: false })
    await phones.hears(carol, [alice, bob])
  })

  it('is the host alone while the host silences all, those who join later too', async () => {
    const [alice, bob, carol] = await phones.conference()
    await alice.phone.phone.muteAllParticipants(true)
    const dave = await phones.speaker('dave')
    await phones.opening(dave, () => phones.stage.join(alice.phone, dave.phone))
    expect(alice.phone.snapshot.conference?.allSilenced).to.equal(true)
    await phones.hears(bob, [alice])
    await phones.hears(alice, [])
    await alice.phone.phone.muteAllParticipants(false)
    await phones.hears(bob, [alice, carol, dave])
  })

  it('lacks the host while the host is muted', async () => {
    const [alice, bob, carol] = await phones.conference()
    await alice.phone.phone.mute()
    await phones.hears(bob, [carol])
    await alice.phone.phone.unmute()
    await phones.hears(bob, [alice, carol])
  })

  it('is silence while the host holds it', async () => {
    const [alice, bob, carol] = await phones.conference()
    await alice.phone.phone.hold()
    await phones.hears(bob, [])
    await phones.hears(alice, [])
    await alice.phone.phone.resume()
    await phones.hears(bob, [alice, carol])
    await phones.hears(alice, [bob, carol])
  })

  it('lacks a participant who holds it', async () => {
    const [alice, bob, carol] = await phones.conference()
    await bob.phone.phone.hold()
    await phones.hears(carol, [alice])
    await bob.phone.phone.resume()
    await phones.hears(carol, [alice, bob])
  })

  it('tells the host who muted their microphone, and who speaks', async () => {
    const [alice, bob] = await phones.conference()
    await alice.phone.until('bob is heard', () => alice.phone.participant(bob.phone)?.speaking === true)
    await bob.phone.phone.mute()
    await alice.phone.until('bob is muted', () => alice.phone.participant(bob.phone)?.muted === true)
    expect(alice.phone.participant(bob.phone)).to.include({ speaking: false, silenced: false })
  })

  it('is that of both calls that were merged', async () => {
    const [alice, bob, carol] = [
      await phones.speaker('alice'),
      await phones.speaker('bob'),
      await phones.speaker('carol'),
    ]
    for (const guest of [bob, carol]) {
      const dial = () =>
        alice.phone.snapshot.calls.length === 0 ? alice.phone.dial(guest.phone) : alice.phone.addCall(guest.phone)
      await Promise.all([phones.opening(alice, dial), guest.phone.rings()])
      await phones.opening(guest, () => guest.phone.phone.answer({}))
      await guest.phone.hears('media:established')
    }
    await phones.opening(alice, () => alice.phone.phone.merge())
    await phones.hears(bob, [alice, carol])
    await phones.hears(carol, [alice, bob])
    await phones.hears(alice, [bob, carol], 3)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser } from '../e2e/harness.ts'
import { useConferencePhones, type ConferencePhoneWindow } from './harness/conference-phones.ts'

const merge = ({ window }: ConferencePhoneWindow): Promise<void> => window.evaluate(() => conferencePhone.phone.merge())

for (const browser of oneBrowser) {
  describe(`two calls, merged into a conference that Janus mixes, in ${browser}`, () => {
    const phones = useConferencePhones(browser)

    /** Alice talks with Carol while Bob, whom she called first, is on hold; what they told is forgotten. */
    async function twoCalls(): Promise<readonly [ConferencePhoneWindow, ConferencePhoneWindow, ConferencePhoneWindow]> {
      const [alice, bob, carol] = await phones.signedIn('alice', 'bob', 'carol')
      await alice.talksTo(bob)
      await alice.talksTo(carol)
      for (const phone of [alice, bob, carol]) await phone.forget()
      return [alice, bob, carol]
    }

    it('let everybody hear everybody', async () => {
      const [alice, bob, carol] = await twoCalls()
      await merge(alice)
      await alice.hears(bob, carol)
      await bob.hears(alice, carol)
      await carol.hears(alice, bob)
      assert.equal(await alice.mix(), 'server')
      await alice.shows(`${bob.address} joined`, `${carol.address} joined`)
    })

    it('tell the others nothing but that they are resumed: their calls go on', async () => {
      const [alice, bob, carol] = await twoCalls()
      await merge(alice)
      await bob.hears(alice, carol)
      await carol.hears(alice, bob)
      assert.deepEqual(await bob.story(), ['call:resumed'])
      assert.deepEqual(await carol.story(), [])
      for (const phone of [bob, carol]) {
        const calls = await phone.window.evaluate(() =>
          conferencePhone.phone.snapshot.calls.map(({ callType, hold, remote, link }) => [
            callType,
            hold.remote,
            remote.address,
            link,
          ]),
        )
        assert.deepEqual(calls, [['call', false, alice.address, 'ok']])
      }
    })

    it('end for the host as calls that go on elsewhere', async () => {
      const [alice] = await twoCalls()
      await merge(alice)
      const story = await alice.story()
      assert.equal(story.filter((event) => event === 'call:disconnected').length, 2)
      const calls = await alice.window.evaluate(() =>
        conferencePhone.phone.snapshot.calls.map(({ callType, foreground }) => [callType, foreground]),
      )
      assert.deepEqual(calls, [['conference', true]])
      assert.equal(await alice.window.evaluate(() => conferencePhone.phone.snapshot.lastCall), null)
    })

    it('end when the conference does', async () => {
      const [alice, bob, carol] = await twoCalls()
      await merge(alice)
      await alice.window.evaluate(() => conferencePhone.phone.endConference())
      await Promise.all([bob.tells('call:disconnected'), carol.tells('call:disconnected')])
    })
  })

  describe(`a call beside a conference of one’s own that Janus mixes, in ${browser}`, () => {
    const phones = useConferencePhones(browser)

    it('becomes a part of it', async () => {
      const [alice, bob] = await phones.confer('alice', 'bob')
      const dave = await phones.signIn('dave')
      await alice.talksTo(dave)
      await merge(alice)
      await alice.hears(bob, dave)
      await bob.hears(alice, dave)
      await dave.hears(alice, bob)
      await alice.shows(`${bob.address} joined`, `${dave.address} joined`)
    })
  })
}

describe('a call that became a part of a conference that Janus mixes', () => {
  const phones = useConferencePhones('chromium', 2)

  /** A conference of Alice, Bob and Carol that was made of calls. */
  async function merged(): Promise<readonly [ConferencePhoneWindow, ConferencePhoneWindow, ConferencePhoneWindow]> {
    const [alice, bob, carol] = await phones.signedIn('alice', 'bob', 'carol')
    await alice.talksTo(bob)
    await alice.talksTo(carol)
    await merge(alice)
    await carol.hears(alice, bob)
    return [alice, bob, carol]
  }

  it('is muted by its far side, and the host sees it', async () => {
    const [alice, bob, carol] = await merged()
    await bob.window.evaluate(() => conferencePhone.phone.mute())
    await alice.shown(bob, { muted: true })
    await carol.hears(alice)
  })

  it('was muted before, and the host sees it', async () => {
    const [alice, bob, carol] = await phones.signedIn('alice', 'bob', 'carol')
    await alice.talksTo(bob)
    await bob.window.evaluate(() => conferencePhone.phone.mute())
    await alice.talksTo(carol)
    await merge(alice)
    await alice.shown(bob, { state: 'joined', muted: true })
    await alice.hears(carol)
  })

  it('was held by its far side, and is until that resumes', async () => {
    const [alice, bob, carol] = await phones.signedIn('alice', 'bob', 'carol')
    await alice.talksTo(bob)
    await bob.window.evaluate(() => conferencePhone.phone.hold())
    await alice.window.until('Bob holds', () => conferencePhone.phone.snapshot.calls[0]?.hold.remote)
    await alice.talksTo(carol)
    await merge(alice)
    await alice.shown(bob, { state: 'held' })
    await carol.hears(alice)
    await bob.window.evaluate(() => conferencePhone.phone.resume())
    await carol.hears(alice, bob)
    await bob.hears(alice, carol)
  })

  it('is held by its far side, who hears nothing, until that resumes', async () => {
    const [alice, bob, carol] = await merged()
    await bob.window.evaluate(() => conferencePhone.phone.hold())
    await alice.shown(bob, { state: 'held' })
    await bob.hears()
    await carol.hears(alice)
    await bob.window.evaluate(() => conferencePhone.phone.resume())
    await bob.hears(alice, carol)
  })

  it('is held with the conference by its host', async () => {
    const [alice, bob] = await merged()
    await bob.forget()
    await alice.window.evaluate(() => conferencePhone.phone.hold())
    await bob.tells('call:held')
    await bob.hears()
    await alice.window.evaluate(() => conferencePhone.phone.resume())
    await bob.tells('call:resumed')
  })

  it('is silenced by the host', async () => {
    const [alice, bob, carol] = await merged()
    await alice.window.evaluate(
      (participant) => conferencePhone.phone.setParticipantMuted({ participant, muted: true }),
      bob.address,
    )
    await carol.hears(alice)
    await bob.hears(alice, carol)
  })

  it('goes on at another instance when the one that mixes is killed', async () => {
    const [alice, bob, carol] = await merged()
    await (await phones.server().onlyBusy()).kill()
    await phones.server().reaches(1)
    await alice.hears(bob, carol)
    await bob.hears(alice, carol)
    await carol.hears(alice, bob)
  })

  it('ends for its far side when the page of the host is killed', async () => {
    const [alice, bob, carol] = await merged()
    await alice.window.crash()
    await Promise.all([bob.tells('call:disconnected'), carol.tells('call:disconnected')])
  })

  it('ends for its far side alone who hangs up', async () => {
    const [alice, bob, carol] = await merged()
    await bob.window.evaluate(() => conferencePhone.phone.hangup())
    await alice.tells('conference:participant-removed')
    await carol.hears(alice)
  })
})

describe('merging where no Janus can be reached', () => {
  const phones = useConferencePhones('chromium')

  it('makes a conference that the page of the host mixes', async () => {
    const [alice, bob, carol] = await phones.signedIn('alice', 'bob', 'carol')
    await alice.talksTo(bob)
    await alice.talksTo(carol)
    await phones.server().halt()
    alice.window.forgive(/response 503/)
    await merge(alice)
    await bob.hears(alice, carol)
    await carol.hears(alice, bob)
    assert.equal(await alice.mix(), 'browser')
  })
})

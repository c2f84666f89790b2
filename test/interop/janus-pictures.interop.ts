import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser } from '../e2e/harness.ts'
import { useConferencePhones } from './harness/conference-phones.ts'
import { pictureRoomsAt } from './harness/janus-gateway.ts'

for (const browser of oneBrowser) {
  describe(`a conference with pictures that Janus mixes, in ${browser}`, () => {
    const phones = useConferencePhones(browser, 2, { mediaType: 'video' })

    it('lets each see all the others, and not themselves', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await alice.sees(bob, carol)
      await bob.sees(alice, carol)
      await carol.sees(alice, bob)
    })

    it('lets each hear all the others, and not themselves', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await alice.hears(bob, carol)
      await bob.hears(alice, carol)
      await carol.hears(alice, bob)
    })

    it('shows somebody who joins later to all, and all to them', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await alice.sees(bob, carol)
      const dave = await phones.signIn('dave')
      await alice.invites(dave)
      await dave.joins('video')
      await alice.sees(bob, carol, dave)
      await bob.sees(alice, carol, dave)
      await dave.sees(alice, bob, carol)
    })

    it('shows nobody who has left', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await bob.sees(alice, carol)
      await carol.window.evaluate(() => conferencePhone.phone.endConference())
      await alice.sees(bob)
      await bob.sees(alice)
    })

    it('shows somebody who comes back after they left', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await bob.sees(alice, carol)
      await carol.window.evaluate(() => conferencePhone.phone.endConference())
      await bob.sees(alice)
      const dave = await phones.signIn('dave')
      await alice.invites(dave)
      await dave.joins('video')
      await bob.sees(alice, dave)
      await dave.sees(alice, bob)
    })

    it('shows black of somebody whose camera is off, until it is on again', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await alice.sees(bob, carol)
      await bob.window.evaluate(() => conferencePhone.phone.setCamera(false))
      await alice.looks(bob.address, `${carol.address} ${carol.colour}`)
      await bob.window.evaluate(() => conferencePhone.phone.setCamera(true))
      await alice.sees(bob, carol)
      await carol.sees(alice, bob)
    })

    it('shows a participant who holds to nobody, nor anybody to them, until they resume', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await alice.sees(bob, carol)
      await carol.sees(alice, bob)
      await bob.window.evaluate(() => conferencePhone.phone.hold())
      await carol.sees(alice)
      await alice.looks(bob.address, `${carol.address} ${carol.colour}`)
      await bob.looks()
      await bob.window.evaluate(() => conferencePhone.phone.resume())
      await carol.sees(alice, bob)
      await bob.sees(alice, carol)
    })

    it('shows nobody to anybody while the host holds', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await bob.sees(alice, carol)
      await alice.window.evaluate(() => conferencePhone.phone.hold())
      await Promise.all([bob.looks(), carol.looks(), alice.looks(bob.address, carol.address)])
      await alice.window.evaluate(() => conferencePhone.phone.resume())
      await alice.sees(bob, carol)
      await bob.sees(alice, carol)
    })

    it('goes on when it is handed over', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await bob.sees(alice, carol)
      await alice.window.evaluate((to) => conferencePhone.phone.handOverConference(to), bob.address)
      await bob.isRole('host')
      await bob.sees(carol)
      await carol.sees(bob)
    })

    it('brings the picture of one of the others by the call itself', async () => {
      const [alice, bob] = await phones.confer('alice', 'bob')
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const)
        await one.window.until('a picture comes', (wanted) => conferencePhone.picture.join() === wanted, other.colour)
    })

    it('is of sound alone for somebody who joins without a picture', async () => {
      const [alice, bob] = await phones.confer('alice', 'bob')
      const carol = await phones.signIn('carol')
      await alice.invites(carol)
      await carol.joins('audio')
      await alice.looks(`${bob.address} ${bob.colour}`, carol.address)
      await bob.sees(alice)
      await carol.looks()
      await carol.hears(alice, bob)
    })

    it('has its pictures back when the instance is killed', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await alice.sees(bob, carol)
      await (await phones.server().onlyBusy()).kill()
      await bob.tellsLinks('recovering', 'ok')
      await alice.sees(bob, carol)
      await bob.sees(alice, carol)
      await carol.sees(alice, bob)
    })

    it('keeps nothing at Janus when it has ended', async () => {
      const [alice, bob] = await phones.confer('alice', 'bob')
      await alice.sees(bob)
      await alice.window.evaluate(() => conferencePhone.phone.endConference())
      await bob.tells('conference:ended')
      for (const janus of phones.server().servers)
        await janus.until('A room is left', async () => (await pictureRoomsAt(janus)) === 0)
    })
  })
}

describe('a video conference at a gateway whose Janus passes on no pictures', () => {
  const phones = useConferencePhones('chromium', 1, { mediaType: 'video', pictures: false })

  it('is mixed by the page of its host', async () => {
    const [alice, bob] = await phones.confer('alice', 'bob')
    assert.equal(await alice.window.evaluate(() => conferencePhone.phone.snapshot.conference?.mix), 'browser')
    await alice.sees(bob)
  })
})

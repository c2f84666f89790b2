import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { oneBrowser } from '../e2e/harness.ts'
import { useConferences, type Attendee } from './harness/conferences.ts'
import { roomsAt } from './harness/janus-gateway.ts'

for (const browser of oneBrowser) {
  describe(`two instances of Janus, in ${browser}`, () => {
    const people = useConferences(browser, 2)

    afterEach(() => people.server().restore())

    /** Kills the instance that mixes the conference, as soon as those of the tests before are over. */
    async function killBusy(): Promise<void> {
      await (await people.server().onlyBusy()).kill()
    }

    /** Resolves when each has a connection with the other instance. */
    async function moves(attendees: readonly Attendee[]): Promise<void> {
      const paths = await Promise.all(attendees.map((attendee) => attendee.path()))
      await killBusy()
      await Promise.all(attendees.map((attendee, index) => attendee.hasAnotherPath(paths[index] ?? '')))
    }

    it('share the conferences: the second goes to the one that has less to do', async () => {
      await people.confer('alice', 'bob')
      await people.confer('carol')
      assert.deepEqual(await Promise.all(people.server().servers.map((server) => roomsAt(server))), [1, 1])
    })

    it('make one of the other: sound is back when the first is killed', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await moves([alice, bob, carol])
      await alice.hearsOnly(bob, carol)
      await bob.hearsOnly(alice, carol)
      await carol.hearsOnly(alice, bob)
    })

    it('tell all that the conference is being recovered, and that it is well again', async () => {
      const [alice, bob] = await people.confer('alice', 'bob')
      await moves([alice, bob])
      for (const attendee of [alice, bob]) await attendee.hearsInOrder('link recovering', 'link ok')
    })

    it('take somebody in who was invited by the one that was killed', async () => {
      const [alice] = await people.confer('alice')
      const bob = await people.signIn('bob')
      await alice.invite(bob)
      await bob.isInvited()
      await killBusy()
      await bob.join()
      await alice.hearsOnly(bob)
      await bob.hearsOnly(alice)
    })

    it('keep somebody silenced, and who holds on hold', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.silences(bob, true)
      await carol.does('hold')
      await alice.hearsOnly()
      await moves([alice, bob])
      await bob.hearsOnly(alice)
      await alice.hearsOnly()
    })

    it('keep a conference on hold whose host holds it', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.does('hold')
      await carol.hearsOf('held')
      await moves([alice, bob, carol])
      await carol.hearsInOrder('link recovering', 'held undefined')
      await carol.hearsOnly()
      await alice.does('resume')
      await bob.hearsOnly(alice, carol)
      await carol.hearsOnly(alice, bob)
    })

    it('end a conference for all when both are gone', async () => {
      const [alice, bob] = await people.confer('alice', 'bob')
      // Each looks for a new path meanwhile.
      for (const { window } of [alice, bob]) window.forgive(/response (404|409)/)
      await people.server().halt()
      await alice.hearsOf('ended')
      await bob.hearsOf('ended')
    })

    it('refuse a conference while both are gone', async () => {
      await people.server().halt()
      const alice = await people.signIn('alice')
      alice.window.forgive(/response 503/)
      assert.equal(await alice.refusalOfHosting(), 503)
    })
  })
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser } from '../e2e/harness.ts'
import { useConferences } from './harness/conferences.ts'
import { roomsAt } from './harness/janus-gateway.ts'

for (const browser of oneBrowser) {
  describe(`a conference that Janus mixes, in ${browser}`, () => {
    const people = useConferences(browser)

    it('lets each hear all the others, and not themselves', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.hearsOnly(bob, carol)
      await bob.hearsOnly(alice, carol)
      await carol.hearsOnly(alice, bob)
    })

    it('is silent of somebody who was taken out, and for them', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.removes(carol)
      await carol.hearsOf('ended', { reason: 'remote-hangup' })
      await alice.hearsOnly(bob)
      await bob.hearsOnly(alice)
    })

    it('goes on without somebody who leaves, and tells the host', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await carol.does('end')
      await alice.hearsOf(`ended ${carol.name}`, { reason: 'remote-hangup' })
      await bob.hearsOnly(alice)
    })

    it('ends for all when the host ends it', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.does('end')
      await bob.hearsOf('ended', { reason: 'remote-hangup' })
      await carol.hearsOf('ended', { reason: 'remote-hangup' })
    })

    it('is not heard by a participant who holds it, nor they by the others, until they resume', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await bob.does('hold')
      await alice.hearsOf(`changed ${bob.name}`, { state: 'held' })
      await alice.hearsOnly(carol)
      await bob.hearsOnly()
      await bob.does('resume')
      await alice.hearsOnly(bob, carol)
      await bob.hearsOnly(alice, carol)
    })

    it('is silence for all, who are told, while its host holds it', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.does('hold')
      for (const one of [bob, carol]) {
        await one.hearsOf('held')
        await one.hearsOnly()
      }
      await alice.does('resume')
      for (const one of [bob, carol]) await one.hearsOf('resumed')
      await bob.hearsOnly(alice, carol)
      await carol.hearsOnly(alice, bob)
    })

    it('is held for somebody who joins while its host holds it', async () => {
      const [alice, bob] = await people.confer('alice', 'bob')
      await alice.does('hold')
      const carol = await people.signIn('carol')
      await alice.invite(carol)
      await carol.isInvited()
      await carol.join()
      await carol.hearsOf('held')
      await carol.hearsOnly()
      await alice.does('resume')
      await carol.hearsOnly(alice, bob)
    })

    it('lets a participant who held it hear the others when they and its host have resumed', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await bob.does('hold')
      await alice.does('hold')
      await bob.does('resume')
      await bob.hearsOnly()
      await alice.does('resume')
      await bob.hearsOnly(alice, carol)
    })

    it('does not let the others hear somebody whom the host silences, until they may be heard again', async () => {
      const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
      await alice.silences(bob, true)
      await carol.hearsOnly(alice)
      await bob.hearsOnly(alice, carol)
      await alice.silences(bob, false)
      await carol.hearsOnly(alice, bob)
    })

    it('tells the host who speaks', async () => {
      const [alice, bob] = await people.confer('alice', 'bob')
      await alice.hearsOf(`changed ${bob.name}`, { speaking: true })
    })

    for (const [who, index] of [
      ['the host', 0],
      ['a participant', 1],
    ] as const) {
      it(`goes on when the path of ${who} is built anew`, async () => {
        const attendees = await people.confer('alice', 'bob')
        const [one, other] = index === 0 ? attendees : ([attendees[1], attendees[0]] as const)
        const path = await one.path()
        await one.does('restartMedia')
        await one.hasAnotherPath(path)
        await one.hearsOnly(other)
        await other.hearsOnly(one)
      })
    }
  })
}

describe('a conference that Janus mixes', () => {
  const people = useConferences('chromium')

  it('goes on within 10 s without somebody whose page was killed, and tells the host', async () => {
    const [alice, bob, carol] = await people.confer('alice', 'bob', 'carol')
    const killed = Date.now()
    await carol.window.crash()
    await alice.hearsOf(`ended ${carol.name}`)
    assert.ok(Date.now() - killed < 10_000)
    await bob.hearsOnly(alice)
  })

  it('ends for all within 10 s when the page of its host was killed', async () => {
    const [alice, bob] = await people.confer('alice', 'bob')
    const killed = Date.now()
    await alice.window.crash()
    await bob.hearsOf('ended')
    assert.ok(Date.now() - killed < 10_000)
  })

  it('has room for eight in windows of their own', async () => {
    const all = await people.confer('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
    for (const one of all) await one.hearsOnly(...all.filter((other) => other !== one))
  })
})

describe('an invitation to a conference that Janus mixes', () => {
  const people = useConferences('chromium')

  for (const reason of ['rejected', 'busy'] as const) {
    it(`that is refused as ${reason} ends so for the host`, async () => {
      const [alice] = await people.confer('alice')
      const bob = await people.signIn('bob')
      await alice.invite(bob)
      await bob.isInvited()
      await bob.declines(reason)
      await alice.hearsOf(`ended ${bob.name}`, { reason })
    })
  }

  it('that the host takes back is canceled', async () => {
    const [alice] = await people.confer('alice')
    const bob = await people.signIn('bob')
    await alice.invite(bob)
    await bob.isInvited()
    await alice.removes(bob)
    await bob.hearsOf('ended', { reason: 'canceled' })
  })

  it('is refused for somebody who is in already', async () => {
    const [alice, bob] = await people.confer('alice', 'bob')
    alice.window.forgive(/response 400: PUT/)
    assert.equal(await alice.refusalOfInviting(bob.name), 400)
  })

  it('is refused for somebody who is not signed in', async () => {
    const [alice] = await people.confer('alice')
    alice.window.forgive(/response 404: PUT/)
    assert.equal(await alice.refusalOfInviting('nobody@conference.example'), 404)
  })

  it('may follow one that was refused', async () => {
    const [alice] = await people.confer('alice')
    const bob = await people.signIn('bob')
    await alice.invite(bob)
    await bob.isInvited()
    await bob.declines('rejected')
    await alice.hearsOf(`ended ${bob.name}`, { reason: 'rejected' })
    await alice.invite(bob)
    await alice.hearsOf(`changed ${bob.name}`, { state: 'invited' })
  })
})

describe('a Janus', () => {
  const people = useConferences('chromium')
  it('keeps nothing of a conference that has ended', async () => {
    const [alice, bob] = await people.confer('alice', 'bob')
    await alice.does('end')
    await bob.hearsOf('ended')
    const [janus] = people.server().servers
    await janus?.until('A room is left', async () => (await roomsAt(janus)) === 0)
  })

  it('keeps nothing of a gateway that has stopped', async () => {
    const [, bob] = await people.confer('alice', 'bob')
    await people.server().stopGateway()
    await bob.hearsOf('ended', { reason: 'session-ended' })
    assert.deepEqual(await Promise.all(people.server().servers.map((server) => roomsAt(server))), [0])
  })
})

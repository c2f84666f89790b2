import { after, afterEach, before, describe, it } from 'node:test'
import { browserNames } from './harness.ts'
import { NetworkPath } from './harness/network-path.ts'
import { usePeople } from './harness/people.ts'
import type { Person } from './harness/person.ts'

/** What a browser says on the console of a server that is away, and of a session it has forgotten. */
const outage = /request failed|WebSocket|Firefox can.t establish|can’t establish|response (401|404|502|503)/

/** The way to this port, for all tests of this group; whole again before each. */
function usePath(target: () => number): () => NetworkPath {
  let path: NetworkPath | undefined
  before(async () => {
    path = await NetworkPath.to(target())
  })
  afterEach(() => path?.mend())
  after(() => path?.cut())
  return () => {
    if (!path) throw new Error('The way to the server is there while tests run, not before')
    return path
  }
}

for (const name of browserNames) {
  describe(`a gateway that crashes, in ${name}`, () => {
    const people = usePeople()

    async function crash(...witnesses: readonly Person[]): Promise<void> {
      for (const { window } of witnesses) window.forgive(outage)
      await people.server().kill()
      await Promise.all(witnesses.map((witness) => witness.sees('Reconnecting…')))
      await people.server().restart()
    }

    it('is signed in to again once it is back', async () => {
      const alice = await people.signIn(name, 'alice')
      await crash(alice)
      await alice.sees('Ready')
    })

    it('carries new calls once it is back', async () => {
      const [alice, bob] = await people.meet({ caller: name, callee: name })
      await crash(alice, bob)
      await Promise.all([alice.sees('Ready'), bob.sees('Ready')])
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
    })

    it('ends the calls it carried', async () => {
      const [alice, bob] = await people.meet({ caller: name, callee: name })
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.seesTheTime(), bob.seesTheTime()])
      await crash(alice, bob)
      await Promise.all([alice.sees('Ended: you were signed out'), bob.sees('Ended: you were signed out')])
    })
  })

  describe(`a network that fails, in ${name}`, () => {
    const people = usePeople()
    const path = usePath(() => people.server().port)

    async function talk(): Promise<readonly [Person, Person]> {
      const [alice, bob] = await Promise.all([
        people.signIn(name, 'alice', { origin: path().url }),
        people.signIn(name, 'bob'),
      ])
      alice.window.forgive(outage)
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
      return [alice, bob]
    }

    it('is told of', async () => {
      const alice = await people.signIn(name, 'alice', { origin: path().url })
      alice.window.forgive(outage)
      await path().cut()
      await alice.sees('Connection lost. Reconnecting; this may take a moment.')
      await path().mend()
      await alice.sees('Ready')
    })

    it('is told of by the browser', async () => {
      const alice = await people.signIn(name, 'alice')
      alice.window.forgive(outage)
      await alice.window.page.setOfflineMode(true)
      await alice.sees('You are offline.')
      await alice.window.page.setOfflineMode(false)
      await alice.sees('Ready')
    })

    it('leaves the call as it is', async () => {
      const [alice, bob] = await talk()
      await path().cut()
      await alice.sees('Reconnecting…')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
      await path().mend()
      await alice.sees('Connected')
    })

    it('lets the call be ended by the other side meanwhile', async () => {
      const [alice, bob] = await talk()
      await path().cut()
      await alice.sees('Reconnecting…')
      await bob.press('Hang up')
      await bob.sees('Call ended')
      await path().mend()
      await alice.sees('bob hung up')
    })

    it('lets the call be ended here once it is back', async () => {
      const [alice, bob] = await talk()
      await path().cut()
      await alice.sees('Reconnecting…')
      await path().mend()
      await alice.sees('Connected')
      await alice.press('Hang up')
      await bob.sees('alice hung up')
    })
  })
}

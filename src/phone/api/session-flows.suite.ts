import { expect } from '@open-wc/testing'
import { SignalingError } from '../../signaling/signaling.ts'
import { FaultySignaling } from './testing/faulty-signaling.ts'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'

const away = new SignalingError('unreachable', 'Cannot reach the Gateway', { status: 503 })

/** Signing in and out, and what becomes of a session whose network goes away. */
export function sessionFlows(network: PhoneNetwork): void {
  describe('a session', () => {
    const stage = useStage(network)

    /** A phone whose network a test can break. */
    async function breakable(name = 'alice'): Promise<readonly [RecordedPhone, FaultySignaling]> {
      const faulty = new FaultySignaling(network.signaling())
      return [await stage().signedIn(name, { signaling: () => faulty }), faulty]
    }

    it('begins and ends', async () => {
      const alice = await stage().phone()
      await alice.signIn()
      await alice.phone.logout()
      await stage().tell([[alice, ['session:ready', 'session:disconnected']]])
    })

    it('begins again after its end', async () => {
      const alice = await stage().signedIn()
      await alice.phone.logout()
      await alice.signIn()
      await stage().tell([[alice, ['session:disconnected', 'session:ready']]])
    })

    it('takes another emergency address', async () => {
      const alice = await stage().signedIn()
      await alice.phone.associateE911Id({ e911Id: 'e-1' })
      await stage().tell([[alice, ['address-updated']]])
    })

    it('that the network no longer knows expires, and its calls end with that reason', async () => {
      const [alice, faulty] = await breakable()
      const bob = await stage().signedIn('bob')
      await stage().connect(alice, bob)
      for (const phone of [alice, bob]) phone.forget()
      faulty.tell('expired', new SignalingError('expired', 'Session id not found', { status: 404 }))
      await stage().tell([
        [alice, ['session:expired', 'call:disconnected (The session expired)']],
        [bob, ['call:disconnected (The other side signed out or was lost)']],
      ])
      expect(alice.snapshot.session.state).to.equal('expired')
    })

    it('whose network is away says so once per outage, not once per attempt, and comes back', async () => {
      const [alice, faulty] = await breakable()
      faulty.break('resume', away)
      faulty.tell('link', { state: 'lost', error: away })
      await alice.hears('gateway:unreachable')
      // Each of these is an attempt that fails at once.
      window.dispatchEvent(new Event('online'))
      window.dispatchEvent(new Event('online'))
      faulty.mend('resume')
      await alice.until('the session is back', () => alice.snapshot.session.state === 'ready')
      await stage().tell([[alice, ['gateway:unreachable', 'connectivity:on', 'connectivity:on']]])
    })

    it('whose network is away again says so again', async () => {
      const [alice, faulty] = await breakable()
      for (const outage of [1, 2]) {
        faulty.break('resume', away)
        faulty.tell('link', { state: 'lost', error: away })
        await alice.hears('gateway:unreachable', outage)
        faulty.mend('resume')
        await alice.until('the session is back', () => alice.snapshot.session.state === 'ready')
      }
      await stage().tell([[alice, ['gateway:unreachable', 'gateway:unreachable']]])
    })

    it('whose browser loses its network and finds it again keeps its calls', async () => {
      const [alice, bob] = await stage().talk()
      window.dispatchEvent(new Event('offline'))
      window.dispatchEvent(new Event('online'))
      const both = ['connectivity:off', 'connectivity:on']
      await stage().tell([
        [alice, both],
        [bob, both],
      ])
      expect([alice.call().progress, bob.call().progress]).to.deep.equal(['connected', 'connected'])
    })
  })
}

import { expect } from '@open-wc/testing'
import { eventually } from '../../media/testing/eventually.ts'
import { FaultySignaling, type FaultyLeg } from '../api/testing/faulty-signaling.ts'
import { localNetwork } from '../api/testing/local-network.ts'
import { useStage } from '../api/testing/phone-stage.ts'
import type { RecordedPhone } from '../api/testing/recorded-phone.ts'

describe('the path to a participant', function () {
  this.timeout(120_000)
  const stage = useStage(localNetwork)

  /** Alice, who hosts a conference with Bob, and her leg to Bob. */
  async function hosting(): Promise<readonly [RecordedPhone, RecordedPhone, FaultyLeg]> {
    const faulty = new FaultySignaling(localNetwork.signaling())
    const alice = await stage().signedIn('alice', { signaling: () => faulty })
    const bob = await stage().signedIn('bob')
    await stage().host(alice)
    await stage().join(alice, bob)
    const leg = faulty.legs[0] as FaultyLeg
    await eventually('the path is up', () => leg.connection?.connectionState === 'connected')
    // A path that is only said to be interrupted would be found again at once.
    faulty.break('leg.restartMedia')
    for (const phone of [alice, bob]) phone.forget()
    return [alice, bob, leg]
  }

  it('that stays interrupted takes the participant out, and says why', async () => {
    const [alice, bob, leg] = await hosting()
    const began = performance.now()
    leg.tell('link', 'recovering')
    const { message } = await alice.hears('conference:participant-removed')
    expect(message).to.equal('The connection with the participant was lost')
    expect(performance.now() - began).to.be.below(10_000)
    await bob.hears('conference:ended')
  })
})

describe('a mixer that fails', function () {
  this.timeout(120_000)
  const stage = useStage(localNetwork)

  it('ends the conference for all, with an error at its host', async () => {
    const contexts: AudioContext[] = []
    const { AudioContext: Original } = window
    window.AudioContext = class extends Original {
      constructor(options?: AudioContextOptions) {
        super(options)
        contexts.push(this)
      }
    }
    try {
      const [alice, bob] = await stage().conference()
      await Promise.all(contexts.map((context) => context.close()))
      await Promise.all([alice.hears('conference:ended'), bob.hears('conference:ended')])
      expect(alice.story[0]).to.match(/^error /)
    } finally {
      window.AudioContext = Original
    }
  })
})

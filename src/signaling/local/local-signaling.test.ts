import { signalingContract } from '../contract/signaling-contract.ts'
import { LocalSignaling } from './local-signaling.ts'

describe('the local network', () => {
  /** The tab that runs the exchange. */
  let host: LocalSignaling

  beforeEach(async () => {
    host = new LocalSignaling()
    await host.connect({ userId: 'host' }, new AbortController().signal)
  })
  afterEach(() => host.disconnect())

  signalingContract({
    name: 'the tabs of one origin',
    device: async (user) => ({ signaling: new LocalSignaling(), identity: { userId: user }, address: user }),
    lose: () => host.disconnect(),
  })
})

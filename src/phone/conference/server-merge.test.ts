import { expect } from '@open-wc/testing'
import { localNetwork } from '../api/testing/local-network.ts'
import { useStage } from '../api/testing/phone-stage.ts'
import type { RecordedPhone } from '../api/testing/recorded-phone.ts'
import { MixingSignaling } from './testing/mixing-signaling.ts'

describe('two calls that are merged at a media server', function () {
  this.timeout(120_000)
  const stage = useStage(localNetwork)
  let signaling: MixingSignaling

  /** Alice talks with Carol while Bob is on hold; `away` do not come to the conference. */
  async function merged(...away: readonly ('bob' | 'carol')[]): Promise<{ alice: RecordedPhone; refused: unknown }> {
    signaling = new MixingSignaling()
    const alice = await stage().signedIn('alice', { signaling: () => signaling })
    const [bob, carol] = await Promise.all([stage().signedIn('bob'), stage().signedIn('carol')])
    await stage().connect(alice, bob)
    await stage().connect(alice, carol)
    for (const name of away) signaling.away.add({ bob, carol }[name].address)
    const refused = await alice.phone.merge().then(
      () => null,
      (error: unknown) => error,
    )
    return { alice, refused }
  }

  const calls = ({ snapshot }: RecordedPhone) =>
    snapshot.calls.map(({ index, callType, foreground, hold }) => ({ index, callType, foreground, held: hold.local }))

  it('are one conference when both have come', async () => {
    const { alice, refused } = await merged()
    expect(refused).to.equal(null)
    expect(calls(alice)).to.deep.equal([{ index: 3, callType: 'conference', foreground: true, held: false }])
    expect(alice.snapshot.conference?.mix).to.equal('server')
  })

  it('are as they were when nobody has come, and the page is told why', async () => {
    const { alice, refused } = await merged('bob', 'carol')
    expect(refused).to.include({ ErrorCode: '3100', JSMethod: 'merge' })
    expect((refused as Record<string, unknown>)['AdditionalInformation']).to.match(/no new connection in time/)
    expect(calls(alice)).to.deep.equal([
      { index: 1, callType: 'call', foreground: false, held: true },
      { index: 2, callType: 'call', foreground: true, held: false },
    ])
    expect(alice.snapshot.conference).to.equal(null)
  })

  it('leave the call one is in where it was when its far side alone has not come', async () => {
    const { alice, refused } = await merged('carol')
    expect(refused).to.include({ ErrorCode: '3100' })
    expect(calls(alice)).to.deep.equal([
      { index: 2, callType: 'call', foreground: true, held: false },
      { index: 3, callType: 'conference', foreground: false, held: true },
    ])
  })

  it('leave the other call on hold when its far side alone has not come', async () => {
    const { alice, refused } = await merged('bob')
    expect(refused).to.include({ ErrorCode: '3100' })
    expect(calls(alice)).to.deep.equal([
      { index: 1, callType: 'call', foreground: false, held: true },
      { index: 3, callType: 'conference', foreground: true, held: false },
    ])
  })

  it('may be merged again', async () => {
    const { alice } = await merged('carol')
    signaling.away.clear()
    await alice.phone.merge()
    expect(calls(alice)).to.deep.equal([{ index: 3, callType: 'conference', foreground: true, held: false }])
  })
})

import { expect } from '@open-wc/testing'
import type { SipCredentials } from '../../signaling/sip/sip-options.ts'
import { SipSignaling } from '../../signaling/sip/sip-signaling.ts'
import type { LoginOptions } from '../phone.ts'
import type { PhoneError } from '../phone-error.ts'
import type { PhoneOptions } from '../phone-options.ts'
import { flows } from './flows.suite.ts'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'
import { roundTrip } from './testing/round-trip.ts'

/** The registrar that the test runner has at hand. */
const { url: server } = (await (await fetch('/sip/path')).json()) as { readonly url: string }

const newUserId = (name: string): string => `${name}-${crypto.randomUUID().slice(0, 8)}@127.0.0.1`

const network: PhoneNetwork = {
  name: 'SIP over WebSocket',
  server,
  // What the person is asked has tests of its own; here nobody needs to be.
  options: { sip: { allowTransfers: true } },
  signaling: () => new SipSignaling({ servers: server }),
  user: async (name) => {
    const userId = newUserId(name)
    return { login: { userId, password: 'secret' }, address: userId }
  },
  roundTrip: roundTrip(async () => [
    new SipSignaling({ servers: server }),
    { userId: newUserId('bystander'), password: 'secret' },
  ]),
}

flows(network)

describe('a transfer over SIP', () => {
  const stage = useStage(network)

  it('that the other side does not take leaves both calls as they were', async () => {
    const alice = await stage().signedIn('alice')
    const bob = await stage().signedIn('bob', { sip: { allowTransfers: false } })
    const carol = await stage().signedIn('carol')
    await stage().connect(alice, bob)
    await stage().connect(alice, carol)
    for (const phone of [alice, bob, carol]) phone.forget()
    const before = alice.snapshot.calls
    const failed = await alice.phone.transfer().catch((error: unknown) => error)
    expect(failed).to.include({ JSMethod: 'transfer', HttpStatusCode: '603' })
    await stage().tell([
      [alice, ['call:transferring background', `error ${(failed as PhoneError).ErrorCode}`]],
      [bob, []],
      [carol, []],
    ])
    expect(alice.snapshot.calls).to.deep.equal(before)
  })
})

describe('signing in over SIP', () => {
  const stage = useStage(network)

  /** The code a sign-in is refused with, and the network's words. */
  async function refusal(options: PhoneOptions, login: LoginOptions): Promise<readonly [string, string]> {
    const { phone } = await stage().phone('alice', options)
    const error = (await phone.login(login).catch((thrown: unknown) => thrown)) as PhoneError
    return [error.ErrorCode, error.APIError ?? '']
  }
  const alice = { userId: 'alice@127.0.0.1', password: 'secret' }

  it('with a wrong password is refused as credentials that are not recognised', async () => {
    expect(await refusal({}, { ...alice, password: 'wrong' })).to.deep.equal(['1711', 'Unauthorized'])
  })

  it('in a domain that the server does not serve is refused as an address that does not exist', async () => {
    const login = { ...alice, userId: 'alice@nowhere.example' }
    expect(await refusal({}, login)).to.deep.equal(['404', 'Unknown Domain'])
  })

  it('at a server that is down fails as one that cannot be reached', async () => {
    const [code, words] = await refusal({ server: 'ws://127.0.0.1:9' }, alice)
    expect(code).to.equal('503')
    expect(words).to.contain('the server is down')
  })

  it('at a server that says nothing fails for want of a reply', async () => {
    const { url } = (await (await fetch('/sip/silence')).json()) as { readonly url: string }
    const [code, words] = await refusal({ server: url, sip: { openTimeout: 300 } }, alice)
    expect([code, words]).to.deep.equal(['0002', `${url} did not answer within 0.3 s`])
  })

  it('with secrets that a callback gives outlives them', async () => {
    let asked = 0
    const credentials = async (): Promise<SipCredentials> => {
      asked++
      return { password: 'secret' }
    }
    const phone = await stage().signedIn('alice', { sip: { credentials } })
    await phone.phone.associateE911Id({ e911Id: 'e-1' })
    expect(asked).to.equal(1)
  })
})

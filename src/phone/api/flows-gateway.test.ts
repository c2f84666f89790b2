import { expect } from '@open-wc/testing'
import { TestGateway, TestSignaling, useHttpAlone } from '../../signaling/gateway/test-gateway.fixture.ts'
import { PhoneError } from '../phone-error.ts'
import { flows } from './flows.suite.ts'
import { gatewayNetwork } from './testing/gateway-network.ts'
import { useStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'

const network = await gatewayNetwork()

flows(network)

const codeOf = (error: unknown): string => (error instanceof PhoneError ? error.code : String(error))

describe('a session that its gateway has forgotten', () => {
  const stage = useStage(network)

  it('expires, and its calls end with that reason on both sides', async () => {
    const gateway = new TestGateway()
    const signaling = new TestSignaling(await gateway.url)
    const alice = await stage().signedIn('alice', { signaling: () => signaling })
    const bob = await stage().signedIn('bob')
    await stage().connect(alice, bob)
    for (const phone of [alice, bob]) phone.forget()
    await gateway.expire(signaling)
    await stage().tell([
      [alice, ['session:expired', 'call:disconnected (The session expired)']],
      [bob, ['call:disconnected (The other side signed out or was lost)']],
    ])
  })
})

describe('a token that expires under a call', () => {
  useHttpAlone()
  const stage = useStage(network)
  const { fetch: native } = globalThis
  let asked = 0

  beforeEach(() => {
    asked = 0
  })
  afterEach(() => {
    globalThis.fetch = native
  })

  /** Alice, whose page gets tokens for her; the first of them does for nothing but an end from now on. */
  async function signedInForShort(issue: (userId: string) => Promise<string>): Promise<RecordedPhone> {
    const phone = await stage().phone('alice')
    const first = await new TestGateway().token(phone.address)
    const token = () => (asked++ === 0 ? first : issue(phone.address))
    await phone.phone.login({ userId: phone.address, token })
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      const stale = request.headers.get('authorization') === `Bearer ${first}`
      return stale && request.method !== 'DELETE' ? new Response('{}', { status: 401 }) : native(request)
    }
    phone.forget()
    return phone
  }

  it('is replaced by the page: the call is dialled, held and hung up as ever', async () => {
    const bob = await stage().signedIn('bob')
    const alice = await signedInForShort((userId) => new TestGateway().token(userId))
    await stage().connect(alice, bob)
    for (const phone of [alice, bob]) phone.forget()
    await alice.phone.hold()
    await alice.phone.hangup()
    await bob.hears('call:disconnected')
    expect([asked, alice.snapshot.session.state]).to.deep.equal([2, 'ready'])
    expect(alice.story.filter((event) => event.startsWith('error'))).to.deep.equal([])
  })

  it('hangs up while there is no other: the far side hears of it, and the session goes on', async () => {
    const bob = await stage().signedIn('bob')
    let down = false
    const alice = await signedInForShort((userId) =>
      down ? Promise.reject(new TypeError('Failed to fetch')) : new TestGateway().token(userId),
    )
    const { fetch: short } = globalThis
    globalThis.fetch = native
    await stage().connect(alice, bob)
    down = true
    globalThis.fetch = short
    for (const phone of [alice, bob]) phone.forget()
    await alice.phone.hold().catch(() => {})
    expect(alice.snapshot.session.state).to.equal('ready')
    await alice.phone.hangup()
    await bob.hears('call:disconnected')
    expect(alice.snapshot.session.state).to.equal('ready')
  })

  it('that was asked for twice at once is the sign-in of one', async () => {
    const phone = await stage().phone('alice')
    let token: () => Promise<string> = () => Promise.reject(new Error('Nobody waits for it'))
    const asking = new Promise<(token: string) => void>((isAsked) => {
      token = () => new Promise<string>(isAsked)
    })
    const first = phone.phone.login({ userId: phone.address, token })
    const second = await phone.phone.login({ userId: phone.address, token }).catch(codeOf)
    expect([second, phone.snapshot.session.state]).to.deep.equal(['2003', 'signing-in'])
    const give = await asking
    give(await new TestGateway().token(phone.address))
    await first
    expect(phone.snapshot.session.state).to.equal('ready')
  })

  it('and a page that has none signs nobody in', async () => {
    const phone = await stage().phone('alice')
    const error = await phone.phone.login({ userId: phone.address, token: () => '' }).catch(codeOf)
    expect(error).to.equal('2002')
    expect(phone.snapshot.session.state).to.equal('signed-out')
  })
})

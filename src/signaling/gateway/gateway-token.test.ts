import { expect } from '@open-wc/testing'
import { never } from '../contract/line.ts'
import { signalingRejection } from '../contract/rejection.ts'
import { useStage } from '../contract/stage.ts'
import type { SignalingError } from '../signaling.ts'
import { GatewaySignaling } from './gateway-signaling.ts'
import { TestGateway, TestSignaling, useHttpAlone } from './test-gateway.fixture.ts'

const gateway = new TestGateway()

/** How the gateway says that a token is over. */
function expired(): Response {
  const body = { RequestError: { PolicyException: { MessageId: 'POL0001', Text: 'The access token has expired' } } }
  return new Response(JSON.stringify(body), { status: 401 })
}

describe('a token that the gateway no longer takes', () => {
  useHttpAlone()
  const stage = useStage(gateway)
  let restore = () => {}

  afterEach(() => {
    restore()
    restore = () => {}
  })

  /** Answers 401 to each token but those that `isGood` takes, as the gateway does to one that has expired. */
  function takeOnly(isGood: (token: string) => boolean): void {
    const { fetch: native } = globalThis
    restore = () => (globalThis.fetch = native)
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      const token = (request.headers.get('authorization') ?? '').slice('Bearer '.length)
      return !token || isGood(token) ? native(request) : expired()
    }
  }

  /** Somebody whose page gets tokens from `next`, the first of them now. */
  async function signIn(name: string, next: (userId: string) => Promise<string>): Promise<GatewaySignaling> {
    const { identity, address } = await gateway.device(name)
    const signaling = new GatewaySignaling(await gateway.url)
    await signaling.connect({ ...identity, freshToken: () => next(address) }, never())
    return signaling
  }

  it('is replaced, and each request that met it is repeated', async () => {
    let asked = 0
    const tokens = new Set<string>()
    const alice = await signIn('alice', async (userId) => {
      asked++
      const token = await gateway.token(userId)
      tokens.add(token)
      return token
    })
    takeOnly((token) => tokens.has(token))
    await Promise.all([alice.refresh(never()), alice.refresh(never()), alice.refresh(never())])
    expect(asked).to.equal(1)
    await alice.disconnect()
  })

  it('is no end of the session while the page has no other', async () => {
    let down = true
    const tokens = new Set<string>()
    const alice = await signIn('alice', async (userId) => {
      if (down) throw new TypeError('Failed to fetch')
      const token = await gateway.token(userId)
      tokens.add(token)
      return token
    })
    let ended = 0
    alice.on('expired', () => ended++)
    takeOnly((token) => tokens.has(token))
    expect((await signalingRejection(alice.refresh(never()))).kind).to.equal('unreachable')
    down = false
    await alice.refresh(never())
    expect(ended).to.equal(0)
    await alice.disconnect()
  })

  it('ends the session when the fresh one is refused, too', async () => {
    const alice = await signIn('alice', (userId) => gateway.token(userId))
    const ended: SignalingError[] = []
    alice.on('expired', (error) => ended.push(error))
    takeOnly(() => false)
    expect((await signalingRejection(alice.refresh(never()))).kind).to.equal('expired')
    expect(ended.map(({ details }) => details.status)).to.deep.equal([401])
    await alice.disconnect()
  })

  it('ends the session when the fresh one is somebody else’s', async () => {
    const alice = await signIn('alice', () => gateway.token('mallory@localhost'))
    const ended: SignalingError[] = []
    alice.on('expired', (error) => ended.push(error))
    const good = await gateway.token('mallory@localhost')
    takeOnly((token) => atob(token.split('.')[1] ?? '').includes('mallory') || token === good)
    expect((await signalingRejection(alice.refresh(never()))).kind).to.equal('expired')
    expect(ended).to.have.lengthOf(1)
    await alice.disconnect()
  })

  it('is no matter to a call that is dialled meanwhile', async () => {
    const bob = await stage().line('bob')
    const tokens = new Set<string>()
    const alice = await signIn('alice', async (userId) => {
      const token = await gateway.token(userId)
      tokens.add(token)
      return token
    })
    if (!(bob.signaling instanceof TestSignaling)) throw new TypeError('Not a device of this gateway')
    const { token: bobs } = bob.signaling
    takeOnly((token) => tokens.has(token) || token === bobs)
    const leg = await alice.place(bob.address, await bob.captured('audio'), never())
    expect((await bob.ringing()).leg.remote.address).to.include('alice')
    await leg.cancel('canceled')
    await alice.disconnect()
  })
})

import '../define/att-phone.ts'
import { LocalSignaling } from '../../src/signaling/local/local-signaling.ts'
import { SignalingError, type Identity, type SessionInfo } from '../../src/signaling/signaling.ts'
import { expect, fixture, heard, html, newPhone, newUser, settled } from '../testing/phones.ts'
import type { AttPhone } from './att-phone.ts'

/** A network that refuses to let anybody in, or ends a session when it is told to. */
class FaultyNetwork extends LocalSignaling {
  static connects = 0
  static refuses = false
  static readonly live = new Set<FaultyNetwork>()
  #expire: ((error: SignalingError) => void) | null = null

  override async connect(identity: Identity, signal: AbortSignal): Promise<SessionInfo> {
    FaultyNetwork.connects++
    if (FaultyNetwork.refuses) throw new SignalingError('refused', 'Wrong token', { status: 401, messageId: 'POL0001' })
    const info = await super.connect(identity, signal)
    FaultyNetwork.live.add(this)
    return info
  }

  override async disconnect(): Promise<void> {
    FaultyNetwork.live.delete(this)
    await super.disconnect()
  }

  override on: LocalSignaling['on'] = (name, listener, options) => {
    if (name === 'expired') this.#expire = listener as (error: SignalingError) => void
    super.on(name, listener, options)
  }

  expire(): void {
    this.#expire?.(new SignalingError('expired', 'Gone'))
  }
}

describe('<att-phone> and its account', () => {
  beforeEach(() => {
    FaultyNetwork.connects = 0
    FaultyNetwork.refuses = false
    FaultyNetwork.live.clear()
  })

  const tag = (phone = newPhone()): Promise<AttPhone> =>
    fixture<AttPhone>(
      html`<att-phone .phone=${phone} .signaling=${() => new FaultyNetwork()} user-id=${newUser()}></att-phone>`,
    )

  it('does not try an account by itself again that was refused', async () => {
    FaultyNetwork.refuses = true
    const phone = newPhone()
    const error = heard(phone, 'error')
    const element = await tag(phone)
    await error
    await settled(phone, ({ session }) => session.state === 'signed-out')
    await element.updateComplete
    element.requestUpdate()
    await element.updateComplete
    expect(FaultyNetwork.connects).to.equal(1)
  })

  it('signs in anew when the network has ended the session', async () => {
    const phone = newPhone()
    await tag(phone)
    await settled(phone, ({ session }) => session.state === 'ready')
    const ready = heard(phone, 'session:ready')
    for (const network of FaultyNetwork.live) network.expire()
    await ready
    expect(phone.snapshot.session.state).to.equal('ready')
  })

  it('stays out when the page signed it out', async () => {
    const phone = newPhone()
    const element = await tag(phone)
    await settled(phone, ({ session }) => session.state === 'ready')
    await phone.logout()
    await element.updateComplete
    expect([FaultyNetwork.connects, phone.snapshot.session.state]).to.deep.equal([1, 'signed-out'])
  })
})

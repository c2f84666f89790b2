import type { ContractNetwork, Device } from '../contract/contract-network.ts'
import { signalingContract } from '../contract/signaling-contract.ts'
import type { Signaling } from '../signaling.ts'
import { SipSignaling } from './sip-signaling.ts'

/** Every device has a way of its own to the registrar, which the test runner cuts on request. */
class KamailioNetwork implements ContractNetwork {
  readonly name = 'SIP over WebSocket'
  readonly callerChooses = true
  // JsSIP lets the timer H of an invitation run on after its ACK (RFC 3261, 17.2.1), to no effect.
  readonly tolerates = /^timer .*\/jssip\/.* for /
  readonly #accounts = new WeakMap<Signaling, { readonly path: string; readonly user: string }>()
  /** Users of one test are unknown to any other: the name of the user in it, and that of the account. */
  #accountOf = new Map<string, string>()

  /** The users of the next test are others. */
  begin(): void {
    this.#accountOf = new Map()
  }

  readonly device = async (name: string): Promise<Device> => {
    const user = this.#accountOf.get(name) ?? `${name}-${crypto.randomUUID().slice(0, 8)}`
    this.#accountOf.set(name, user)
    const { url } = (await (await fetch('/sip/path')).json()) as { readonly url: string }
    const signaling = new SipSignaling({ servers: url, allowTransfers: true })
    this.#accounts.set(signaling, { path: url, user })
    const userId = `${user}@127.0.0.1`
    return { signaling, identity: { userId, password: 'secret' }, address: userId }
  }

  readonly lose = async (signaling: Signaling): Promise<void> => {
    await fetch(`/sip/interrupt?path=${encodeURIComponent(this.#account(signaling).path)}`)
  }

  /** The operator closes the account, and with it the connection. */
  readonly expire = async (signaling: Signaling): Promise<void> => {
    await fetch(`/sip/bar?user=${this.#account(signaling).user}`)
    await this.lose(signaling)
  }

  #account(signaling: Signaling): { readonly path: string; readonly user: string } {
    const account = this.#accounts.get(signaling)
    if (!account) throw new TypeError('Not a device of this network')
    return account
  }
}

const network = new KamailioNetwork()
beforeEach(() => network.begin())
signalingContract(network)

import type { ContractNetwork, Device } from '../contract/signaling-contract.ts'
import type { Identity, SessionInfo, Signaling } from '../signaling.ts'
import { GatewaySignaling } from './gateway-signaling.ts'

/** Users of this page alone: every page under test has the same gateway. */
const page = crypto.randomUUID().slice(0, 8)

/** Knows its session, so that a test can do to it what a network does. */
export class TestSignaling extends GatewaySignaling {
  token = ''
  session = ''

  override async connect(identity: Identity, signal: AbortSignal): Promise<SessionInfo> {
    const info = await super.connect(identity, signal)
    this.token = identity.token ?? ''
    this.session = info.id
    return info
  }
}

/** The gateway that the test runner runs. */
export class TestGateway implements ContractNetwork {
  readonly name = 'a gateway'
  readonly #url: Promise<string>

  constructor() {
    this.#url = fetch('/test-gateway.json')
      .then((response) => response.json())
      .then(({ url }: { readonly url: string }) => url)
  }

  readonly device = async (user: string): Promise<Device & { readonly signaling: TestSignaling }> => {
    const userId = `${user}-${page}@localhost`
    const identity = { userId, token: await this.token(userId) }
    return { signaling: new TestSignaling(await this.#url), identity, address: userId }
  }

  /** What the gateway does when a second channel is opened for a session: it closes the first. */
  readonly lose = async (signaling: Signaling): Promise<void> => {
    const response = await this.request(signaling, 'POST', '/websockets')
    const address = new URL(response.headers.get('location') ?? '', await this.#url)
    address.protocol = 'ws:'
    const socket = new WebSocket(address)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    socket.close()
    await new Promise((resolve) => socket.addEventListener('close', resolve))
  }

  readonly expire = async (signaling: Signaling): Promise<void> => {
    await this.request(signaling, 'DELETE', '')
  }

  get url(): Promise<string> {
    return this.#url
  }

  async token(userId: string): Promise<string> {
    const response = await fetch(new URL('/tokens', await this.#url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId }),
    })
    return ((await response.json()) as { readonly access_token: string }).access_token
  }

  /** A request about the session of `signaling`, by its user. */
  async request(signaling: Signaling, method: string, path: string): Promise<Response> {
    if (!(signaling instanceof TestSignaling)) throw new TypeError('Not a device of this gateway')
    const url = new URL(`/RTC/v1/sessions/${signaling.session}${path}`, await this.#url)
    const response = await fetch(url, { method, headers: { Authorization: `Bearer ${signaling.token}` } })
    if (!response.ok) throw new Error(`${method} ${url.pathname}: ${response.status}`)
    return response
  }
}

/**
 * For the tests of a group: a way to the gateway that lets no channel of commands through. Requests go by HTTP, where a
 * test can answer them.
 */
export function useHttpAlone(): void {
  const { WebSocket: Native } = globalThis
  before(() => {
    globalThis.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        // findings/firefox-waits-after-a-failed-websocket.sh: Firefox would take ever longer to say no.
        if (String(url).endsWith('/channel')) throw new DOMException('No channel', 'SecurityError')
        super(url, protocols)
      }
    }
  })
  after(() => {
    globalThis.WebSocket = Native
  })
}

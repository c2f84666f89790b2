import type { BrowserWindow } from './browser-window.ts'
import type { OriginalClient } from '../pages/original-client.js'

declare global {
  interface Window {
    readonly client: OriginalClient
  }
}

type Step = 'answer' | 'hold' | 'resume' | 'upgrade' | 'downgrade' | 'acceptModification' | 'rejectModification'
type Move = 'reject' | 'switchCall' | 'transfer' | 'move' | 'logout'

/** Somebody at a window with a client of the original protocol, which has none of this project's code. */
export class Original {
  readonly window: BrowserWindow
  /** What others dial to reach them. */
  readonly address: string

  private constructor(window: BrowserWindow, address: string) {
    this.window = window
    this.address = address
  }

  /** Somebody who signed in. */
  static async signedIn(page: BrowserWindow, address: string): Promise<Original> {
    await page.until('the client is loaded', () => window.client.state)
    await page.evaluate((name) => window.client.signIn(name), address)
    return new Original(page, address)
  }

  dial(to: { readonly address: string }, mediaType: 'audio' | 'video' = 'audio'): Promise<void> {
    return this.window.evaluate((address, type) => window.client.dial(address, type), to.address, mediaType)
  }

  async does(step: Step | Move): Promise<void> {
    await this.window.evaluate((name) => window.client[name](), step)
  }

  end(reason: 'cancel' | 'terminate' = 'terminate'): Promise<void> {
    return this.window.evaluate((why) => window.client.end(why), reason)
  }

  /** Resolves when the front call is so, or when there is none any more and the last one ended so. */
  async becomes(state: string): Promise<void> {
    try {
      await this.window.until(`${this.address} is ${state}`, (wanted) => window.client.state === wanted, state)
    } catch (error) {
      throw new Error(`The client is ${await this.tells()}`, { cause: error })
    }
  }

  /** Resolves when the other side asks for a modification that is the user's to answer. */
  async isAsked(): Promise<void> {
    await this.window.until(`${this.address} is asked`, () => {
      const call = window.client.calls.at(-1)
      // It can be answered when the connection has taken the offer.
      return call?.connection.signalingState === 'have-remote-offer' && call.modId
    })
  }

  /** Resolves when the far side holds one of the calls, or none, and this client has answered. */
  async isHeldByOther(held = true): Promise<void> {
    await this.window.until(
      `${this.address} is ${held ? '' : 'not '}held by the other side`,
      (wanted) =>
        window.client.calls.some(({ heldByOther, state }) => heldByOther === wanted && !state.startsWith('mod')),
      held,
    )
  }

  /** Resolves when more of `kind` arrives in the front call: sound for a moment, a few frames. */
  async receives(kind: 'audio' | 'video' = 'audio'): Promise<void> {
    const before = await this.window.evaluate((what) => window.client.packets(what), kind)
    await this.window.until(
      `${kind} arrives at ${this.address}`,
      async (what, least) => (await window.client.packets(what)) > least,
      kind,
      before + 20,
    )
  }

  /** What this client makes of its calls: for a failure that has to be understood. */
  tells(): Promise<string> {
    return this.window.evaluate(() =>
      JSON.stringify({
        state: window.client.state,
        calls: window.client.calls.map(({ id, state }) => `${id}: ${state}`),
        heard: window.client.heard,
        strays: window.client.strays,
        refusals: window.client.refusals,
      }),
    )
  }

  /** Events that this client could make nothing of, and refusals: a test wants none. */
  complaints(): Promise<readonly (string | number)[]> {
    return this.window.evaluate(() => [...window.client.strays, ...window.client.refusals])
  }

  /** The events heard since this was last asked. */
  news(): Promise<readonly string[]> {
    return this.window.evaluate(() => window.client.heard.splice(0))
  }
}

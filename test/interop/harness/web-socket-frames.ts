import type { BrowserWindow } from '../../e2e/harness.ts'

/** How long a frame may let a test wait, in ms. */
const patience = 10_000

/** What a page of Chromium says on its WebSockets, and hears. */
export class WebSocketFrames {
  readonly #sent: string[] = []
  readonly #received: string[] = []
  readonly #watchers = new Set<() => void>()

  static async of(window: BrowserWindow): Promise<WebSocketFrames> {
    const frames = new WebSocketFrames()
    const session = await window.page.createCDPSession()
    session.on('Network.webSocketFrameSent', ({ response }) => frames.#hear(frames.#sent, response))
    session.on('Network.webSocketFrameReceived', ({ response }) => frames.#hear(frames.#received, response))
    await session.send('Network.enable')
    return frames
  }

  /** Resolves when this text was sent, so many times. */
  sent(text: string, times = 1): Promise<void> {
    return this.#until(this.#sent, text, times)
  }

  received(text: string, times = 1): Promise<void> {
    return this.#until(this.#received, text, times)
  }

  #hear(list: string[], { opcode, payloadData }: { readonly opcode: number; readonly payloadData: string }): void {
    // Binary frames come in base64.
    list.push(opcode === 2 ? Buffer.from(payloadData, 'base64').toString() : payloadData)
    for (const look of [...this.#watchers]) look()
  }

  #until(list: readonly string[], text: string, times: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look)
        reject(new Error(`${JSON.stringify(text)} did not come ${String(times)} times`))
      }, patience)
      const look = () => {
        if (list.filter((each) => each === text).length < times) return
        clearTimeout(timer)
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }
}

import { Emitter } from '../../../src/base/emitter.ts'
import type { JanusCandidate, JanusMessage, Jsep, PluginData } from './janus-message.ts'

export interface JanusHandleEvents {
  /** The plugin says something that nobody asked for. */
  event: PluginData
  /** The same, with a description of its connection. */
  offer: { readonly data: PluginData; readonly jsep: Jsep }
  /** The peer connection is up. */
  up: undefined
  /** The peer connection is gone, with Janus's words. */
  hangup: string
  /** Whether media comes in. */
  receiving: boolean
}

/** What sends the requests of a handle. */
export interface JanusRequests {
  /** @throws JanusError */
  request(message: object, options?: { readonly outlastsAck?: boolean }): Promise<JanusMessage>
}

/** One use of a plugin, with at most one peer connection. */
export class JanusHandle {
  readonly events = new Emitter<JanusHandleEvents>()
  readonly #client: JanusRequests
  readonly #id: number
  readonly #detached: () => void

  /** `detached` is told when the handle is of no use any more. */
  constructor(client: JanusRequests, id: number, detached: () => void) {
    this.#client = client
    this.#id = id
    this.#detached = detached
  }

  /** A request that the plugin answers at once. @throws JanusError */
  async ask(body: object): Promise<PluginData> {
    const { plugindata } = await this.#client.request({ janus: 'message', handle_id: this.#id, body })
    return plugindata?.data ?? {}
  }

  /** A request that the plugin answers in its own time, with a description where it makes one. @throws JanusError */
  async do(body: object, jsep?: Jsep): Promise<{ readonly data: PluginData; readonly jsep: Jsep | undefined }> {
    const message = { janus: 'message', handle_id: this.#id, body, ...(jsep && { jsep }) }
    const answer = await this.#client.request(message, { outlastsAck: true })
    return { data: answer.plugindata?.data ?? {}, jsep: answer.jsep }
  }

  /** @throws JanusError */
  async trickle(candidates: readonly JanusCandidate[]): Promise<void> {
    await this.#client.request({ janus: 'trickle', handle_id: this.#id, candidates })
  }

  /** Ends the peer connection and frees the handle. Never rejects. */
  async detach(): Promise<void> {
    this.events.clear()
    this.#detached()
    await this.#client.request({ janus: 'detach', handle_id: this.#id }).catch(() => {})
  }

  /** Takes a message of Janus that answers no request. */
  take({ janus, plugindata, jsep, reason = '', receiving = false }: JanusMessage): void {
    switch (janus) {
      case 'event':
        if (plugindata && jsep) this.events.emit('offer', { data: plugindata.data, jsep })
        else if (plugindata) this.events.emit('event', plugindata.data)
        return
      case 'webrtcup':
        return this.events.emit('up', undefined)
      case 'hangup':
        return this.events.emit('hangup', reason)
      case 'media':
        return this.events.emit('receiving', receiving)
    }
  }
}

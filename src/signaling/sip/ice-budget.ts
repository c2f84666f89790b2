import type { ConnectionSettings } from '../../media/connection-settings.ts'

/** How long it waits for what STUN and TURN servers find, in ms. A dead server costs this and no more. */
const serverBudget = 100
/** How long it waits for a first host candidate, in ms: a machine without a network has none. */
const hostBudget = 500

/** Steps JsSIP takes from a settled promise to its listener; a few to spare. */
const settlingSteps = 12

/** Runs `task` when the promise that is about to settle has been dealt with; and once more, should that take longer. */
async function soon(task: () => void): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  // Unlike a timer it is in time where the page is hidden, too.
  port1.onmessage = () => {
    port1.close()
    task()
  }
  port2.postMessage(null)
  for (let step = 0; step < settlingSteps; step++) await Promise.resolve()
  task()
}

/** Kinds of candidate (RFC 8839, 5.1) that end the wait early, for these settings. */
function awaited({ iceServers, iceTransport }: ConnectionSettings): RegExp {
  const urls = iceServers.flatMap(({ urls: url }) => url)
  if (urls.some((url) => /^turns?:/.test(url))) return / typ relay/
  return iceTransport === 'all' && urls.length > 0 ? / typ (srflx|relay)/ : / typ /
}

/** Servers that did not answer in time the last time: they are not waited for until they do. */
const silent = new Set<string>()

/**
 * Keeps the gathering of candidates within a budget: an offer or answer leaves with the host candidates, and with those
 * of STUN and TURN servers that answer within 100 ms. What comes later is left to `IceBudget.late`.
 *
 * JsSIP sends what is gathered when a `null` candidate says that there are no more, and would wait 40 s for that while
 * a server is dead. It is told so in time: `setLocalDescription` takes as long as the budget, and the `null` follows.
 */
export class IceBudget {
  readonly #connection: RTCPeerConnection
  readonly #settings: ConnectionSettings
  readonly #servers: string
  #generation = ''
  #since = 0
  #late = false
  #described = false

  constructor(connection: RTCPeerConnection, settings: ConnectionSettings, signal: AbortSignal) {
    this.#connection = connection
    this.#settings = settings
    this.#servers = settings.iceServers.flatMap(({ urls }) => urls).join(' ')
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only its form with callbacks is
    const describe = connection.setLocalDescription.bind(connection)
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only its form with callbacks is
    connection.setLocalDescription = async (description?: RTCLocalSessionDescriptionInit) => {
      await describe(description)
      if (description?.type === 'rollback') return
      await this.#gathered(signal)
      this.#described = true
      void soon(() => {
        if (!signal.aborted)
          connection.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate: null }))
      })
    }
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        this.#late ||= this.#described && candidate !== null
        if (candidate?.type && candidate.type !== 'host') silent.delete(this.#servers)
      },
      { signal },
    )
  }

  /** Whether candidates came after the last description had left. */
  get late(): boolean {
    return this.#late
  }

  async #gathered(signal: AbortSignal): Promise<void> {
    const connection = this.#connection
    this.#described = this.#late = false
    const generation = /^a=ice-ufrag:.*$/m.exec(connection.localDescription?.sdp ?? '')?.[0] ?? ''
    if (generation !== this.#generation) {
      this.#generation = generation
      this.#since = performance.now()
    }
    if (this.#settings.iceTransport === 'none' || this.#isComplete()) return
    const relayed = this.#settings.iceTransport === 'relay'
    if (relayed || (this.#servers !== '' && !silent.has(this.#servers))) {
      const answers = awaited(this.#settings)
      await this.#wait(serverBudget - (performance.now() - this.#since), () => this.#has(answers), signal)
      if (!answers.test(connection.localDescription?.sdp ?? '')) silent.add(this.#servers)
      if (relayed) return
    }
    await this.#wait(hostBudget, () => this.#has(/ typ /), signal)
  }

  /**
   * Whether every transport that the description offers has a candidate of this kind. One without any stands at the
   * address 0.0.0.0, which an exchange takes for a hold (RFC 3264, 8.4): Firefox gathers for one after the other.
   */
  #has(type: RegExp): boolean {
    const { localDescription, remoteDescription, currentRemoteDescription } = this.#connection
    const theirs = localDescription?.type === 'answer' ? remoteDescription : currentRemoteDescription
    const [, ...sections] = localDescription?.sdp.split(/^(?=m=)/m) ?? []
    // Where sections share a transport, the first alone has candidates (RFC 9143, 7.2).
    if (/^a=group:BUNDLE /m.test(theirs?.sdp ?? '')) return sections.some((section) => type.test(section))
    // A section of port 0 is refused, or travels with another (RFC 9143, 6).
    return sections.every((section) => /^m=\w+ 0 /.test(section) || type.test(section))
  }

  /** Right after a restart, or with a new section, a browser still says `complete` of what it gathered before. */
  #isComplete(): boolean {
    return this.#connection.iceGatheringState === 'complete' && this.#has(/ typ /)
  }

  /** Until `done`, the end of gathering, or `limit` ms. */
  #wait(limit: number, done: () => boolean, signal: AbortSignal): Promise<void> {
    const connection = this.#connection
    if (limit <= 0 || done() || signal.aborted) return Promise.resolve()
    const waiting = new AbortController()
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limit)
      waiting.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
      signal.addEventListener('abort', () => resolve(), { once: true, signal: waiting.signal })
      const check = () => {
        if (this.#isComplete() || done()) resolve()
      }
      connection.addEventListener('icecandidate', check, { signal: waiting.signal })
      connection.addEventListener('icegatheringstatechange', check, { signal: waiting.signal })
    }).finally(() => waiting.abort())
  }
}

/** How often the statistics are looked at, in ms. */
const interval = 1000

/** How long nothing may come before that is told, in ms: sound comes 50 times a second, reports of a silent phone every 6 s at most. */
const silence = 3000

export interface LifeSignsOptions {
  readonly connection: () => RTCPeerConnection | null
  /** Whether the far side is to send something now. While it is not, its silence says nothing. */
  readonly expected: () => boolean
  /** Told when nothing comes any more, and when something comes again. */
  readonly changed: (alive: boolean) => void
}

/**
 * Watches whether anything comes from a far side: sound, pictures, or its reports of what it gets (RFC 3550, 6). A media
 * relay in between keeps the path up for a phone that is gone, and a browser takes its time to notice.
 */
export class LifeSigns {
  readonly #options: LifeSignsOptions
  #seen = ''
  /** How long nothing has come, in ms, as far as was looked. */
  #silent = 0
  #alive = true
  #looking = false

  constructor(options: LifeSignsOptions, gone: AbortSignal) {
    this.#options = options
    const timer = setInterval(() => void this.#look(), interval)
    gone.addEventListener('abort', () => clearInterval(timer), { once: true })
  }

  async #look(): Promise<void> {
    const connection = this.#options.connection()
    // Firefox never answers for a connection that was closed meanwhile.
    if (!connection || this.#looking) return
    this.#looking = true
    const report = await connection.getStats().catch(() => null)
    this.#looking = false
    if (report) this.#take(signOf(report))
  }

  #take(sign: string): void {
    const { expected, changed } = this.#options
    // What has never sent anything has not begun yet; a path that cannot be built tells of itself.
    this.#silent = sign === this.#seen && sign !== '' && expected() ? this.#silent + interval : 0
    this.#seen = sign
    const alive = this.#silent < silence
    if (alive === this.#alive) return
    this.#alive = alive
    changed(alive)
  }
}

interface FarReport {
  readonly type: string
  readonly packetsReceived?: number
  readonly timestamp: number
}

/** What changes whenever something comes; empty before the first packet. */
function signOf(report: RTCStatsReport): string {
  const signs: number[] = []
  let received = 0
  report.forEach(({ type, packetsReceived = 0, timestamp }: FarReport) => {
    if (type === 'inbound-rtp') received += packetsReceived
    if (type === 'remote-inbound-rtp') signs.push(timestamp)
  })
  return received === 0 ? '' : [received, ...signs].join()
}

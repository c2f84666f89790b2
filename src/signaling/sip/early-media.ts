import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'

const log = logger('att-phone.sip')

/** Pause between two looks at what has come, in ms. */
const interval = 250
/** How often nothing new may be there before the far side counts as silent. */
const patience = 4

/**
 * What a caller hears before the answer: the ringing tone, or what the far side sends. Packets decide, and not the
 * order of messages (RFC 3960, 3.2): who rings and sends nothing is not heard, no matter what they describe.
 */
export class EarlyMedia {
  readonly #connection: () => RTCPeerConnection | null
  readonly #tell: (progress: 'ringing' | 'early-media') => void
  #alerts = false
  #described = false
  #sounds = false
  #packets = 0
  #quiet = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false
  #told: 'ringing' | 'early-media' | null = null

  constructor(connection: () => RTCPeerConnection | null, tell: (progress: 'ringing' | 'early-media') => void) {
    this.#connection = connection
    this.#tell = tell
  }

  /** A provisional answer came. */
  progress(status: number, described: boolean): void {
    this.#alerts ||= status === 180
    if (described && !this.#described) {
      this.#described = true
      this.#timer = setTimeout(() => void this.#look(), interval)
    }
    this.#settle()
  }

  /** The call is up, or over. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    await ignore(log, this.#count(), 'it is not known whether sound comes before the answer')
    if (this.#closed) return
    this.#settle()
    this.#timer = setTimeout(() => void this.#look(), interval)
  }

  async #count(): Promise<void> {
    let packets = 0
    const report = await this.#connection()?.getStats()
    report?.forEach((entry: { readonly type: string; readonly packetsReceived?: number }) => {
      if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0
    })
    this.#quiet = packets > this.#packets ? 0 : this.#quiet + 1
    this.#sounds = packets > this.#packets || (this.#sounds && this.#quiet < patience)
    this.#packets = packets
  }

  #settle(): void {
    if (this.#closed) return
    const heard = this.#described && (this.#sounds || !this.#alerts)
    const progress = heard ? 'early-media' : this.#alerts ? 'ringing' : null
    if (progress === null || progress === this.#told) return
    this.#told = progress
    this.#tell(progress)
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'

const two = (value: number): string => String(value).padStart(2, '0')

/** `02:41`, from an hour on `1:02:41`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours ? `${hours}:${rest}` : rest
}

/** How long a call lasts, and how long the one before lasted. */
export class CallDuration {
  #since: number | null = null
  #last = ''

  /** Since when the call runs, ms since the epoch; `null` when it is over. */
  get since(): number | null {
    return this.#since
  }

  set since(since: number | null) {
    if (this.#since !== null && since !== this.#since) this.#last = this.text
    this.#since = since
  }

  get text(): string {
    return this.#since === null ? '' : formatDuration(Date.now() - this.#since)
  }

  /** Of the call that ended last. */
  get last(): string {
    return this.#last
  }
}

/** Renders its host at each full second of a call, while there is one and the host is in the page. */
export class RunningTime extends CallDuration implements ReactiveController {
  #timer: ReturnType<typeof setTimeout> | undefined
  #connected = false

  constructor(private readonly host: ReactiveControllerHost) {
    super()
    host.addController(this)
  }

  override get since(): number | null {
    return super.since
  }

  override set since(since: number | null) {
    if (since === super.since) return
    super.since = since
    this.#schedule()
  }

  hostConnected(): void {
    this.#connected = true
    this.#schedule()
  }

  hostDisconnected(): void {
    this.#connected = false
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    const { since } = this
    if (since === null || !this.#connected) return
    const untilNext = 1000 - ((Date.now() - since) % 1000)
    this.#timer = setTimeout(() => {
      this.host.requestUpdate()
      this.#schedule()
    }, untilNext)
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'

interface Digits {
  /** With a leading zero. */
  readonly two: Intl.NumberFormat
  readonly plain: Intl.NumberFormat
}

const digitsByLocale = new Map<string, Digits>()

function digitsOf(locale: string): Digits {
  let digits = digitsByLocale.get(locale)
  if (!digits) {
    const plain = new Intl.NumberFormat(locale, { useGrouping: false })
    const two = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 2 })
    digitsByLocale.set(locale, (digits = { plain, two }))
  }
  return digits
}

/** `02:41`, from an hour on `1:02:41`, in the digits of the locale. */
export function formatDuration(milliseconds: number, locale = 'en'): string {
  const { plain, two } = digitsOf(locale)
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two.format(Math.floor(seconds / 60) % 60)}:${two.format(seconds % 60)}`
  return hours ? `${plain.format(hours)}:${rest}` : rest
}

/** Whose locale the times are written by. */
interface Localized {
  readonly locale?: string
}

/** How long a call lasts, and how long the one before lasted. */
export class CallDuration {
  #since: number | null = null
  #last: number | null = null

  constructor(protected readonly host: Localized = {}) {}

  /** Since when the call runs, ms since the epoch; `null` when it is over. */
  get since(): number | null {
    return this.#since
  }

  set since(since: number | null) {
    if (this.#since !== null && since !== this.#since) this.#last = Date.now() - this.#since
    this.#since = since
  }

  get text(): string {
    return this.#since === null ? '' : formatDuration(Date.now() - this.#since, this.host.locale)
  }

  /** Of the call that ended last. */
  get last(): string {
    return this.#last === null ? '' : formatDuration(this.#last, this.host.locale)
  }
}

/** Renders its host at each full second of a call, while there is one and the host is in the page. */
export class RunningTime extends CallDuration implements ReactiveController {
  #timer: ReturnType<typeof setTimeout> | undefined
  #connected = false

  constructor(protected override readonly host: ReactiveControllerHost & Localized) {
    super(host)
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

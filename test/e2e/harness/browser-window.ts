import type { BrowserContext, ConsoleMessage, ElementHandle, HTTPRequest, HTTPResponse, Page } from 'puppeteer-core'

/** How long a page may take to become what a test waits for. */
const patience = 60_000

/**
 * One window of a browser, with a watch on what goes wrong in it: errors on the console, uncaught errors, promises
 * nobody handled, files that did not load.
 */
export class BrowserWindow {
  readonly page: Page
  readonly #problems: string[] = []
  readonly #forgiven: RegExp[] = []

  private constructor(page: Page) {
    this.page = page
    page.on('console', (message) => this.#hear(message))
    page.on('pageerror', (error) => this.#problems.push(`uncaught: ${describeError(error)}`))
    page.on('requestfailed', (request) => this.#missed(request))
    page.on('response', (response) => this.#answered(response))
  }

  /** A window that has loaded `url`, its script modules included. */
  static async open(context: BrowserContext, url: string): Promise<BrowserWindow> {
    const window = new BrowserWindow(await context.newPage())
    // The compiler of the tests wraps named functions in a call of its own helper, which a page does not have.
    await window.page.evaluateOnNewDocument('globalThis.__name ??= (named) => named')
    await window.page.goto(url, { waitUntil: 'load' })
    return window
  }

  /** What went wrong so far and was not forgiven. */
  get problems(): readonly string[] {
    return this.#problems.filter((problem) => !this.#forgiven.some((pattern) => pattern.test(problem)))
  }

  /** A test that brings a failure about says which words it expects on the console. */
  forgive(pattern: RegExp): void {
    this.#forgiven.push(pattern)
  }

  /** From now on no file loads whose address matches, as where a new version has replaced it. */
  async refuseFiles(pattern: RegExp): Promise<void> {
    this.forgive(pattern)
    this.page.on('request', (request) => {
      void (pattern.test(request.url()) ? request.abort() : request.continue())
    })
    await this.page.setRequestInterception(true)
  }

  /** Runs `body` in the page; it sees its arguments and the page, nothing of the test. */
  evaluate<Args extends unknown[], Result>(body: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>> {
    return this.page.evaluate(body as (...args: unknown[]) => Result, ...args)
  }

  /**
   * Resolves to what `body` gives in the page as soon as that is truthy.
   *
   * It asks from outside, so that it works under a content security policy that forbids `eval`.
   *
   * @throws {Error} naming `what`, and what went wrong in the page meanwhile, when it takes longer than 20 s.
   */
  async until<Args extends unknown[], Result>(
    what: string,
    body: (...args: Args) => Result,
    ...args: Args
  ): Promise<NonNullable<Awaited<Result>>> {
    return this.#poll(what, () => this.evaluate(body, ...args))
  }

  /** As `until`, for an element of the page. */
  async find<Args extends unknown[]>(
    what: string,
    body: (...args: Args) => Element | null,
    ...args: Args
  ): Promise<ElementHandle> {
    return this.#poll(what, async () => {
      const handle = await this.page.evaluateHandle(body as (...args: unknown[]) => Element | null, ...args)
      return handle.asElement() as ElementHandle | null
    })
  }

  /** Ends the process of the page, which has no time for a word. Chromium alone can. */
  async crash(): Promise<void> {
    const crashed = new Promise((resolve) => this.page.once('error', resolve))
    const session = await this.page.createCDPSession()
    session.send('Page.crash').catch(() => {})
    await crashed
  }

  async close(): Promise<void> {
    if (!this.page.isClosed()) await this.page.close()
  }

  async #poll<Result>(what: string, ask: () => Promise<Result>): Promise<NonNullable<Result>> {
    const deadline = Date.now() + patience
    for (;;) {
      const result = await ask()
      if (result) return result
      if (Date.now() > deadline) {
        throw new Error([`Not within ${patience / 1000} s: ${what}`, ...this.problems].join('\n  '))
      }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  #hear(message: ConsoleMessage): void {
    // What Chromium says of a file that did not load is told more exactly below.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    this.#problems.push(`console: ${message.text()}`)
  }

  #missed(request: HTTPRequest): void {
    const why = request.failure()?.errorText ?? 'unknown'
    // A page that goes away, or a poll that is no longer wanted, aborts its requests.
    if (!/ABORT/i.test(why)) this.#problems.push(`request failed: ${request.url()} ${why}`)
  }

  #answered(response: HTTPResponse): void {
    if (response.status() < 400 || response.url().endsWith('/favicon.ico')) return
    this.#problems.push(`response ${response.status()}: ${response.request().method()} ${response.url()}`)
  }
}

const describeError = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

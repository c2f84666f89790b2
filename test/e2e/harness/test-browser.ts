import puppeteer, { type Browser, type BrowserContext } from 'puppeteer-core'
import { allowCapture, installedBrowsers, launchOptions } from '../../../scripts/browsers.mjs'
import { BrowserWindow } from './browser-window.ts'

export type BrowserName = 'chromium' | 'firefox'

/** The browsers of this machine: each end-to-end test runs in all of them. */
export const browserNames: readonly BrowserName[] = installedBrowsers()

/** Whether this run repeats in each browser also what does not differ between them. */
export const everywhere = process.env['TEST_MATRIX'] === 'all'

/** The browsers for what differs in the exchange or the media server, and not in the browser. */
export const oneBrowser: readonly BrowserName[] = everywhere ? browserNames : browserNames.slice(0, 1)

export interface OpenOptions {
  /**
   * Opens the window beside this one: same storage, locks and channels, as two tabs of one person have. By default a
   * window is another person's, on another machine.
   */
  readonly beside?: BrowserWindow
  /** What the person lets the pages of this site do, or not, beside microphone and camera: by the name of the permission. */
  readonly permissions?: Readonly<Record<string, PermissionState>>
}

/** Whether the person at a browser lets pages use microphone and camera, or refuses. */
export type Capture = 'granted' | 'denied'

/** What a browser of a test is started with beside what all are. */
export interface Launch {
  readonly capture?: Capture
  /** Switches of Chromium. */
  readonly switches?: readonly string[]
  /** Switches of all browsers of the tests that this one goes without, by how they begin. */
  readonly without?: readonly string[]
  /** Preferences of Firefox. */
  readonly preferences?: Readonly<Record<string, unknown>>
  /** The environment of a program that is shown on a screen; Firefox alone takes one. Without it nobody sees the browser. */
  readonly screen?: NodeJS.ProcessEnv
  /** Takes any certificate. */
  readonly trusting?: boolean
  /** Lets the test press the buttons of Firefox itself, as `answerFirefox` does. */
  readonly pressable?: boolean
}

/** A browser with a fresh profile and a fake microphone and camera. */
export class TestBrowser {
  readonly name: BrowserName
  readonly #browser: Browser
  readonly #capture: Capture
  readonly #windows: BrowserWindow[] = []
  readonly #contexts: BrowserContext[] = []

  private constructor(name: BrowserName, browser: Browser, capture: Capture) {
    this.name = name
    this.#browser = browser
    this.#capture = capture
  }

  /** @throws {Error} when the browser is not installed */
  static async launch(name: BrowserName, launch: Launch = {}): Promise<TestBrowser> {
    const { capture = 'granted', switches = [], without = [], preferences = {} } = launch
    const { trusting = false, pressable = false, screen } = launch
    const options = launchOptions(name, capture)
    const kept = (options.args ?? []).filter((argument) => !without.some((start) => argument.startsWith(start)))
    const browser = await puppeteer.launch({
      ...options,
      ...(name === 'chromium' && { args: [...kept, ...switches] }),
      ...(name === 'firefox' && {
        args: pressable ? ['--remote-allow-system-access'] : [],
        extraPrefsFirefox: { ...options.extraPrefsFirefox, ...preferences },
        ...(screen && { headless: false, env: screen }),
      }),
      acceptInsecureCerts: trusting,
    })
    return new TestBrowser(name, browser, capture)
  }

  /** A window that has loaded `url`. */
  async open(url: string, { beside, permissions = {} }: OpenOptions = {}): Promise<BrowserWindow> {
    const context = beside?.page.browserContext() ?? (await this.#newContext())
    if (this.name === 'chromium' && this.#capture === 'granted') await allowCapture(context, new URL(url).origin)
    for (const [name, state] of Object.entries(permissions)) {
      await context.setPermission(new URL(url).origin, { permission: { name }, state })
    }
    const window = await BrowserWindow.open(context, url)
    this.#windows.push(window)
    return window
  }

  /**
   * Closes every window.
   *
   * @throws {Error} when something went wrong in one of them
   */
  async closeWindows(): Promise<void> {
    const windows = this.#windows.splice(0)
    // Closing breaks off what a page is at, so it is asked before.
    const problems = windows.flatMap((window) => window.problems.map((problem) => `${window.page.url()}: ${problem}`))
    await Promise.all(windows.map((window) => window.close()))
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()))
    if (problems.length > 0) throw new Error(`Something went wrong in a window:\n  ${problems.join('\n  ')}`)
  }

  /** Ends the browser itself, which has no time for a word. Its windows are not watched any more. */
  kill(): void {
    this.#windows.length = 0
    this.#contexts.length = 0
    this.#browser.process()?.kill('SIGKILL')
  }

  async close(): Promise<void> {
    await this.#browser.close()
  }

  async #newContext(): Promise<BrowserContext> {
    const context = await this.#browser.createBrowserContext()
    this.#contexts.push(context)
    return context
  }
}

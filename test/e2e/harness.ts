import { after, afterEach, before } from 'node:test'
import { startServer, type Server, type ServerOptions } from './harness/server.ts'
import { TestBrowser, type BrowserName, type Capture, type Launch, type OpenOptions } from './harness/test-browser.ts'
import type { BrowserWindow } from './harness/browser-window.ts'

export { freePort } from './harness/free-port.ts'
export { startServer, type Server, type ServerOptions } from './harness/server.ts'
export {
  TestBrowser,
  browserNames,
  everywhere,
  oneBrowser,
  type BrowserName,
  type Capture,
  type OpenOptions,
} from './harness/test-browser.ts'
export { BrowserWindow } from './harness/browser-window.ts'

/** A thing that a group's `before` makes and its tests use. */
function lent<T>(make: () => Promise<T>, what: string): { readonly get: () => T; readonly take: () => T | undefined } {
  let thing: T | undefined
  before(async () => {
    thing = await make()
  })
  return {
    take: () => thing,
    get() {
      if (thing === undefined) throw new Error(`${what} is there while tests run, not before`)
      return thing
    },
  }
}

/** The gateway, for all tests of this group: started before them, stopped after. */
export function useServer(options: ServerOptions = {}): () => Server {
  const server = lent(() => startServer(options), 'The server')
  after(async () => {
    await server.take()?.stop()
  })
  return server.get
}

/**
 * A browser for all tests of this group. What a test opens is closed after it, and the test fails when anything went
 * wrong in a window.
 */
export function useBrowser(
  name: BrowserName,
  launch: Launch = {},
): (url: string, options?: OpenOptions) => Promise<BrowserWindow> {
  const browser = lent(() => TestBrowser.launch(name, launch), 'The browser')
  afterEach(async () => {
    await browser.take()?.closeWindows()
  })
  after(async () => {
    await browser.take()?.close()
  })
  return (url, options) => browser.get().open(url, options)
}

/**
 * As `useBrowser`, for every browser of this machine: each is started when the first window is opened in it.
 */
export function useBrowsers(
  launch: Launch = {},
): (name: BrowserName, url: string, options?: OpenOptions & { readonly capture?: Capture }) => Promise<BrowserWindow> {
  const browsers = new Map<string, Promise<TestBrowser>>()
  const all = (): Promise<readonly TestBrowser[]> => Promise.all(browsers.values())
  afterEach(async () => {
    for (const browser of await all()) await browser.closeWindows()
  })
  after(async () => {
    for (const browser of await all()) await browser.close()
  })
  return async (name, url, { capture = 'granted', ...options } = {}) => {
    const key = `${name} ${capture}`
    const browser = browsers.get(key) ?? TestBrowser.launch(name, { ...launch, capture })
    browsers.set(key, browser)
    return (await browser).open(url, options)
  }
}

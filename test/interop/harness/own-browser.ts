import { after, afterEach } from 'node:test'
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core'
import { allowCapture, launchOptions } from '../../../scripts/browsers.mjs'
import { BrowserWindow, type BrowserName } from '../../e2e/harness.ts'

/**
 * A browser of its own kind for the tests of this group, started when the first window is opened in it.
 *
 * @param differences from how every other test starts it; asked for then
 */
export function useOwnBrowser(
  name: BrowserName,
  differences: () => Pick<LaunchOptions, 'acceptInsecureCerts' | 'args' | 'extraPrefsFirefox'>,
): (url: string) => Promise<BrowserWindow> {
  let browser: Promise<Browser> | undefined
  const windows: BrowserWindow[] = []

  function launch(): Promise<Browser> {
    const usual = launchOptions(name)
    const { args = [], extraPrefsFirefox = {}, ...others } = differences()
    return puppeteer.launch({
      ...usual,
      ...others,
      args: [...(usual.args ?? []), ...args],
      extraPrefsFirefox: { ...usual.extraPrefsFirefox, ...extraPrefsFirefox },
    })
  }

  afterEach(async () => {
    const problems = windows.flatMap((window) => window.problems)
    await Promise.all(windows.splice(0).map((window) => window.page.browserContext().close()))
    if (problems.length > 0) throw new Error(`Something went wrong in a window:\n  ${problems.join('\n  ')}`)
  })
  after(async () => {
    await (await browser)?.close()
  })
  return async (url) => {
    browser ??= launch()
    const context = await (await browser).createBrowserContext()
    if (name === 'chromium') await allowCapture(context, new URL(url).origin)
    const window = await BrowserWindow.open(context, url)
    windows.push(window)
    return window
  }
}

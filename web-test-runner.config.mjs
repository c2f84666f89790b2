import { fileURLToPath } from 'node:url'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter } from '@web/test-runner'
import { chromeLauncher } from '@web/test-runner-chrome'
import { puppeteerLauncher } from '@web/test-runner-puppeteer'
import { allowCapture, installedBrowsers, launchOptions } from './scripts/browsers.mjs'
import { countsReporter } from './scripts/counts-of-browsers.mjs'
import { testGatewayPlugin } from './scripts/test-gateway.mjs'

/*
 * npx wtr                                    every test in every browser this machine has
 * npx wtr --files src/media/capture.test.ts  one file; WTR_FILES does the same
 * npx wtr --browser=firefox                  one browser; WTR_BROWSER does the same
 */

const wanted =
  process.argv.find((argument) => argument.startsWith('--browser='))?.slice('--browser='.length) ??
  process.env.WTR_BROWSER
const browsers = installedBrowsers().filter((name) => !wanted || name === wanted)
if (browsers.length === 0) {
  throw new Error(
    `No ${wanted ?? 'Chromium, Chrome or Firefox'} on this machine: install one, or set CHROME_PATH or FIREFOX_PATH`,
  )
}

/** Each page has storage, locks and channels of its own, so that files that run together do not hear each other. */
async function isolatedPage({ browser }) {
  const context = await browser.createBrowserContext()
  return context.newPage()
}

/** A tab of Firefox that is not in front gets keys, and no button is pressed by them: the tab before it may close late. */
async function pageInFront(options) {
  const page = await isolatedPage(options)
  const press = page.keyboard.press.bind(page.keyboard)
  page.keyboard.press = async (...keys) => {
    await page.bringToFront()
    await press(...keys)
  }
  return page
}

const launchers = {
  chromium: () =>
    chromeLauncher({
      launchOptions: launchOptions('chromium'),
      concurrency: 2,
      async createPage({ browser, config }) {
        const page = await isolatedPage({ browser })
        const origin = `${config.protocol}//${config.hostname}:${config.port}`
        await allowCapture(page.browserContext(), origin)
        return page
      },
    }),
  firefox: () =>
    puppeteerLauncher({ launchOptions: launchOptions('firefox'), concurrency: 1, createPage: pageInFront }),
}

export default {
  files: process.env.WTR_FILES?.split(',') ?? ['src/**/*.test.ts', 'elements/**/*.test.ts', '!**/*.node.test.ts'],
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  nodeResolve: { exportConditions: ['browser', 'development'] },
  browsers: browsers.map((name) => launchers[name]()),
  concurrentBrowsers: 2,
  // esbuild does not follow `extends`, so it gets the file that holds the decorator settings.
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.base.json', import.meta.url)),
    }),
    testGatewayPlugin(),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode.'),
  testFramework: { config: { timeout: 60_000, retries: 0 } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 300_000,
  testsFinishTimeout: 3_600_000,
  reporters: [defaultReporter({ reportTestProgress: false }), countsReporter(process.env.TEST_COUNTS_FILE)],
}

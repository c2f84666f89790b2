import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** @typedef {'chromium' | 'firefox'} BrowserName */

const programFiles = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]

/** @param {string} tail path below one of the folders Windows installs programs in */
const onWindows = (tail) => programFiles.flatMap((folder) => (folder ? [path.join(folder, tail)] : []))

/** @param {readonly string[]} names of a program, looked up in PATH */
const onPath = (names) =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))

/** Where each browser is looked for, best first. @type {Record<BrowserName, () => readonly (string | undefined)[]>} */
const places = {
  chromium: () => [
    process.env['CHROME_PATH'],
    ...onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...onWindows('Google/Chrome/Application/chrome.exe'),
    ...onWindows('Microsoft/Edge/Application/msedge.exe'),
  ],
  firefox: () => [
    process.env['FIREFOX_PATH'],
    ...onPath(['firefox-esr', 'firefox']),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    ...onWindows('Mozilla Firefox/firefox.exe'),
  ],
}

/** @param {string | undefined} file @returns {file is string} */
function runs(file) {
  if (!file) return false
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The executable of a browser on this machine, or `null`. `CHROME_PATH` and `FIREFOX_PATH` go before the usual places.
 *
 * @param {BrowserName} name
 * @returns {string | null}
 */
export function findBrowser(name) {
  return places[name]().find(runs) ?? null
}

/** The browsers this machine has. @returns {readonly BrowserName[]} */
export function installedBrowsers() {
  return /** @type {const} */ (['chromium', 'firefox']).filter((name) => findBrowser(name) !== null)
}

const chromiumArguments = [
  // Chromium refuses its sandbox as root, which is who runs the tests in most containers.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A window in the background keeps its timers and its pictures: two windows talk and only one is in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Two cameras, so that there is a choice; of fake microphones and loudspeakers it has two by itself.
  '--use-fake-device-for-media-stream=device-count=2',
  '--autoplay-policy=no-user-gesture-required',
]

const firefoxPreferences = {
  'media.navigator.streams.fake': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  // On a machine without a sound device WebAudio would stand still: this one plays to nobody, at the right pace.
  'media.cubeb.force_mock_context': true,
  // As above: a window in the background keeps its timers.
  'dom.min_background_timeout_value_without_budget_throttling': 4,
  'dom.min_background_timeout_value': 4,
}

/**
 * What each browser needs to know of the person at it: one who lets pages use microphone and camera without being
 * asked, or one who refuses.
 */
const allowing = {
  chromium: ['--use-fake-ui-for-media-stream'],
  firefox: { 'media.navigator.permission.disabled': true },
}
const refusing = {
  chromium: [],
  firefox: { 'permissions.default.microphone': 2, 'permissions.default.camera': 2 },
}

/** @type {Record<BrowserName, string>} */
const pathVariable = { chromium: 'CHROME_PATH', firefox: 'FIREFOX_PATH' }

/**
 * How puppeteer starts a browser that has a fake microphone and camera and a fresh profile.
 *
 * @param {BrowserName} name
 * @param {'granted' | 'denied'} capture whether pages may use them
 * @returns {import('puppeteer-core').LaunchOptions}
 * @throws {Error} when the browser is not installed
 */
export function launchOptions(name, capture = 'granted') {
  const executablePath = findBrowser(name)
  if (!executablePath) throw new Error(`No ${name} here: install it, or set ${pathVariable[name]} to where it is`)
  const person = capture === 'granted' ? allowing : refusing
  return name === 'firefox'
    ? {
        browser: 'firefox',
        executablePath,
        headless: true,
        extraPrefsFirefox: { ...firefoxPreferences, ...person.firefox },
      }
    : { browser: 'chrome', executablePath, headless: true, args: [...chromiumArguments, ...person.chromium] }
}

/**
 * Lets Chromium offer its real host addresses to pages of `origin`: without the permissions it hides them behind mDNS
 * names, which a container may not resolve. Firefox has a preference for that.
 *
 * @param {import('puppeteer-core').BrowserContext} context
 * @param {string} origin
 */
export async function allowCapture(context, origin) {
  await context.setPermission(
    origin,
    ...['microphone', 'camera'].map((name) => ({ permission: { name }, state: /** @type {const} */ ('granted') })),
  )
}

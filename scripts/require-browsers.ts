import { existsSync } from 'node:fs'
import { installedBrowsers } from './browsers.mjs'
import { mustRun } from './project.ts'

/**
 * Sees to it that there is a browser to test in: as root on Debian it installs Chromium and Firefox where neither is
 * there.
 *
 * @throws {Error} elsewhere, saying what to install
 */
export async function requireBrowsers(): Promise<void> {
  if (installedBrowsers().length > 0) return
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    throw new Error('No browser to test in: install Chrome, Chromium or Firefox, or set CHROME_PATH or FIREFOX_PATH')
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await mustRun('apt-get', ['update', '-qq'], env)
  await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'firefox-esr'], env)
}

#!/usr/bin/env node
/*
 * The command. It is a file of the sources, since npm links a command only when its file is there, and in a checkout
 * that is before anything is built: there it builds the gateway first.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cli = new URL('../dist/cli.js', import.meta.url)

if (!existsSync(cli)) {
  console.error('The gateway is not built yet: building it')
  const { status, error } = spawnSync('npm', ['run', 'build', '--silent'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 2, 2],
    // npm is a script on Windows.
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(
      `The gateway could not be built${error ? `: ${error.message}` : ''}. Run npm ci in the checkout, then try again.`,
    )
    process.exit(1)
  }
}

await import(cli.href)

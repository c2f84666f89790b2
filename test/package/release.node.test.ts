import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { mustRun } from '../../scripts/project.ts'
import { version } from '../../src/base/version.ts'
import { browserNames, useBrowser } from '../e2e/harness.ts'
import { callsEchoByHand } from './harness/calls-echo-by-hand.ts'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** A web server as anybody has one: it gives the files of a folder. */
function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const file = path.join(folder, path.normalize(new URL(url, 'http://site').pathname))
    if (existsSync(file))
      response.setHeader('content-type', types[path.extname(file)] ?? 'text/plain').end(readFileSync(file))
    else response.writeHead(404).end()
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe('the release', () => {
  const work = mkdtempSync(path.join(tmpdir(), 'att-phone-release-'))
  const folder = path.join(work, `att-phone-${version}`)
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8')
  let server: Server | undefined

  before(async () => {
    await mustRun('npm', ['run', 'release', '--silent', '--', work])
    // A program that is not ours unpacks it.
    const { default: extract } = (await import(
      pathToFileURL(createRequire(import.meta.url).resolve('extract-zip')).href
    )) as { readonly default: (file: string, options: { readonly dir: string }) => Promise<void> }
    await extract(path.join(work, `att-phone-${version}.zip`), { dir: work })
    server = await serve(folder)
  })
  after(() => {
    server?.close()
    rmSync(work, { recursive: true })
  })

  it('has a page to begin with, the version, and the licences', () => {
    assert.equal(read('VERSION').trim(), version)
    assert.match(read('LICENSE'), /Apache License/)
    assert.match(read('cdn/licenses.md'), /## lit/)
    assert.match(read('START.html'), new RegExp(`<title>att-phone ${version.replaceAll('.', '\\.')}</title>`))
  })

  it('has the hash of every script, as it is', () => {
    const { files } = JSON.parse(read('cdn/integrity.json')) as { readonly files: Readonly<Record<string, string>> }
    const scripts = readdirSync(path.join(folder, 'cdn')).filter((name) => name.endsWith('.js'))
    assert.deepEqual(Object.keys(files).sort(), scripts.sort())
    for (const script of scripts) {
      const hash = createHash('sha384')
        .update(readFileSync(path.join(folder, 'cdn', script)))
        .digest('base64')
      assert.equal(files[script], `sha384-${hash}`, script)
      assert(read('START.html').includes(`"./cdn/${script}":"sha384-${hash}"`), script)
    }
  })

  for (const name of browserNames) {
    const open = useBrowser(name)

    it(`calls echo from START.html in ${name}`, async () => {
      const { port } = server!.address() as AddressInfo
      await callsEchoByHand(await open(`http://127.0.0.1:${port}/START.html`))
    })

    it(`says in ${name} why there is no phone where the page is opened from disk`, async () => {
      const { port } = server!.address() as AddressInfo
      const window = await open(`http://127.0.0.1:${port}/VERSION`)
      // What the browser says of a module that it does not load from there.
      window.forgive(/./)
      await window.page.goto(pathToFileURL(path.join(folder, 'START.html')).href)
      await window.until('the sentence', () => document.querySelector('#from-disk')?.checkVisibility() === true)
    })
  }
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { root } from '../../scripts/project.ts'
import { browserNames, freePort, useBrowser } from '../e2e/harness.ts'
import { callsEchoByHand } from './harness/calls-echo-by-hand.ts'
import { readPage } from './harness/code-blocks.ts'
import { Consumer, pack, tools } from './harness/consumer.ts'

/*
 * Somebody who has never seen the package, an empty folder, and what the README says: its commands and its lines, as
 * they stand there. For Next the README sends them to docs/frameworks.md: `hydration.node.test.ts` builds that page.
 */

const readme = readPage('README.md')

/** The block of the README that has this in it. */
function block(language: string, part: string): string {
  const found = readme.blocks.find(({ language: its, text }) => its === language && text.includes(part))
  assert(found, `The README has no ${language} with ${part}`)
  return found.text
}

/** The line of a page, and the first way of several to load it. */
const twoLines = block('html', 'src="/cdn/att-phone.js"')
const commands = block('sh', 'http-server').split('\n')
const [firstImport = ''] = block('js', "import 'att-phone'").split('\n')
const tag = readme.spans.find((span) => span === '<att-phone></att-phone>') ?? ''

describe('somebody with an empty folder and the README', () => {
  const packed = new Consumer()
  const folders: Consumer[] = []
  const servers: (() => Promise<unknown>)[] = []
  const browser = browserNames[0]
  assert(browser, 'A call takes a browser')
  const open = useBrowser(browser)
  let tarball = ''
  let bundlers = ''

  before(async () => {
    tarball = (await pack(packed.folder)).file
    bundlers = path.join(await tools('bundlers'), 'node_modules')
  })
  after(async () => {
    for (const stop of servers) await stop()
    for (const folder of [packed, ...folders]) folder.remove()
  })

  /** An empty folder in which the first command of the README was given. */
  async function emptyFolder(): Promise<Consumer> {
    const folder = new Consumer()
    folders.push(folder)
    const [install = ''] = commands
    assert.equal(install, block('sh', 'npm install att-phone').split('\n')[0])
    // The package comes from here, not from npm, which may not have it yet.
    const [, , name] = install.split(' ')
    assert.equal(name, 'att-phone')
    await folder.install(tarball)
    return folder
  }

  /** The address of what the server of the README shows of a folder. */
  async function serve(folder: string): Promise<string> {
    const last = commands.at(-1) ?? ''
    const [, version, options = ''] = /^npx http-server@(\S+) (.+)$/.exec(last) ?? []
    const program = path.join(bundlers, 'http-server')
    const { version: own } = JSON.parse(readFileSync(path.join(program, 'package.json'), 'utf8')) as { version: string }
    assert.equal(version, own, last)
    const port = await freePort()
    const server = spawn(
      process.execPath,
      [path.join(program, 'bin/http-server'), ...options.split(' '), '-p', String(port)],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    servers.push(async () => {
      const ended = once(server, 'exit')
      server.kill()
      await ended
    })
    await once(server.stdout, 'data')
    return `http://127.0.0.1:${port}/`
  }

  it('calls echo from a plain page', async () => {
    const folder = await emptyFolder()
    for (const command of commands.slice(1, -1)) {
      const [program = '', ...words] = command.split(' ')
      await folder.run(program, words)
    }
    folder.write('index.html', twoLines)
    const window = await open(await serve(folder.folder))
    window.forgive(/404: GET .*favicon/)
    await callsEchoByHand(window)
  })

  /** The page of an empty project; the README says what comes into it. */
  const page = (script: string): string =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>New</title><link rel="icon" href="data:," /></head><body>${tag}<script type="module" src="${script}"></script></body></html>`

  it('calls echo from a project of vite, which is told nothing more', async () => {
    const folder = await emptyFolder()
    folder.write('index.html', page('/main.js'))
    folder.write('main.js', firstImport)
    await folder.node(path.join(root, 'node_modules/vite/bin/vite.js'), 'build')
    await callsEchoByHand(await open(await serve(path.join(folder.folder, 'dist'))))
  })

  it('calls echo from a project of webpack, which is told nothing more', async () => {
    const folder = await emptyFolder()
    folder.write('src/index.js', firstImport)
    await folder.node(path.join(bundlers, 'webpack/bin/webpack.js'), '--mode', 'production')
    folder.write('dist/index.html', page('main.js'))
    await callsEchoByHand(await open(await serve(path.join(folder.folder, 'dist'))))
  })
})

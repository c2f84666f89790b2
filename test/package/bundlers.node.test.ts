import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { root } from '../../scripts/project.ts'
import { browserNames, useBrowser, useServer, type BrowserWindow } from '../e2e/harness.ts'
import { Consumer, pack, tools } from './harness/consumer.ts'

/** What somebody writes to have a phone, and what their page holds. */
const entries = {
  'every-tag': { script: "import 'att-phone'", body: '<att-phone></att-phone>' },
  'one-tag': { script: "import 'att-phone/define/att-phone.js'", body: '<att-phone></att-phone>' },
  autoloader: { script: "import 'att-phone/define/autoloader.js'", body: '<att-phone></att-phone>' },
  'engine-alone': {
    script: `import { Phone } from 'att-phone/engine'
const phone = Phone.getPhone()
phone.on('call:connected', () => document.body.setAttribute('state', 'connected'))
await phone.login({ userId: 'alice' })
await phone.dial({ destination: 'echo', mediaType: 'audio' })`,
    body: '',
  },
} as const

type Entry = keyof typeof entries
const names = Object.keys(entries) as Entry[]

const page = (script: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bundled</title><link rel="icon" href="data:,">
<script type="module" src="./${script}"></script><body>${body}</body></html>`

const asImports = (ending: string): string =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, `./${name}.${ending}`])))

/** The projects of the bundlers: what each is told, as its own documentation has it, beside the entries. */
const bundlers: Readonly<Record<string, (project: Consumer, tools: string) => Promise<unknown>>> = {
  vite(project) {
    project.write(
      'vite.config.js',
      `export default { base: './', logLevel: 'error', build: { outDir: 'dist/vite', rolldownOptions: { input: ${asImports('html')} } } }`,
    )
    return project.node(path.join(root, 'node_modules/vite/bin/vite.js'), 'build')
  },
  webpack(project, tools) {
    project.write(
      'webpack.config.js',
      `export default { mode: 'production', entry: ${asImports('js')}, optimization: { minimize: false }, performance: { hints: false },
output: { path: import.meta.dirname + '/dist/webpack' } }`,
    )
    return project.node(path.join(tools, 'webpack/bin/webpack.js'))
  },
  esbuild(project, tools) {
    const options = ['--bundle', '--splitting', '--format=esm', '--minify', '--outdir=dist/esbuild', '--log-limit=0']
    return project.run(path.join(tools, '.bin/esbuild'), [...names.map((name) => `${name}.js`), ...options])
  },
  parcel(project, tools) {
    const pages = names.map((name) => `${name}.html`)
    const options = ['--dist-dir', 'dist/parcel', '--public-url', '.', '--no-cache', '--no-source-maps']
    return project.node(path.join(tools, 'parcel/lib/bin.js'), 'build', ...pages, ...options)
  },
  rollup(project, tools) {
    // Of itself it knows neither packages nor CommonJS nor JSON, which JsSIP is made of.
    const plugins = ['node-resolve={browser:true}', 'commonjs', 'json'].flatMap((it) => ['-p', it])
    const options = ['-f', 'es', '-d', 'dist/rollup', ...plugins, '--silent']
    return project.node(path.join(tools, 'rollup/dist/bin/rollup'), ...names.map((name) => `${name}.js`), ...options)
  },
}

/** Makes the phone of the page call `echo`, and resolves when it is connected. */
async function callsEcho(window: BrowserWindow, entry: Entry): Promise<void> {
  const holder = entry === 'engine-alone' ? 'body' : 'att-phone'
  if (holder === 'att-phone') {
    await window.until(
      'the phone is ready',
      () => document.querySelector('att-phone')?.getAttribute('state') === 'ready',
    )
    await window.evaluate(() => {
      void document.querySelector('att-phone')?.phone?.dial({ destination: 'echo', mediaType: 'audio' })
    })
  }
  await window.until(
    'echo answered',
    (name) => document.querySelector(name)?.getAttribute('state') === 'connected',
    holder,
  )
}

describe('the packed package, bundled', () => {
  // Parcel alone has to be told that packages say by `exports` what can be imported.
  const project = new Consumer({ '@parcel/resolver-default': { packageExports: true } })
  after(() => project.remove())

  before(async () => {
    const { file } = await pack(project.folder)
    await project.install(file)
    for (const name of names) {
      project.write(`${name}.js`, entries[name].script)
      project.write(`${name}.html`, page(`${name}.js`, entries[name].body))
    }
  })

  const server = useServer({ serve: [`/bundled/=${project.folder}`] })
  const browser = browserNames[0]
  assert(browser, 'Bundles are tried in a browser')
  const open = useBrowser(browser)

  for (const [bundler, bundle] of Object.entries(bundlers)) {
    describe(`by ${bundler}`, () => {
      before(async () => {
        await bundle(project, path.join(await tools('bundlers'), 'node_modules'))
        // Some of them want pages, the others leave them to the author.
        if (!['vite', 'parcel'].includes(bundler))
          for (const name of names)
            project.write(`dist/${bundler}/${name}.html`, page(`${name}.js`, entries[name].body))
      })

      for (const entry of names) {
        it(`calls echo: ${entry}`, async () => {
          const window = await open(new URL(`/bundled/dist/${bundler}/${entry}.html`, server().url).href)
          await callsEcho(window, entry)
        })
      }
    })
  }
})

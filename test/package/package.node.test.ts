import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { authorWords } from '../../elements/base/author-words.ts'
import { filesBelow, root } from '../../scripts/project.ts'
import { parsePage } from './harness/code-blocks.ts'
import { compile, Consumer, pack } from './harness/consumer.ts'

const tags = filesBelow('elements/define', '.ts')
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name.startsWith('att-'))

/** What a page may import, each a path of the exports map; a module of a folder in both spellings. */
const entries = [
  'att-phone',
  'att-phone/engine',
  ...['all', 'autoloader', 'phone-provider', ...tags]
    .flatMap((name) => [`define/${name}`, `define/${name}.js`])
    .map((name) => `att-phone/${name}`),
  ...tags.flatMap((tag) => [`elements/${tag}`, `elements/${tag}.js`]).map((name) => `att-phone/${name}`),
]

/** What `npm publish` says of a package. */
interface PublishReport {
  readonly name: string
  readonly version: string
  readonly entryCount: number
}

const program = (name: string): string => path.join(root, 'node_modules', name)

/** A quoted address of a TypeScript source, wherever it stands; a declaration is none. */
const sourceAddress = /["'`]\.{1,2}\/[^"'`\n]*(?<!\.d)\.[mc]?tsx?["'`]/g

describe('the packed package', () => {
  const project = new Consumer()
  const installed = path.join(project.folder, 'node_modules/att-phone')
  const read = (file: string): string => readFileSync(path.join(installed, file), 'utf8')
  let files: readonly string[] = []
  let tarball = ''

  before(async () => {
    ;({ file: tarball, files } = await pack(project.folder))
    await project.install(tarball)
  })
  after(() => project.remove())

  it('brings no source, no test and no server', () => {
    const stray = files.filter((file) => /(?<!\.d)\.ts$|\.test\.|\.suite\.|testing\/|gateway\/(src|dist)/.test(file))
    assert.deepEqual(stray, [])
  })

  it('names no TypeScript source in any file', () => {
    const named = files
      .filter((file) => /\.([mc]?js|d\.ts)$/.test(file))
      .flatMap((file) => [...read(file).matchAll(sourceAddress)].map(([address]) => `${file}: ${address}`))
    assert.deepEqual(named, [])
  })

  it('brings types for every module', () => {
    const modules = files.filter((file) => /^dist\/(src|elements)\/.*\.js$/.test(file))
    assert(modules.length > 0)
    assert.deepEqual(
      modules.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts'))),
      [],
    )
  })

  it('brings the bundle, its licences and the manifest', () => {
    for (const file of ['dist/cdn/att-phone.js', 'dist/cdn/licenses.md', 'custom-elements.json', 'LICENSE']) {
      assert(files.includes(file), file)
    }
  })

  it('brings the pages that the console names, with the headings', () => {
    const addresses = files
      .filter((file) => file.startsWith('dist/') && file.endsWith('.js'))
      .flatMap((file) => [...read(file).matchAll(/https:\/\/unpkg\.com\/att-phone@([^/]*)\/([^#`"'\s]+)/g)])
    const pages = new Set(addresses.map(([, , page]) => page ?? ''))
    assert.deepEqual([...pages], ['docs/console.md'])
    assert(files.includes('docs/console.md'))
    const { anchors } = parsePage('docs/console.md', read('docs/console.md'))
    assert.deepEqual(
      Object.keys(authorWords).filter((misuse) => !anchors.has(misuse)),
      [],
    )
  })

  it('brings every page of the documentation that another one links to', () => {
    // Pages about the making of it stay in the repository, and those of the gateway are in its own package.
    const elsewhere = /^(?:docs\/decisions\/|gateway\/)/
    const missing = files
      .filter((file) => file.endsWith('.md') && file.startsWith('docs/'))
      .flatMap((file) =>
        parsePage(file, read(file))
          .links.filter((link) => !/^(?:https?:|mailto:|#)/.test(link))
          .map((link) => path.posix.join(path.posix.dirname(file), link.split('#')[0] ?? ''))
          .filter((target) => target.endsWith('.md') && !elsewhere.test(target) && !files.includes(target)),
      )
    assert.deepEqual(missing, [])
  })

  it('has every path that the manifest names', () => {
    const named = [...read('custom-elements.json').matchAll(/"(?:path|module)": "([^"]+)"/g)].map(
      ([, name]) => name ?? '',
    )
    assert.deepEqual(
      named.filter((name) => !files.includes(name)),
      [],
    )
  })

  it('is what publint wants', async () => {
    await project.node(program('publint/src/cli.js'), 'run', tarball, '--strict')
  })

  it('is what arethetypeswrong wants', async () => {
    const subpaths = [
      'define/att-phone',
      'define/att-phone.js',
      'define/autoloader.js',
      'elements/att-phone',
      'elements/att-phone.js',
    ]
    const checker = program('@arethetypeswrong/cli/dist/index.js')
    const config = path.join(root, '.attw.json')
    await project.node(checker, tarball, '--config-path', config, '--include-entrypoints', ...subpaths)
  })

  it('would be published with what it needs, and says of which version it is', async () => {
    const words = await project.run('npm', ['publish', tarball, '--dry-run', '--json', '--offline'])
    const report = JSON.parse(words) as PublishReport | { readonly 'att-phone': PublishReport }
    // npm 11 names the package first.
    const { name, version, entryCount } = 'att-phone' in report ? report['att-phone'] : report
    assert.deepEqual(
      { name, version, entryCount },
      {
        name: 'att-phone',
        version: (JSON.parse(read('package.json')) as { version: string }).version,
        entryCount: files.length,
      },
    )
  })

  it('can be imported by a server, which has no document: each of its entries', async () => {
    const imports = entries.map((entry) => `await import('${entry}').catch((error) => failed.push(error.message))`)
    const script = ['const failed = []', ...imports, 'console.log(JSON.stringify(failed))'].join('\n')
    const failed = JSON.parse(await project.node(project.write('import.js', script))) as unknown
    assert.deepEqual(failed, [])
  })

  for (const resolution of ['bundler', 'nodenext']) {
    it(`has types that a ${resolution} project compiles with, each entry in both spellings`, async () => {
      const imports = entries.map((entry) => `import '${entry}'`).join('\n')
      const page = project.write(
        'page.ts',
        `${imports}\nimport { Phone } from 'att-phone/engine'\nexport const phone: Phone = new Phone()\nexport const guest: boolean | string | null | undefined = document.querySelector('att-phone')?.manual\n`,
      )
      await compile(project, [page], {
        moduleResolution: resolution,
        module: resolution === 'bundler' ? 'esnext' : resolution,
      })
    })
  }
})

describe('the packed gateway', () => {
  const project = new Consumer()
  let files: readonly string[] = []
  let tarball = ''

  before(async () => {
    ;({ file: tarball, files } = await pack(project.folder, 'gateway'))
    await project.install(tarball)
  })
  after(() => project.remove())

  it('brings no source and no test', () => {
    assert.deepEqual(
      files.filter((file) => /(?<!\.d)\.ts$|\.test\./.test(file)),
      [],
    )
  })

  it('names no TypeScript source in any file', () => {
    const folder = path.join(project.folder, 'node_modules/att-phone-gateway')
    const named = files
      .filter((file) => /\.([mc]?js|d\.ts)$/.test(file))
      .flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(sourceAddress)])
    assert.deepEqual(
      named.map(([address]) => address),
      [],
    )
  })

  it('is what publint wants', async () => {
    await project.node(program('publint/src/cli.js'), 'run', tarball, '--strict')
  })

  it('is what arethetypeswrong wants', async () => {
    const checker = program('@arethetypeswrong/cli/dist/index.js')
    await project.node(checker, tarball, '--config-path', path.join(root, '.attw.json'))
  })

  it('is a command in the project that installed it', async () => {
    assert.match(await project.run('npx', ['--no-install', 'att-phone-gateway', '--help']), /GUEST_ALLOW/)
  })

  it('is a module that a program makes a gateway with, and types for it', async () => {
    const script = project.write(
      'gateway.ts',
      `import { createGateway } from 'att-phone-gateway'\nconst gateway = createGateway({ port: 0, devTokens: true, guestAllow: ['sales'] })\nconsole.log(await gateway.listen())\nawait gateway.close()\n`,
    )
    assert.match(await project.node('--import', import.meta.resolve('tsx'), script), /^http:\/\/127\.0\.0\.1:\d+/)
    await compile(project, [script], { module: 'nodenext', typeRoots: [program('@types')], types: ['node'] })
  })
})

describe('npx att-phone-gateway in a checkout', () => {
  it('runs, though npm made the command before the gateway was built', async () => {
    const project = new Consumer()
    try {
      const words = await project.run('npm', [
        'exec',
        '--prefix',
        root,
        '--offline',
        '--',
        'att-phone-gateway',
        '--help',
      ])
      assert.match(words, /GUEST_ALLOW/)
      const { bin } = JSON.parse(readFileSync(path.join(root, 'gateway/package.json'), 'utf8')) as {
        bin: Readonly<Record<string, string>>
      }
      // npm links only what is there when it installs; nothing of `dist` is.
      assert.doesNotMatch(bin['att-phone-gateway'] ?? 'dist', /dist/)
    } finally {
      project.remove()
    }
  })
})

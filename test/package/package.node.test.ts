import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { filesBelow, root } from '../../scripts/project.ts'

const execute = promisify(execFile)

interface PackedFile {
  readonly path: string
}

const tags = filesBelow('elements/define', '.ts')
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name.startsWith('att-'))

/** What a page may import, each a path of the exports map. */
const entries = [
  'att-phone',
  'att-phone/engine',
  ...['all', 'autoloader', 'phone-provider', ...tags].map((name) => `att-phone/define/${name}`),
]

/** The package as npm would publish it, installed in a project of its own beside its dependencies. */
async function installPacked(folder: string): Promise<readonly string[]> {
  const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    shell: process.platform === 'win32',
  })
  const [packed] = JSON.parse(stdout) as { filename: string; files: PackedFile[] }[]
  assert(packed)
  await execute('tar', ['-xzf', packed.filename], { cwd: folder })
  const modules = path.join(folder, 'node_modules')
  mkdirSync(modules)
  renameSync(path.join(folder, 'package'), path.join(modules, 'att-phone'))
  for (const name of ['lit', '@lit', 'lit-html', 'lit-element', 'libphonenumber-js', 'jssip']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction')
  }
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
  return packed.files.map((file) => file.path)
}

describe('the packed package', () => {
  let folder = ''
  let files: readonly string[] = []

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'att-phone-package-'))
    files = await installPacked(folder)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('brings no source, no test and no server', () => {
    const stray = files.filter((file) => /(?<!\.d)\.ts$|\.test\.|\.suite\.|testing|gateway\/(src|dist)/.test(file))
    assert.deepEqual(stray, [])
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

  it('has every path that the manifest names', () => {
    const manifest = readFileSync(path.join(folder, 'node_modules/att-phone/custom-elements.json'), 'utf8')
    const named = [...manifest.matchAll(/"(?:path|module)": "([^"]+)"/g)].map(([, name]) => name ?? '')
    assert.deepEqual(
      named.filter((name) => !files.includes(name)),
      [],
    )
  })

  for (const entry of entries) {
    it(`${entry} can be imported by a server, which has no document`, async () => {
      const script = path.join(folder, 'import.mjs')
      writeFileSync(script, `await import('${entry}')`)
      await execute(process.execPath, [script], { cwd: folder })
    })
  }

  for (const resolution of ['bundler', 'nodenext']) {
    it(`has types that a ${resolution} project compiles with`, async () => {
      const page = path.join(folder, 'page.ts')
      writeFileSync(
        page,
        `import 'att-phone'\nimport { Phone } from 'att-phone/engine'\nexport const phone: Phone = new Phone()\n`,
      )
      assert(existsSync(page))
      const module = resolution === 'bundler' ? 'esnext' : 'nodenext'
      const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
      const options = [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--lib',
        'es2023,dom,dom.iterable',
      ]
      await execute(
        process.execPath,
        [compiler, ...options, '--moduleResolution', resolution, '--module', module, page],
        {
          cwd: folder,
        },
      ).catch((error: unknown) => assert.fail((error as { stdout: string }).stdout))
    })
  }
})

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { zipSync } from 'fflate'
import { version } from '../src/base/version.ts'
import { build } from './build.ts'
import type { Integrity } from './integrity.ts'
import { root } from './project.ts'
import { startPage } from './release-page.ts'

/*
 * npm run release [-- folder]: an archive for people without Node, release/att-phone-<version>.zip. In it are the files
 * of dist/cdn, with their hashes, a page to begin with, and the licences.
 */

/** Everything that is in the archive by its path, in a folder of its version. */
function entries(): Readonly<Record<string, Buffer>> {
  const cdn = path.join(root, 'dist/cdn')
  // Source maps are as large as all else together; a web server compresses by itself.
  const names = readdirSync(cdn)
    .filter((name) => !/\.(map|br|d\.ts)$/.test(name))
    .sort()
  const { files } = JSON.parse(readFileSync(path.join(cdn, 'integrity.json'), 'utf8')) as { readonly files: Integrity }
  const own = ['LICENSE', 'CHANGELOG.md'].map((name) => ({ name, content: readFileSync(path.join(root, name)) }))
  const all = [
    { name: 'START.html', content: Buffer.from(startPage(version, files)) },
    { name: 'VERSION', content: Buffer.from(`${version}\n`) },
    ...own,
    ...names.map((name) => ({ name: `cdn/${name}`, content: readFileSync(path.join(cdn, name)) })),
  ]
  return Object.fromEntries(all.map(({ name, content }) => [`att-phone-${version}/${name}`, content]))
}

const folder = path.resolve(process.argv[2] ?? path.join(root, 'release'))
await build(['cdn'])
// The first day a zip knows: the same files make the same archive.
const archive = zipSync(entries(), { level: 9, mtime: new Date(1980, 0, 1) })
const file = path.join(folder, `att-phone-${version}.zip`)
mkdirSync(folder, { recursive: true })
writeFileSync(file, archive)
console.log(`${file}\nsha256 ${createHash('sha256').update(archive).digest('hex')}`)

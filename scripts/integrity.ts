import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { version } from '../src/base/version.ts'
import { root } from './project.ts'

/** What a browser compares a file with before it runs it, by the name of the file. */
export type Integrity = Readonly<Record<string, string>>

interface ImportMap {
  readonly imports: Readonly<Record<string, string>>
  readonly integrity: Integrity
}

/** The hash of a file as `integrity` attributes have it (Subresource Integrity, section 3.1). */
export function integrityOf(content: string | Buffer): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`
}

/**
 * The import map of a build: the names that npm users import, and the hash of every file, those that are loaded later
 * included. Addresses are relative to the page that holds the map.
 */
export function importMap(hashes: Integrity): ImportMap {
  const files = Object.keys(hashes)
  // A name with a hash in it is nobody's to import.
  const tags = files.filter((file) => /^att-[a-z-]+\.js$/.test(file) && file !== 'att-phone.js')
  const imports = Object.fromEntries([
    ['att-phone', './att-phone.js'],
    ...['autoloader.js', ...tags].map((file) => [`att-phone/define/${file}`, `./${file}`] as const),
  ])
  const integrity = Object.fromEntries(Object.entries(hashes).map(([file, hash]) => [`./${file}`, hash]))
  return { imports, integrity }
}

/** Writes the hashes of a build beside its files; returns the names of what it wrote. */
export function writeIntegrity(folder: string, files: readonly string[]): readonly string[] {
  const at = (file: string): string => path.join(root, folder, file)
  const hashes = Object.fromEntries(
    [...new Set(files)].sort().map((file) => [file, integrityOf(readFileSync(at(file)))]),
  )
  const contents = { 'integrity.json': { version, files: hashes }, 'import-map.json': importMap(hashes) }
  for (const [file, content] of Object.entries(contents))
    writeFileSync(at(file), `${JSON.stringify(content, null, 2)}\n`)
  return Object.keys(contents)
}

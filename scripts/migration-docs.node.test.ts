import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import { migrationDocs, migrationDocsFile } from './migration-docs.ts'

it('docs/what-pages-hear.md tells what the tests compare (write it anew with node --import tsx scripts/migration-docs.ts)', async () => {
  assert.equal(await readFile(migrationDocsFile, 'utf8'), await migrationDocs())
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import { errorDocs, errorDocsFile } from './error-docs.ts'

it('docs/errors.md tells what the catalogue tells (write it anew with node --import tsx scripts/error-docs.ts)', async () => {
  assert.equal(await readFile(errorDocsFile, 'utf8'), await errorDocs())
})

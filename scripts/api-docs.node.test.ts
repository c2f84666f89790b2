import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { eventReference } from '../src/phone/api/event-reference.fixture.ts'
import { methodReference } from '../src/phone/api/method-reference.fixture.ts'
import { apiDocs, apiDocsFolder } from './api-docs.ts'
import { readApi } from './api-docs/read-api.ts'

describe('docs/api', () => {
  it('tells what the sources tell (write it anew with node --import tsx scripts/api-docs.ts)', async () => {
    const pages = await apiDocs()
    const kept = new Map<string, string>()
    for (const name of await readdir(apiDocsFolder))
      kept.set(name, await readFile(new URL(name, apiDocsFolder), 'utf8'))
    assert.deepEqual([...kept].sort(), [...pages].sort())
  })

  const { members, events } = readApi()

  it('has every method and every event of the contract', () => {
    const names = new Set([...members, ...events].map(({ name }) => name))
    const missing = [...Object.keys(methodReference), ...Object.keys(eventReference)].filter((name) => !names.has(name))
    assert.deepEqual(missing, [])
  })

  it('says of every event when it fires', () => {
    assert.deepEqual(
      events.filter(({ meaning }) => meaning === '').map(({ name }) => name),
      [],
    )
  })

  it('says of every method what it does', () => {
    assert.deepEqual(
      members.filter(({ meaning, deprecated }) => meaning === '' && deprecated === null).map(({ name }) => name),
      [],
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manifestProblems, type Manifest } from '../../scripts/manifest-gate.ts'

type Entry = NonNullable<Manifest['modules'][number]['declarations']>[number]

const dialpad: Entry = {
  name: 'AttDialpad',
  tagName: 'att-dialpad',
  description: 'A dialpad.',
  events: [{ name: 'att-tone', description: 'A key was pressed.' }],
}

const manifestOf = (...declarations: Entry[]): Manifest => ({
  modules: [{ path: 'dist/elements/att-dialpad/att-dialpad.js', declarations }],
})

describe('the manifest gate', () => {
  it('is content with a described tag', () => {
    assert.deepEqual(manifestProblems(manifestOf(dialpad), ['att-dialpad']), [])
  })

  it('refuses a registered tag without an entry', () => {
    assert.match(manifestProblems(manifestOf(dialpad), ['att-dialpad', 'att-phone']).join(), /<att-phone> .* no entry/)
  })

  it('refuses an entry that is not registered', () => {
    assert.match(manifestProblems(manifestOf(dialpad), []).join(), /<att-dialpad> has an entry and is not registered/)
  })

  it('refuses an entry without a description', () => {
    const bare = { ...dialpad, description: '' }
    assert.match(manifestProblems(manifestOf(bare), ['att-dialpad']).join(), /no description/)
  })

  it('refuses an event without a name', () => {
    const entry = { ...dialpad, events: [{ description: 'Something happened.' }] }
    assert.match(manifestProblems(manifestOf(entry), ['att-dialpad']).join(), /nameless entry in events/)
  })

  it('refuses an event without a description', () => {
    const entry = { ...dialpad, events: [{ name: 'att-tone' }] }
    assert.match(manifestProblems(manifestOf(entry), ['att-dialpad']).join(), /does not describe att-tone/)
  })

  it('lets the default slot be nameless', () => {
    const entry = { ...dialpad, slots: [{ name: '', description: 'Tags of the author.' }] }
    assert.deepEqual(manifestProblems(manifestOf(entry), ['att-dialpad']), [])
  })

  it('refuses the path of a source', () => {
    const manifest = { modules: [{ path: 'elements/att-dialpad/att-dialpad.ts', declarations: [dialpad] }] }
    assert.match(manifestProblems(manifest, ['att-dialpad']).join(), /is a source/)
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { filesBelow, root } from '../../scripts/project.ts'

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const named = (file: string, pattern: RegExp): readonly string[] =>
  [...read(file).matchAll(pattern)].map(([, tag = '']) => tag).sort()

/** Every tag there is: each has a file of its own in elements/define. */
const tags = filesBelow('elements/define', '.ts')
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name.startsWith('att-'))

/** Those that a whole phone brings along. */
const ofPhone = ['att-phone', ...named('elements/define/att-phone.ts', /'\.\/(att-[a-z-]+)\.ts'/g)].sort()

describe('the loaders of tags', () => {
  const loaded = (file: string): readonly string[] => named(file, /'(att-[a-z-]+)': \(\) => import\('\.\/\1\.ts'\)/g)

  it('know the tags of the phone', () => {
    assert.deepEqual(loaded('elements/define/phone-tags.ts'), ofPhone)
  })

  it('know all other tags', () => {
    const others = tags.filter((tag) => !ofPhone.includes(tag))
    assert.deepEqual(loaded('elements/define/further-tags.ts'), others)
  })
})

describe('the entry of all tags', () => {
  it('registers every tag', () => {
    const further = named('elements/define/all.ts', /'\.\/(att-[a-z-]+)\.ts'/g).filter((tag) => tag !== 'att-phone')
    assert.deepEqual([...ofPhone, ...further].sort(), tags)
  })

  it('exports the class of every tag', () => {
    const className = (tag: string): string => tag.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
    const index = read('elements/index.ts')
    assert.deepEqual(
      tags.filter((tag) => !index.includes(`{ ${className(tag)} }`)),
      [],
    )
  })
})

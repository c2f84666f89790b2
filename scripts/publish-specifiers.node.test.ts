import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withPublishedSpecifiers } from './publish-specifiers.ts'

describe('the specifiers of what is published', () => {
  const cases: readonly (readonly [name: string, source: string, result: string])[] = [
    ['an import', `import { a } from './a.ts'`, `import { a } from './a.js'`],
    ['an import for its effect', `import "../b.ts";`, `import "../b.js";`],
    ['an export', `export * from './a.ts'`, `export * from './a.js'`],
    [
      'an import() inside a method',
      `class A { async b() { await import('./c.ts') } }`,
      `class A { async b() { await import('./c.js') } }`,
    ],
    ['an import() in a template', 'import(`./c.ts`)', 'import(`./c.js`)'],
    [
      'an import() inside an argument',
      `f(async () => new (await import('./d.ts')).D())`,
      `f(async () => new (await import('./d.js')).D())`,
    ],
    ['an .mts module', `import './a.mts'`, `import './a.mjs'`],
    ['two in one line', `import('./a.ts'); import('./b.ts')`, `import('./a.js'); import('./b.js')`],
  ]
  for (const [name, source, result] of cases) {
    it(`name the published file: ${name}`, () => assert.equal(withPublishedSpecifiers(source, 'x.js'), result))
  }

  it('name the published file: a type of a declaration', () => {
    assert.equal(
      withPublishedSpecifiers(`export declare const a: import('./a.ts').A<import("../b.ts").B>`, 'x.d.ts'),
      `export declare const a: import('./a.js').A<import("../b.js").B>`,
    )
  })

  it('name the published file: a module that a declaration augments', () => {
    assert.equal(withPublishedSpecifiers(`declare module './a.ts' {}`, 'x.d.ts'), `declare module './a.js' {}`)
  })

  const untouched: readonly (readonly [name: string, source: string])[] = [
    ['a text that looks like one', `const text = "import('./a.ts')"; log('./a.ts')`],
    ['a package', `import 'some-package/a.ts'`],
    ['a declaration file', `import './global.d.ts'`],
    ['a comment', `/* import './a.ts' */`],
  ]
  for (const [name, source] of untouched) {
    it(`stay as they are: ${name}`, () => assert.equal(withPublishedSpecifiers(source, 'x.js'), source))
  }
})

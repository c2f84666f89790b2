import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { filesBelow } from '../../scripts/project.ts'
import { Consumer, pack, tools } from './harness/consumer.ts'

const tags = filesBelow('elements/define', '.ts')
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name.startsWith('att-'))

/** The beginning of a tag that is written right, and of three that are not. */
interface Markup {
  readonly right: string
  readonly wrong: readonly string[]
}

const jsx: Markup = {
  right: `<att-phone id="phone" server="wss://pbx.example" user-id="1001" media-type="video" capture-tel
    credentials={async () => ({ token: 'x' })} onatt-call-connected={(event) => { const from: string | undefined = event.detail.from; void from }}>
    <att-dialpad class="big" /><att-dial-button to="1002" slot="x" /></att-phone>`,
  wrong: [
    `<att-phone media-type="vido" />`,
    `<att-phone credentials="secret" />`,
    `<att-phone onatt-call-connected={(event: { detail: { from: number } }) => event} />`,
    `<att-phone serveur="wss://pbx.example" />`,
  ],
}

const everyTag = tags.map((tag) => `<${tag} lang="de"></${tag}>`).join('')

/** What a framework is told to compile its JSX, and the tags as its authors write them. */
const jsxFrameworks: Readonly<Record<string, Markup & { readonly options: object; readonly ref: string }>> = {
  react: {
    ...jsx,
    options: { jsx: 'react-jsx' },
    ref: `import { useRef } from 'react'
export function WithRef() { const ref = useRef<HTMLElementTagNameMap['att-phone']>(null); return <att-phone ref={ref} key="a" className="b" /> }`,
  },
  preact: {
    ...jsx,
    options: { jsx: 'react-jsx', jsxImportSource: 'preact' },
    ref: `import { useRef } from 'preact/hooks'
export function WithRef() { const ref = useRef<HTMLElementTagNameMap['att-phone']>(null); return <att-phone ref={ref} key="a" class="b" /> }`,
  },
  solid: {
    right: jsx.right
      .replace('credentials=', 'prop:credentials=')
      .replace('onatt-call-connected', 'on:att-call-connected'),
    wrong: jsx.wrong.map((text) =>
      text.replace('credentials', 'prop:credentials').replace('onatt-call-connected', 'on:att-call-connected'),
    ),
    options: { jsx: 'preserve', jsxImportSource: 'solid-js' },
    ref: `export function WithRef() { let phone!: HTMLElementTagNameMap['att-phone']; return <att-phone ref={phone} class="b" /> }`,
  },
}

describe('types for where tags are written', () => {
  const project = new Consumer()
  let modules = ''

  before(async () => {
    const { file } = await pack(project.folder)
    await project.install(file)
    modules = path.join(await tools('frameworks'), 'node_modules')
    for (const name of ['react', 'preact', 'solid-js', 'vue', 'svelte', 'csstype']) {
      symlinkSync(path.join(modules, name), path.join(project.folder, 'node_modules', name), 'junction')
    }
    symlinkSync(path.join(modules, '@types/react'), path.join(project.folder, 'node_modules/@types/react'), 'junction')
  })
  after(() => project.remove())

  /** The lines of a folder's files that a checker refuses; each wrong tag stands in a file of its own. */
  const refused = (report: string): readonly string[] =>
    [
      ...new Set([...report.matchAll(/(right|wrong-\d|every|ref)\.(?:tsx|vue|svelte)/g)].map(([, name]) => name ?? '')),
    ].sort()

  /** What a checker prints, whether it finds anything or not. */
  const report = (command: Promise<string>): Promise<string> =>
    command.catch((error: unknown) => (error as Error).message)

  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
    lib: ['es2023', 'dom', 'dom.iterable'],
    skipLibCheck: false,
  }
  const wrongNames = (wrong: readonly string[]): readonly string[] => wrong.map((_text, at) => `wrong-${at}`)

  for (const [framework, { right, wrong, options, ref }] of Object.entries(jsxFrameworks)) {
    it(`compiles in the JSX of ${framework} what is right, and nothing else`, async () => {
      const file = (name: string, text: string): string => project.write(`${framework}/${name}.tsx`, text)
      const component = (text: string): string => `export function Page() { return <>${text}</> }\n`
      file('types', `import type {} from 'att-phone/${framework}'\nexport {}\n`)
      file('right', component(right))
      file('every', component(everyTag))
      file('ref', ref)
      wrong.forEach((text, at) => file(`wrong-${at}`, component(text)))
      const config = project.write(
        `${framework}/tsconfig.json`,
        // Of the declarations of a framework its own makers answer.
        JSON.stringify({ compilerOptions: { ...compilerOptions, ...options, skipLibCheck: true }, include: ['*.tsx'] }),
      )
      const words = await report(project.node(path.join(modules, 'typescript/bin/tsc'), '-p', config))
      assert.deepEqual(refused(words), wrongNames(wrong), words)
    })
  }

  it('compiles in the templates of Vue what is right, and nothing else', async () => {
    const file = (name: string, template: string): string =>
      project.write(
        `vue/${name}.vue`,
        `<script setup lang="ts">const ask = async () => ({ token: 'x' })\nconst heard = (event: HTMLElementEventMap['att-call-connected']) => event.detail.from\nconst wrong = (event: number) => event\ndefineExpose({ ask, heard, wrong })</script>\n<template>${template}</template>\n`,
      )
    const wrong = [
      '<att-phone media-type="vido" />',
      '<att-phone :credentials.prop="1" />',
      '<att-phone @att-call-connected="wrong" />',
    ]
    project.write('vue/types.d.ts', `import type {} from 'att-phone/vue'\n`)
    file(
      'right',
      `<att-phone id="phone" server="wss://pbx.example" user-id="1001" capture-tel class="a" :credentials.prop="ask" @att-call-connected="heard"><att-dial-button to="1002" /></att-phone>`,
    )
    file('every', everyTag)
    wrong.forEach((text, at) => file(`wrong-${at}`, text))
    const config = project.write(
      'vue/tsconfig.json',
      JSON.stringify({
        compilerOptions: { ...compilerOptions, skipLibCheck: true },
        vueCompilerOptions: { strictTemplates: true },
        include: ['*'],
      }),
    )
    const words = await report(project.node(path.join(modules, 'vue-tsc/bin/vue-tsc.js'), '-p', config))
    assert.deepEqual(refused(words), wrongNames(wrong), words)
  })

  it('compiles in the markup of Svelte what is right, and nothing else', async () => {
    const file = (name: string, text: string): string =>
      project.write(
        `svelte/${name}.svelte`,
        `<script lang="ts">import type {} from 'att-phone/svelte'</script>\n${text}\n`,
      )
    file(
      'right',
      jsx.right
        .replace('<att-dialpad class="big" />', '<att-dialpad class="big"></att-dialpad>')
        .replace('slot="x" />', 'slot="x"></att-dial-button>'),
    )
    file('every', everyTag)
    const wrong = jsx.wrong.slice(0, 3).map((text) => text.replace(' />', '></att-phone>'))
    wrong.forEach((text, at) => file(`wrong-${at}`, text))
    project.write(
      'svelte/tsconfig.json',
      JSON.stringify({
        compilerOptions: { ...compilerOptions, skipLibCheck: true, verbatimModuleSyntax: true },
        include: ['*'],
      }),
    )
    const folder = path.join(project.folder, 'svelte')
    const checker = path.join(modules, 'svelte-check/bin/svelte-check')
    const options = [
      '--workspace',
      folder,
      '--tsconfig',
      path.join(folder, 'tsconfig.json'),
      '--threshold',
      'error',
      '--output',
      'machine',
    ]
    const words = await report(project.node(checker, ...options))
    assert.deepEqual(refused(words), wrongNames(wrong), words)
  })

  it('tells editors of every tag', () => {
    const data = (name: string): unknown => JSON.parse(project.read(`node_modules/att-phone/dist/types/${name}`))
    const named = (entries: readonly { readonly name: string }[]): readonly string[] =>
      entries.map(({ name }) => name).sort()
    const html = data('vscode.html-custom-data.json') as { tags: { name: string }[] }
    const web = data('web-types.json') as { contributions: { html: { elements: { name: string }[] } } }
    const css = data('vscode.css-custom-data.json') as { properties: { name: string }[] }
    assert.deepEqual(named(html.tags), [...tags].sort())
    assert.deepEqual(named(web.contributions.html.elements), [...tags].sort())
    assert(css.properties.some(({ name }) => name === '--att-accent'))
  })
})

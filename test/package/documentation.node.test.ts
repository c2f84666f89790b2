import assert from 'node:assert/strict'
import { existsSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { filesBelow, root } from '../../scripts/project.ts'
import { parsePage, readPage, type CodeBlock } from './harness/code-blocks.ts'
import { Consumer, pack, tools } from './harness/consumer.ts'
import {
  asJsx,
  scriptsOf,
  textsOf,
  wrongConfiguration,
  wrongFinding,
  wrongIni,
  wrongJson,
  wrongMarkup,
  wrongNames,
  wrongShell,
  wrongStyles,
  wrongXml,
} from './harness/judges.ts'
import { readKnownNames } from './harness/known-names.ts'

/** Written by scripts from the sources; the tests of those scripts answer for them. */
const generated = ['docs/api/methods.md', 'docs/api/events.md', 'docs/api/types.md', 'docs/errors.md']

/** Where figures of runs and formulas stand: text that is no code. */
const plainText = ['docs/performance.md', 'docs/call-quality.md']

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'gateway/README.md', ...filesBelow('docs', '.md')]
  .filter((file) => !generated.includes(file))
  .map(readPage)
const judged = pages.flatMap(({ blocks }) => blocks).filter(({ unjudged }) => unjudged === null)

const known = readKnownNames()
const project = new Consumer()
let variables: ReadonlySet<string> = new Set()

/** What is wrong with a block; the types of its scripts apart. */
function faultsOf({ name, language, text, runBy }: CodeBlock): readonly string[] {
  if (runBy !== null) return wrongFinding(text, path.join(root, 'docs', runBy))
  switch (language) {
    case 'html':
      return [
        ...wrongMarkup(text, known),
        ...scriptsOf(text).flatMap((script) => wrongNames(textsOf(script.text), known)),
      ]
    case 'js':
    case 'ts':
    case 'tsx':
      return wrongNames(textsOf(text), known)
    case 'css':
      return wrongStyles(text, known)
    case 'json':
      return wrongJson(text)
    case 'ini':
      return wrongIni(text)
    case 'xml':
      return wrongXml(text)
    case 'sh':
      return wrongShell(text, variables)
    case 'text':
      return plainText.some((page) => name.startsWith(`${page},`)) ? [] : ['only figures and formulas are plain text']
    case '':
      return ['a block says its language']
    default:
      return wrongConfiguration(text)
  }
}

/** What the scripts of the documentation find in their page: its phone, and functions that its author has to write. */
const given = `import type { Phone as Engine } from 'att-phone/engine'
declare global {
  const phone: Engine
  function askMyServer(): Promise<string>
}
`

/** The modules of a block, as a compiler takes them: scripts know the tags of their markup by their ids. */
function modulesOf({ language, text, runBy }: CodeBlock): readonly { readonly text: string; readonly jsx: boolean }[] {
  if (runBy !== null) return []
  if (['js', 'ts', 'tsx'].includes(language)) return [{ text: `${text}\nexport {}\n`, jsx: language === 'tsx' }]
  if (language !== 'html') return []
  const scripts = scriptsOf(text).map((script) => {
    const found = [...script.ids].map(([id, tag]) => `getElementById(id: '${id}'): HTMLElementTagNameMap['${tag}']`)
    const document = `declare const document: { ${found.join('; ')} } & Document`
    return { text: `import 'att-phone'\n${document}\n${script.text}\nexport {}\n`, jsx: false }
  })
  return [...scripts, { text: asJsx(text, known), jsx: true }]
}

/** Compiles the scripts of all blocks in one go, against the packed package; gives what is wrong, by block. */
async function wrongTypes(blocks: readonly CodeBlock[], folder: string): Promise<readonly string[]> {
  const names = new Map<string, string>()
  blocks.forEach((block, at) => {
    modulesOf(block).forEach(({ text, jsx }, part) => {
      const name = `block-${at}-${part}.${jsx ? 'tsx' : 'ts'}`
      project.write(`${folder}/${name}`, text)
      names.set(name, block.name)
    })
  })
  project.write(`${folder}/given.ts`, given)
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    jsx: 'react-jsx',
    // What is imported for its effect has to be there as well.
    noUncheckedSideEffectImports: true,
    // Of the declarations of React its makers answer; those of the package are compiled in `package.node.test.ts`.
    skipLibCheck: true,
    // The files for script tags export what the package does.
    paths: Object.fromEntries(
      [...known.scripts].map((file) => [`/cdn/${file}`, ['../node_modules/att-phone/dist/elements/index.d.ts']]),
    ),
  }
  const config = project.write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ['*'] }))
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
  const report = await project.node(compiler, '-p', config).then(
    () => '',
    (error: unknown) => (error as Error).message,
  )
  if (report !== '') assert.match(report, /error TS/, 'The compiler ran')
  return report
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => line.replace(/^.*?(block-\d+-\d+\.tsx?|given\.ts)/, (_all, name: string) => names.get(name) ?? name))
}

const faults = (blocks: readonly CodeBlock[]): readonly string[] =>
  blocks.flatMap((block) => faultsOf(block).map((fault) => `${block.name}: ${fault}`))

before(async () => {
  const { file } = await pack(project.folder)
  const gateway = await pack(project.folder, 'gateway')
  await project.install(file, gateway.file)
  const modules = path.join(await tools('frameworks'), 'node_modules')
  for (const name of ['react', 'csstype', '@types/react'])
    symlinkSync(path.join(modules, name), path.join(project.folder, 'node_modules', name), 'junction')
  const help = await project.run('npx', ['--no-install', 'att-phone-gateway', '--help'])
  variables = new Set([...help.matchAll(/^ {2}([A-Z_]+)/gm)].map(([, name]) => name ?? ''))
})
after(() => project.remove())

describe('a block of the documentation', () => {
  for (const { file, blocks } of pages.filter(({ blocks: { length } }) => length > 0)) {
    it(`is right: ${file}`, () => {
      assert.deepEqual(faults(blocks.filter(({ unjudged }) => unjudged === null)), [])
    })
  }

  it('compiles against the packed package where it is a script', async () => {
    assert.deepEqual(await wrongTypes(judged, 'documentation'), [])
  })

  it('is judged but for a few, each with a reason', () => {
    const unjudged = pages.flatMap(({ blocks }) => blocks).filter((block) => block.unjudged !== null)
    assert.deepEqual(
      unjudged.map(({ name, unjudged: reason }) => `${name}: ${reason}`).sort(),
      [
        ...[2, 3, 4, 5, 6, 8].map(
          (block) =>
            `docs/gateway-behind-a-proxy.md, block ${block}: test/interop/proxies.interop.ts starts the proxy with it`,
        ),
        'docs/gateway-behind-a-proxy.md, block 7: test/interop/proxies.interop.ts runs it',
        'docs/sip.md, block 5: a drawing',
        'docs/token-routes.md, block 1: test/package/token-routes.node.test.ts runs it',
        'docs/token-routes.md, block 2: test/package/token-routes.node.test.ts runs it',
        'docs/token-routes.md, block 3: test/package/token-routes.node.test.ts runs it where there is PHP',
        'docs/token-routes.md, block 4: test/package/token-routes.node.test.ts runs it where there are Flask and PyJWT',
      ].sort(),
    )
  })
})

describe('a name of the family in a line of the documentation', () => {
  for (const { file, spans } of pages) {
    it(`is one that there is: ${file}`, () => {
      const markup = spans.filter((span) => /^<(?:att-|script |link )[^…]*>$/.test(span))
      // What a line begins need not be closed in it.
      const wrong = markup
        .flatMap((span) => wrongMarkup(span, known))
        .filter((fault) => !fault.endsWith(' is not closed'))
      assert.deepEqual([...wrong, ...wrongNames(spans, known)], [])
    })
  }

  it('can be imported where it is a path of the package', async () => {
    const paths = pages.flatMap(({ spans }) => spans.flatMap((span) => span.match(/\batt-phone\/[\w./-]+/g) ?? []))
    const imports = [...new Set(paths)].map((name) => `import type {} from '${name}'`).join('\n')
    const block = parsePage('paths', `\`\`\`ts\n${imports}\n\`\`\``).blocks
    assert.deepEqual(await wrongTypes(block, 'paths'), [])
  })
})

describe('a link of the documentation', () => {
  for (const { file, links } of pages) {
    it(`leads somewhere: ${file}`, () => {
      const dead = links
        .filter((link) => !/^(?:https?|mailto):/.test(link))
        .filter((link) => {
          const [target = '', anchor] = link.split('#')
          const place = target === '' ? file : path.join(path.dirname(file), target)
          if (!existsSync(path.join(root, place))) return true
          return anchor !== undefined && place.endsWith('.md') && !readPage(place).anchors.has(anchor)
        })
      assert.deepEqual(dead, [])
    })
  }
})

/** Blocks that are wrong, and a word of the fault that is found in each. */
const wrong: readonly (readonly [string, string, RegExp])[] = [
  ['html', '<att-fone></att-fone>', /<att-fone> is no tag/],
  ['html', '<att-phone serveur="wss://pbx.example"></att-phone>', /no attribute serveur/],
  ['html', '<att-phone onatt-call-connectd="x()"></att-phone>', /is no event/],
  ['html', '<att-phone><att-dialpad></att-phone>', /<att-dialpad> is not closed/],
  ['html', '<att-phone><p slot="control">x</p></att-phone><att-dialpad slot="control"></att-dialpad>', /slot control/],
  ['html', '<script type="module" src="/cdn/att-phon.js"></script>', /no att-phon\.js/],
  ['html', '<script src="/cdn/att-phone.js"></script>', /a module/],
  ['html', '<script>document.addEventListener("att-call-conected", console.log)</script>', /att-call-conected/],
  ['js', "document.querySelector('att-phoen')", /att-phoen/],
  ['css', 'att-phone { --att-colour: red }', /--att-colour/],
  ['css', 'att-phone::part(handset) { color: red }', /handset/],
  ['css', 'att-phone { color: red', /Unclosed/],
  ['json', '{ "a": 1, }', /JSON/],
  ['ini', '[general]\nenabled', /neither/],
  ['xml', '<param name="a" value="b">', /closing tag/],
  ['sh', 'npm run biuld', /no script biuld/],
  ['sh', 'npm instal att-phone', /npm instal/],
  ['sh', 'npm install att-fone', /att-fone/],
  ['sh', 'npx wtr --files src/media/captur.test.ts', /no src\/media\/captur/],
  ['sh', 'DEV_TOKEN=1 npx att-phone-gateway', /DEV_TOKEN/],
  ['sh', 'npx att-phone-gatway', /att-phone-gatway/],
  ['nginx', 'proxy_pass http://never.written.anywhere;', /no configuration/],
  ['text', 'echo', /plain text/],
  ['', 'echo', /language/],
]

/** Scripts that do not compile, and the reason. */
const wrongScripts: readonly (readonly [string, string, RegExp])[] = [
  ['js', "import 'att-phone/define/att-fone.js'", /att-fone/],
  ['js', "import { Fone } from 'att-phone/engine'", /Fone/],
  ['js', "import { registerLocal } from '/cdn/att-phone.js'", /registerLocal/],
  ['js', "import { registerLocale } from '/cdn/att-phon.js'", /att-phon\.js/],
  ['js', "await phone.dail({ destination: 'echo' })", /dail/],
  ['js', "await phone.dial({ destination: 'echo', mediaType: 'vido' })", /vido/],
  ['js', "phone.on('call:conected', () => {})", /call:conected/],
  [
    'html',
    '<att-phone id="a"></att-phone><script>document.getElementById("a").credential = async () => ({})</script>',
    /credential/,
  ],
  ['html', '<att-phone id="a"></att-phone><script>document.getElementById("b").credentials = null</script>', /null/],
  ['html', '<att-phone media-type="vido"></att-phone>', /vido/],
  ['tsx', 'import type {} from \'att-phone/react\'\nexport const a = <att-phone serveur="x" />', /serveur/],
]

describe('the judges of the documentation', () => {
  const blocksOf = (seeds: typeof wrong): readonly CodeBlock[] =>
    seeds.flatMap(([language, text]) => parsePage(text, `\`\`\`${language}\n${text}\n\`\`\``).blocks)

  for (const [language, text, fault] of wrong) {
    it(`find the fault in ${text.split('\n')[0]}`, () => {
      assert.match(faults(blocksOf([[language, text, fault]])).join('\n'), fault)
    })
  }

  it('find what does not compile, each of it', async () => {
    const found = await wrongTypes(blocksOf(wrongScripts), 'wrong')
    for (const [, text, fault] of wrongScripts) {
      const own = found.filter((line) => line.startsWith(text.split('\n')[0] ?? ''))
      assert.match(own.join('\n'), fault, text)
    }
  })

  it('find a block that the script it names does not run', () => {
    const script = '../findings/custom-elements-in-sanitizers-and-editors.sh'
    const block = (text: string, name = script): readonly CodeBlock[] =>
      parsePage(text, `<!-- run by ${name} -->\n\n\`\`\`js\n${text}\n\`\`\``).blocks
    const right = "custom_elements: 'att-phone,~att-call-button'"
    assert.deepEqual(faults(block(right)), [])
    assert.match(faults(block(right.replace('~', ''))).join(), /runs other lines/)
    assert.match(faults(block(right, '../findings/none.sh')).join(), /there is no/)
  })

  it('take no reason but one right above the block', () => {
    const [near, far] = parsePage(
      'page',
      '<!-- not judged: why -->\n\n```js\na\n```\n\n<!-- not judged: why -->\n\ntext\n\n```js\nb\n```\n',
    ).blocks
    assert.deepEqual([near?.unjudged, far?.unjudged], ['why', null])
  })
})

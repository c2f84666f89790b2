import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseFragment, type Element, type Node, type TextNode } from 'parse5'
import postcss, { CssSyntaxError } from 'postcss'
import ts from 'typescript'
import { filesBelow, root } from '../../../scripts/project.ts'
import type { KnownNames } from './known-names.ts'

/*
 * What is wrong with a block of code, by its language: each judge gives the faults in words, none for a block that is
 * right. Types of scripts are judged elsewhere, by a compiler that sees the packed package.
 */

const isElement = (node: Node): node is Element => 'tagName' in node

/** All elements of a markup, in their order. */
function elementsOf(markup: string): readonly Element[] {
  const found: Element[] = []
  const visit = (node: Node): void => {
    if (isElement(node)) found.push(node)
    for (const child of 'childNodes' in node ? node.childNodes : []) visit(child)
  }
  visit(parseFragment(markup))
  return found
}

const valueOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value

/** The file that an address names, at any folder or host. */
const fileOf = (address: string): string => path.posix.basename(new URL(address, 'https://page.example/').pathname)

const everywhere = new Set(['id', 'class', 'slot', 'lang', 'dir', 'hidden', 'style', 'part', 'title', 'for'])

function wrongTag(element: Element, known: KnownNames): readonly string[] {
  const { tagName } = element
  if (!tagName.startsWith('att-')) return tagName.includes('-') ? [`<${tagName}> is no tag`] : []
  const attributes = known.tags.get(tagName)
  if (!attributes) return [`<${tagName}> is no tag`]
  return element.attrs.flatMap(({ name, value }) => {
    if (name === 'slot' && !known.slots.has(value)) return [`no tag has a slot ${value}`]
    if (name.startsWith('onatt-')) return known.events.has(name.slice(2)) ? [] : [`${name} is no event`]
    const isKnown = attributes.has(name) || (everywhere.has(name) && (name !== 'for' || attributes.has('for')))
    return isKnown || /^(?:data|aria)-/.test(name) ? [] : [`<${tagName}> has no attribute ${name}`]
  })
}

function wrongAddress(element: Element, known: KnownNames): readonly string[] {
  const address =
    element.tagName === 'script' ? valueOf(element, 'src') : element.tagName === 'link' && valueOf(element, 'href')
  if (!address) return []
  const name = fileOf(address)
  if (!known.scripts.has(name)) return [`dist/cdn has no ${name}`]
  const isClassic = name === 'att.js'
  const isModule = valueOf(element, 'type') === 'module'
  return element.tagName === 'script' && isModule === isClassic
    ? [`${address} is ${isClassic ? 'no' : 'a'} module`]
    : []
}

/** Faults of a markup: tags, attributes, slots and events, and addresses that are not there; tags left open. */
export function wrongMarkup(markup: string, known: KnownNames): readonly string[] {
  const unclosed = [...known.tags.keys()].filter(
    (tag) => [...markup.matchAll(new RegExp(`<${tag}[\\s>]`, 'g'))].length !== markup.split(`</${tag}>`).length - 1,
  )
  return [
    ...elementsOf(markup).flatMap((element) => [...wrongTag(element, known), ...wrongAddress(element, known)]),
    ...unclosed.map((tag) => `<${tag}> is not closed`),
  ]
}

/** The tags of a markup as JSX, whose types know what an attribute may be. */
export function asJsx(markup: string, known: KnownNames): string {
  const tags = elementsOf(markup).flatMap(({ tagName, attrs }) => {
    const attributes = known.tags.get(tagName)
    const own = attrs.filter(({ name }) => attributes?.has(name))
    const written = own.map(({ name, value }) => (value === '' ? name : `${name}={${JSON.stringify(value)}}`))
    return attributes ? [`<${[tagName, ...written].join(' ')} />`] : []
  })
  return `import type {} from 'att-phone/react'\nexport const page = <>${tags.join('')}</>\n`
}

/** A script of a markup, and the tags that it finds there by their ids. */
export interface Script {
  readonly text: string
  readonly ids: ReadonlyMap<string, string>
}

export function scriptsOf(markup: string): readonly Script[] {
  const elements = elementsOf(markup)
  const ids = new Map(elements.flatMap((element) => [[valueOf(element, 'id') ?? '', element.tagName] as const]))
  ids.delete('')
  return elements
    .filter(({ tagName }) => tagName === 'script')
    .map((script) => ({
      text: script.childNodes.map((node) => (node as TextNode).value).join(''),
      ids,
    }))
    .filter(({ text }) => text.trim() !== '')
}

/** Names of the family that stand alone: of tags, events and files. */
export function wrongNames(names: Iterable<string>, known: KnownNames): readonly string[] {
  return [...names].filter(
    (name) => /^att-[a-z\d-]+$/.test(name) && !known.tags.has(name) && !known.events.has(name) && !isPackage(name),
  )
}

const isPackage = (name: string): boolean => ['att-phone', 'att-phone-gateway'].includes(name)

/** Texts of a script: where it names tags and events. */
export function textsOf(script: string): readonly string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('block.tsx', script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return texts
}

/** Faults of a style sheet: what does not parse, and properties, tags and parts that are not there. */
export function wrongStyles(styles: string, known: KnownNames): readonly string[] {
  const faults: string[] = []
  try {
    const sheet = postcss.parse(styles)
    sheet.walkDecls(({ prop }) => {
      if (prop.startsWith('--att-') && !known.properties.has(prop)) faults.push(`no tag has a property ${prop}`)
    })
    sheet.walkRules(({ selector }) => {
      for (const [tag] of selector.matchAll(/\batt-[a-z-]+/g)) if (!known.tags.has(tag)) faults.push(`${tag} is no tag`)
      for (const [, parts = ''] of selector.matchAll(/::part\(([^)]*)\)/g))
        for (const part of parts.split(' ')) if (!known.parts.has(part)) faults.push(`no tag has a part ${part}`)
    })
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error
    faults.push(error.message)
  }
  return faults
}

export function wrongJson(text: string): readonly string[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

/** Lines of an `.ini` that are neither a section, nor a setting, nor a comment. */
export function wrongIni(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(?:[;#].*|\[[\w.-]+\](?:\(.*\))?|[\w.-]+\s*=>?\s*\S.*)?$/.test(line))
    .map((line) => `${line} is neither a section nor a setting`)
}

/** Faults of elements without text, which XML and JSX write alike. */
export function wrongXml(text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(`export default <>${text}</>`, {
    fileName: 'block.tsx',
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.Preserve },
  })
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const asLine = (line: string): string => line.trim().replace(/\s+/g, ' ')

/** A block of a server's configuration has to stand, line for line, in a file that tests run that server with. */
export function wrongConfiguration(text: string): readonly string[] {
  const wanted = text.split('\n').map(asLine).filter(Boolean).join('\n')
  const configurations = ['test/interop', 'test/e2e', 'gateway/test'].flatMap((folder) => filesBelow(folder, ''))
  const isThere = configurations.some((file) =>
    readFileSync(path.join(root, file), 'utf8').split('\n').map(asLine).filter(Boolean).join('\n').includes(wanted),
  )
  return isThere ? [] : ['no configuration that a test runs has these lines']
}

const withoutLayout = (code: string): string => code.replace(/\s/g, '').replace(/,(?=[\])}])/g, '')

/** A block that a script of `findings/` runs has to stand in it; findings run without our tags, with `x-` for `att-`. */
export function wrongFinding(text: string, script: string): readonly string[] {
  if (!existsSync(script)) return [`there is no ${script}`]
  const lines = withoutLayout(text.replaceAll('att-', 'x-'))
  return withoutLayout(readFileSync(script, 'utf8')).includes(lines) ? [] : [`${script} runs other lines`]
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as Manifest

function wrongNpm(words: readonly string[], known: readonly string[]): readonly string[] {
  const [command = '', name = ''] = words
  const { scripts } = manifestOf('.')
  switch (command) {
    case 'ci':
    case 'publish':
      return []
    case 'install':
      return words
        .slice(1)
        .flatMap((word) => (word.startsWith('-') || known.includes(word) ? [] : [`${word} is ours?`]))
    case 'run':
      return name in scripts ? [] : [`there is no script ${name}`]
    default:
      return command in scripts && ['start', 'test'].includes(command) ? [] : [`npm ${command} is nothing we have`]
  }
}

function wrongNpx(words: readonly string[], assigned: readonly string[], variables: ReadonlySet<string>) {
  const [program = ''] = words
  if (program === 'att-phone-gateway') {
    return assigned.filter((name) => !variables.has(name)).map((name) => `the gateway knows no ${name}`)
  }
  // A program of another package says which version of it was tried.
  const isOurs = existsSync(path.join(root, 'node_modules/.bin', program))
  return isOurs || /^[\w/@-]+@\d/.test(program) ? [] : [`npx ${program} is nothing we have`]
}

/** Packages that a newcomer installs: ours, and those the documentation is about. */
const packages = ['att-phone', 'att-phone-gateway']

/** Programs of other makers, whose arguments are theirs. */
const foreign = new Set(['kamailio', 'nginx', 'certbot', 'curl'])

/** Faults of one command: a program, a script, a file or a variable that is not there. */
function wrongCommand(command: string, variables: ReadonlySet<string>): readonly string[] {
  const words = command.split(/\s+/).filter(Boolean)
  const assigned: string[] = []
  while (words[0] && /^[A-Z_]+=/.test(words[0])) assigned.push((words.shift() ?? '').split('=')[0] ?? '')
  const [program = '', ...rest] = words
  const files = rest.flatMap((word) => /^(?:src|elements|scripts|test|docs|bench|findings)\/\S+$/.exec(word) ?? [])
  const missing = files.filter((file) => !existsSync(path.join(root, file))).map((file) => `there is no ${file}`)
  if (program === 'npm') return [...missing, ...wrongNpm(rest, packages)]
  if (program === 'npx') return [...missing, ...wrongNpx(rest, assigned, variables)]
  const isKnown = foreign.has(program) || ['cd', 'cp', 'git', 'node', 'bash'].includes(program)
  return isKnown ? missing : [...missing, `${program} is no program that the documentation uses`]
}

/** Faults of lines for a shell. @param variables what the environment of the gateway may hold. */
export function wrongShell(text: string, variables: ReadonlySet<string>): readonly string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''))
    .flatMap((line) => line.split('&&'))
    .filter((command) => command.trim() !== '')
    .flatMap((command) => wrongCommand(command, variables))
}

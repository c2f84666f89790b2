import path from 'node:path'

/**
 * One room of the house: which of the project's folders and which packages its files may import. Paths are relative to
 * the project's root; one that ends in `.ts` names a single file. The first room whose `at` fits a file is its room.
 *
 * @typedef {object} Floor
 * @property {string} at
 * @property {readonly string[]} imports
 * @property {readonly string[]} packages
 */

/** @type {readonly Floor[]} */
export const floors = [
  { at: 'src/base', imports: ['src/base'], packages: [] },
  { at: 'src/place', imports: ['src/place', 'src/base'], packages: [] },
  { at: 'src/exchange', imports: ['src/exchange', 'src/base'], packages: [] },
  { at: 'src/media', imports: ['src/media', 'src/base'], packages: [] },
  {
    at: 'src/signaling',
    imports: ['src/signaling', 'src/exchange', 'src/media', 'src/place', 'src/base'],
    packages: ['jssip'],
  },
  {
    at: 'src/phone',
    imports: [
      'src/phone',
      'src/signaling/signaling.ts',
      'src/signaling/registry.ts',
      'src/media',
      'src/place',
      'src/base',
      'src/base/version.ts',
    ],
    packages: ['libphonenumber-js'],
  },
  { at: 'src/att', imports: ['src/att', 'src/phone', 'src/base', 'src/index.ts'], packages: [] },
  { at: 'src', imports: ['src'], packages: [] },
  {
    at: 'elements/cdn',
    imports: ['elements', 'src/index.ts', 'src/att'],
    packages: ['lit', '@lit/context'],
  },
  {
    at: 'elements',
    imports: ['elements', 'src/index.ts', 'src/phone', 'src/base'],
    packages: ['lit', '@lit/context'],
  },
  { at: 'gateway', imports: ['gateway', 'src/exchange', 'src/base'], packages: ['*'] },
]

/** What a test of a floor may use beside what its floor may: all that stands at or below it, and any package. */
const testImports = [
  { at: 'src', imports: ['src'] },
  { at: 'elements', imports: ['elements', 'src'] },
  { at: 'gateway', imports: ['gateway', 'src'] },
]

/** @param {string} file */
const isTest = (file) => /(\.test|\.suite|\.fixture)\.ts$/.test(file) || /(^|\/)testing\//.test(file)

/** @param {string} file @param {string} place */
const inside = (file, place) => file === place || file.startsWith(`${place}/`)

/** @param {string} specifier */
const packageOf = (specifier) =>
  specifier.startsWith('node:')
    ? 'node:'
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')

/**
 * What is wrong with `file` importing `specifier`, or `null`.
 *
 * @param {string} file path of the importing file from the project's root, with `/`
 * @param {string} specifier as it is written
 * @returns {string | null}
 */
export function trespass(file, specifier) {
  const floor = floors.find(({ at }) => inside(file, at))
  if (!floor) return null
  const test = isTest(file) ? testImports.find(({ at }) => inside(file, at)) : undefined
  if (!specifier.startsWith('.')) {
    const wanted = packageOf(specifier)
    const allowed = test
      ? wanted !== 'att-phone-gateway'
      : floor.packages.includes('*') || floor.packages.includes(wanted)
    return allowed ? null : `${floor.at} does not use the package ${wanted}`
  }
  const target = path.posix.join(path.posix.dirname(file), specifier)
  if ((test ?? floor).imports.some((place) => inside(target, place))) return null
  return `${floor.at} knows nothing of ${target}`
}

/**
 * The floors of the house: each folder imports what stands below it and nothing above. Static and dynamic imports,
 * re-exports and types are all held to it.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const floorsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { trespass: '{{ what }}. See the floors in scripts/lint/floors.mjs and CONTRIBUTING.md.' },
  },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/')
    /** @param {unknown} source the literal behind `from` or inside `import()` @param {import('eslint').Rule.Node} node */
    const check = (source, node) => {
      const specifier = /** @type {{ value?: unknown } | null | undefined} */ (source)?.value
      if (typeof specifier !== 'string') return
      const what = trespass(file, specifier)
      if (what) context.report({ node, messageId: 'trespass', data: { what } })
    }
    return {
      ImportDeclaration: (node) => check(node.source, node),
      ExportNamedDeclaration: (node) => check(node.source, node),
      ExportAllDeclaration: (node) => check(node.source, node),
      ImportExpression: (node) => check(node.source, node),
      /** @param {any} node a type written as `import('./file.ts').Name` */
      TSImportType: (node) => check(node.source ?? node.argument?.literal, node),
    }
  },
}

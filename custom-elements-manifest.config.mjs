/** Where the package has what the source at `path` becomes. @param {string} path */
const published = (path) => path.replace(/^\/?(elements|src)\/(.*)\.ts$/, 'dist/$1/$2.js')

/** @param {unknown} node @param {(holder: Record<string, unknown>) => void} visit */
function walk(node, visit) {
  if (Array.isArray(node)) node.forEach((inner) => walk(inner, visit))
  else if (node && typeof node === 'object') {
    visit(/** @type {Record<string, unknown>} */ (node))
    Object.values(node).forEach((inner) => walk(inner, visit))
  }
}

/** Someone who installs the package has no sources: every path in the manifest is one of the package. */
const publishedPaths = {
  name: 'att-published-paths',
  packageLinkPhase({ customElementsManifest }) {
    walk(customElementsManifest, (holder) => {
      for (const key of ['path', 'module']) {
        if (typeof holder[key] === 'string') holder[key] = published(holder[key])
      }
    })
  },
}

/**
 * The analyzer adds an event without a name, or with the name of a variable, for each `dispatchEvent` of an event class
 * (https://github.com/open-wc/custom-elements-manifest/issues/149), and lists what only the class itself may touch. The
 * documentation of a class declares its events by `@fires`, so neither says anything.
 */
const publicMembersOnly = {
  name: 'att-public-members-only',
  packageLinkPhase({ customElementsManifest }) {
    walk(customElementsManifest, (holder) => {
      if (Array.isArray(holder.events)) holder.events = holder.events.filter(({ name }) => name?.startsWith('att-'))
      if (Array.isArray(holder.members)) {
        holder.members = holder.members.filter(({ name, privacy, static: ofClass }) => {
          return privacy !== 'private' && privacy !== 'protected' && !ofClass && !name.startsWith('#')
        })
      }
    })
  },
}

/** What a tag is made of is told in its own entry; modules that declare and define no tag are left out. */
const tagsOnly = {
  name: 'att-tags-only',
  packageLinkPhase({ customElementsManifest }) {
    customElementsManifest.modules = customElementsManifest.modules
      .filter(
        ({ declarations = [], exports = [] }) =>
          declarations.some(({ customElement }) => customElement) ||
          exports.some(({ kind }) => kind === 'custom-element-definition'),
      )
      // The order of a folder differs from machine to machine.
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  },
}

export default {
  globs: ['elements/**/*.ts'],
  exclude: ['**/*.test.ts', '**/*.suite.ts', '**/*.fixture.ts', 'elements/testing/**', 'elements/cdn/**'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicMembersOnly, tagsOnly, publishedPaths],
}

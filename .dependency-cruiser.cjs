/*
 * No circles of imports, beside the floors that eslint holds (scripts/lint/floors.mjs).
 * docs/decisions/circles-of-imports.md says why some folders may still have circles of types.
 */

/** Folders whose files may name each other's types. The list may only get shorter. */
const stillTied = '^(src/phone|src/exchange|src/att|elements/att-phone)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle-at-run-time',
      comment: 'These files import each other, by import() included. Move what both need to a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-circle-of-types',
      comment: 'These files name each other, types included. Move what both need to a file of its own.',
      severity: 'error',
      from: { pathNot: stillTied },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(\.test|\.suite|\.fixture)\.ts$|/testing/|(^|/)dist/` },
    tsPreCompilationDeps: true,
  },
}

import lit from 'eslint-plugin-lit'
import litA11y from 'eslint-plugin-lit-a11y'
import wc from 'eslint-plugin-wc'
import tseslint from 'typescript-eslint'
import { explainedDisableRule } from './scripts/lint/explained-disable.mjs'
import { floorsRule } from './scripts/lint/floors.mjs'

const house = { rules: { floors: floorsRule, 'explained-disable': explainedDisableRule } }

const tests = ['**/*.test.ts', '**/*.suite.ts', '**/*.fixture.ts', '**/testing/**/*.ts', 'test/**/*.ts']

/** @param {number} max */
const maxLines = (max) => ({ 'max-lines': ['error', { max }] })

export default tseslint.config(
  // What `types/` declares is of frameworks that only the tests of the package install, and compile it with.
  { ignores: ['**/dist/**', '**/node_modules/**', 'screenshots/**', 'demo/**/vendor/**', 'types/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    plugins: { house },
    rules: {
      'house/explained-disable': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      ...maxLines(500),
    },
  },
  // Pages as they were written when the original SDK was new.
  { files: ['demo/legacy/**/*.js'], rules: { 'no-var': 'off', 'prefer-const': 'off' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'tsconfig.node.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'house/floors': 'error',
      'max-lines-per-function': ['error', 60],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `() => this.off(name)` reads better than its braces, and a listener's result is thrown away anyway.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Without `await`, `async` still has a use: what the body throws becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      // The compiler does not see that a signal aborts or a state changes during an `await`, nor that a browser lacks
      // what its types promise: what looks needless to it is often the check that matters.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // It asks for `!`, which no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // An event without a payload is `Record<never, never>`.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // An empty string is no name and no message: `||` is meant there.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A promise that must not surface says so by an empty catch: `() => {}`.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      // A signal's reason is what its owner chose to abort with, and is passed on as it is.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'elements/**/*.ts'],
    rules: { 'no-console': 'error', 'no-restricted-globals': ['error', 'alert', 'confirm', 'prompt', 'event', 'name'] },
  },
  { files: ['src/**/*.ts', 'gateway/**/*.ts'], ignores: tests, rules: maxLines(600) },
  // A locale is a list of texts: it is as long as there is something to say.
  { files: ['elements/**/*.ts'], ignores: [...tests, 'elements/locales/*.ts'], rules: maxLines(600) },
  {
    files: ['elements/**/*.ts'],
    extends: [wc.configs['flat/best-practice'], lit.configs['flat/recommended'], litA11y.configs.recommended],
    rules: {
      'lit/no-template-map': 'off',
      'lit/no-value-attribute': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/no-private-properties': 'error',
      'lit/no-native-attributes': 'off',
      'lit/no-this-assign-in-render': 'error',
      'lit/quoted-expressions': ['error', 'never'],
    },
  },
  {
    files: tests,
    rules: {
      // A group of tests is one function; its length says nothing.
      'max-lines-per-function': 'off',
      // Chai asserts by properties: `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Comparing is done when chai returns; its plugin for documents types it as a promise.
    files: ['src/**/*.test.ts', 'elements/**/*.test.ts', '**/*.suite.ts', '**/testing/**/*.ts'],
    ignores: ['**/*.node.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['Equal'] }],
    },
  },
  {
    // node:test's `test` and `describe` return promises that the runner itself awaits.
    files: ['**/*.node.test.ts', 'test/**/*.ts', 'gateway/**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite', 'before', 'after'] },
          ],
        },
      ],
    },
  },
)

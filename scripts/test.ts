import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from './build.ts'
import { filesBelow, run } from './project.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
import { requireBrowsers } from './require-browsers.ts'

/*
 * npm test                        every step, in order, also after one that failed: one run tells all there is to mend
 * npm test -- node browser        these steps
 * npm run test:e2e -- smoke       the end-to-end tests whose path contains `smoke`
 *
 * The last line says how many tests passed and failed; a step that fails without a test failing counts as one.
 */

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A step resolves to its exit code; one that runs tests writes its counts to `countsFile`. */
type Step = (countsFile: string) => Promise<number>

const steps = new Map<string, Step>()
const wanted: string[] = []
const filters: string[] = []

const chosen = (files: readonly string[]): readonly string[] =>
  filters.length === 0 ? files : files.filter((file) => filters.some((part) => file.includes(part)))

async function runInOrder(...programs: readonly (readonly [string, ...string[]])[]): Promise<number> {
  for (const [command, ...args] of programs) {
    const code = await run(command, args)
    if (code !== 0) return code
  }
  return 0
}

/** @param concurrency how many test files run at a time; `undefined` leaves it to node. */
function nodeTests(
  files: readonly string[],
  countsFile: string,
  timeout: number,
  concurrency?: number,
): Promise<number> {
  if (files.length === 0) {
    console.error(`No test file${filters.length > 0 ? ` matches ${filters.join(' ')}` : ''}`)
    return Promise.resolve(1)
  }
  return run(process.execPath, [
    '--import=tsx',
    '--test',
    `--test-timeout=${timeout}`,
    ...(concurrency === undefined ? [] : [`--test-concurrency=${concurrency}`]),
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/counts-of-node.mjs',
    `--test-reporter-destination=${countsFile}`,
    ...files,
  ])
}

const inPackageTests = (file: string): boolean => file.startsWith(path.join('test', 'package'))

steps.set('lint', () => run('npx', ['eslint', '.', '--max-warnings', '0']))
steps.set('format', () => run('npx', ['prettier', '--check', '--log-level', 'warn', '.']))
steps.set('types', () =>
  runInOrder(
    ['npx', 'tsc', '-p', 'tsconfig.json'],
    ['npx', 'tsc', '-p', 'tsconfig.pure.json'],
    ['npx', 'tsc', '-p', 'tsconfig.node.json'],
  ),
)
steps.set('manifest', () => run(process.execPath, ['--import=tsx', 'scripts/manifest.ts']))
steps.set('build', () => run(process.execPath, ['--import=tsx', 'scripts/build.ts']))
steps.set('size', () => run('npx', ['size-limit']))
steps.set('package', async (countsFile) => {
  const code = await run('npx', ['publint', '--strict'])
  return code === 0 ? nodeTests(filesBelow('test/package', '.node.test.ts'), countsFile, 120_000) : code
})
steps.set('node', (countsFile) => {
  const files = ['src', 'elements', 'gateway', 'test', 'bench', 'scripts'].flatMap((f) =>
    filesBelow(f, '.node.test.ts'),
  )
  return nodeTests(chosen(files.filter((file) => !inPackageTests(file))), countsFile, 60_000)
})
steps.set('browser', async (countsFile) => {
  await requireBrowsers()
  const inBrowsers = ['src', 'elements'].flatMap((folder) => filesBelow(folder, '.test.ts'))
  const files = chosen(inBrowsers.filter((file) => !file.endsWith('.node.test.ts')))
  return run('npx', ['wtr', '--files', ...files, '--static-logging'], { TEST_COUNTS_FILE: countsFile })
})
steps.set('e2e', async (countsFile) => {
  await requireBrowsers()
  await build(['gateway', 'cdn'])
  return nodeTests(chosen(filesBelow('test/e2e', '.e2e.ts')), countsFile, 180_000, 1)
})
steps.set('interop', async (countsFile) => {
  await requireBrowsers()
  // Before any test's time begins to run.
  requirePrograms()
  await build(['gateway', 'cdn'])
  return nodeTests(chosen(filesBelow('test/interop', '.interop.ts')), countsFile, 900_000, 1)
})

/** Interoperability wants servers that a fresh machine does not have: it runs when it is named, or INTEROP is set. */
const usual = [...steps.keys()].filter((name) => name !== 'interop' || process.env['INTEROP'] === '1')

for (const argument of process.argv.slice(2)) (steps.has(argument) ? wanted : filters).push(argument)

function countsIn(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

async function perform(step: Step, countsFile: string): Promise<Counts> {
  let code = 1
  try {
    code = await step(countsFile)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  const counts = countsIn(countsFile)
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

const folder = mkdtempSync(path.join(tmpdir(), 'att-phone-test-'))
let passed = 0
let failed = 0
let skipped = 0
try {
  for (const name of wanted.length > 0 ? wanted : usual) {
    const step = steps.get(name)
    if (!step) continue
    console.log(`\n── ${name}`)
    const began = performance.now()
    const counts = await perform(step, path.join(folder, `${name}.json`))
    passed += counts.passed
    failed += counts.failed
    skipped += counts.skipped
    console.log(
      `── ${name}: ${counts.failed > 0 ? 'failed' : 'ok'}, ${((performance.now() - began) / 1000).toFixed(1)} s`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed > 0 ? 1 : 0
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failed} failed`)

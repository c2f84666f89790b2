import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from './build.ts'
import { filesBelow, run, type RunOptions } from './project.ts'
import { freePort } from '../test/e2e/harness/free-port.ts'
import { requirePrograms } from '../test/interop/harness/requirements.ts'
import { installedBrowsers } from './browsers.mjs'
import { requireBrowsers } from './require-browsers.ts'

/*
 * npm test                        every step, in two lanes, also after one that failed: one run tells all there is to mend
 * npm test -- node browser        these steps
 * npm run test:e2e -- smoke       the end-to-end tests whose path contains `smoke`
 * npm run test:all                every step, and every suite in every browser, also what takes long
 *
 * The last line says how many tests passed and failed; a step that fails without a test failing counts as one.
 */

interface TestFile {
  readonly file: string
  /** The sum of its tests, in ms. */
  readonly duration: number
}

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly files?: readonly TestFile[]
}

/** How a step runs its programs: with the step's own output and time limit. */
type Run = (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<number>

interface Step {
  readonly lane: 'first' | 'second'
  /** The steps that come before it, where they are part of the run. */
  readonly after?: readonly string[]
  /** Resolves to its exit code; a step that runs tests writes their counts to files that begin with `countsFile`. */
  readonly perform: (run: Run, countsFile: string) => Promise<number>
}

/** What runs in one browser, unless every suite is to run in every browser. */
const everywhere = process.env['TEST_MATRIX'] === 'all'
const chromiumAlone = /^src\/(att|phone\/api)\/[\w-]+-gateway\.test\.ts$/

/** A program that has said nothing for this long hangs, in ms. No test file has a limit of its own. */
const longestSilence = 20 * 60_000

const steps = new Map<string, Step>()
const wanted: string[] = []
const filters: string[] = []

const chosen = (files: readonly string[]): readonly string[] =>
  filters.length === 0 ? files : files.filter((file) => filters.some((part) => file.includes(part)))

async function runInOrder(run: Run, ...programs: readonly (readonly [string, ...string[]])[]): Promise<number> {
  for (const [command, ...args] of programs) {
    const code = await run(command, args)
    if (code !== 0) return code
  }
  return 0
}

/** @param concurrency how many test files run at a time; `undefined` leaves it to node. */
async function nodeTests(
  run: Run,
  files: readonly string[],
  countsFile: string,
  concurrency?: number,
): Promise<number> {
  if (files.length === 0) {
    console.error(`No test file${filters.length > 0 ? ` matches ${filters.join(' ')}` : ''}`)
    return 1
  }
  return run(process.execPath, [
    '--import=tsx',
    '--test',
    ...(concurrency === undefined ? [] : [`--test-concurrency=${concurrency}`]),
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/counts-of-node.mjs',
    `--test-reporter-destination=${countsFile}.json`,
    ...files,
  ])
}

const inPackageTests = (file: string): boolean => file.startsWith(path.join('test', 'package'))

steps.set('lint', {
  lane: 'first',
  perform: (run) =>
    runInOrder(
      run,
      ['npx', 'eslint', '.', '--max-warnings', '0'],
      ['npx', 'depcruise', 'src', 'elements', 'gateway/src'],
    ),
})
steps.set('format', {
  lane: 'first',
  perform: (run) => run('npx', ['prettier', '--check', '--log-level', 'warn', '.']),
})
steps.set('types', {
  lane: 'first',
  perform: (run) =>
    runInOrder(
      run,
      ['npx', 'tsc', '-p', 'tsconfig.json'],
      ['npx', 'tsc', '-p', 'tsconfig.pure.json'],
      ['npx', 'tsc', '-p', 'tsconfig.node.json'],
    ),
})
steps.set('manifest', {
  lane: 'first',
  perform: (run) => run(process.execPath, ['--import=tsx', 'scripts/manifest.ts']),
})
steps.set('build', {
  lane: 'second',
  perform: (run) => run(process.execPath, ['--import=tsx', 'scripts/build.ts']),
})
steps.set('size', { lane: 'second', after: ['build'], perform: (run) => run('npx', ['size-limit']) })
steps.set('node', {
  lane: 'first',
  after: ['build'],
  perform(run, countsFile) {
    const files = ['src', 'elements', 'gateway', 'test', 'bench', 'scripts'].flatMap((f) =>
      filesBelow(f, '.node.test.ts'),
    )
    return nodeTests(run, chosen(files.filter((file) => !inPackageTests(file))), countsFile)
  },
})
steps.set('browser', {
  lane: 'second',
  after: ['build'],
  async perform(run, countsFile) {
    await requireBrowsers()
    const inBrowsers = ['src', 'elements'].flatMap((folder) => filesBelow(folder, '.test.ts'))
    const files = chosen(inBrowsers.filter((file) => !file.endsWith('.node.test.ts')))
    // A run for each browser: they differ in what they run, and neither waits for the other.
    const codes = await Promise.all(
      installedBrowsers().map(async (browser) => {
        const own = browser === 'chromium' || everywhere ? files : files.filter((file) => !chromiumAlone.test(file))
        if (own.length === 0) return 0
        // Two runners that look for a free port at the same time find the same one.
        const port = await freePort()
        return run('npx', ['wtr', '--files', ...own, `--browser=${browser}`, `--port=${port}`, '--static-logging'], {
          TEST_COUNTS_FILE: `${countsFile}-${browser}.json`,
        })
      }),
    )
    return Math.max(...codes)
  },
})
steps.set('package', {
  lane: 'first',
  after: ['build'],
  async perform(run, countsFile) {
    await requireBrowsers()
    // What is packed is what the sources say now; the tests pack without building.
    await build(['gateway', 'cdn', 'modules'])
    return nodeTests(run, chosen(filesBelow('test/package', '.node.test.ts')), countsFile, 1)
  },
})
steps.set('e2e', {
  lane: 'first',
  after: ['build', 'package'],
  async perform(run, countsFile) {
    await requireBrowsers()
    await build(['gateway', 'cdn'])
    return nodeTests(run, chosen(filesBelow('test/e2e', '.e2e.ts')), countsFile, 1)
  },
})
steps.set('interop', {
  lane: 'second',
  after: ['build', 'package'],
  async perform(run, countsFile) {
    await requireBrowsers()
    requirePrograms()
    await build(['gateway', 'cdn'])
    return nodeTests(run, chosen(filesBelow('test/interop', '.interop.ts')), countsFile, 1)
  },
})

/** Interoperability wants servers that a fresh machine does not have: it runs when it is named, or INTEROP is set. */
const usual = [...steps.keys()].filter((name) => name !== 'interop' || process.env['INTEROP'] === '1')

for (const argument of process.argv.slice(2)) (steps.has(argument) ? wanted : filters).push(argument)

/** What all files of counts of one step say together. */
function countsIn(name: string): Counts {
  const files = readdirSync(folder).filter((file) => file === `${name}.json` || file.startsWith(`${name}-`))
  const all = files.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    // A program that was killed leaves its file empty: its exit code counts.
    return text === '' ? [] : [JSON.parse(text) as Counts]
  })
  const sum = (key: 'passed' | 'failed' | 'skipped') => all.reduce((total, counts) => total + counts[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    files: all.flatMap(({ files = [] }) => files),
  }
}

async function perform(name: string, { perform }: Step, options: RunOptions): Promise<Counts> {
  let code = 1
  try {
    code = await perform((command, args, env = {}) => run(command, args, env, options), path.join(folder, name))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  const counts = countsIn(name)
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

const folder = mkdtempSync(path.join(tmpdir(), 'att-phone-test-'))
const chosenSteps = wanted.length > 0 ? [...new Set(wanted)] : usual
const finished = new Map<string, Promise<Counts>>()

/** Runs one step when those before it are done. Its lines begin with its name where steps run beside each other. */
async function conduct(name: string, step: Step, before: Promise<unknown>): Promise<Counts> {
  await before
  for (const other of step.after ?? []) await finished.get(other)
  console.log(`\n── ${name}`)
  const began = performance.now()
  const counts = await perform(name, step, { prefix: chosenSteps.length > 1 ? name : null, longestSilence })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`── ${name}: ${counts.failed > 0 ? 'failed' : 'ok'}, ${seconds} s`)
  return counts
}

let all: readonly Counts[]
try {
  const lanes = new Map<Step['lane'], Promise<unknown>>()
  for (const name of chosenSteps) {
    const step = steps.get(name)
    if (!step) continue
    const done = conduct(name, step, lanes.get(step.lane) ?? Promise.resolve())
    lanes.set(step.lane, done)
    finished.set(name, done)
  }
  all = await Promise.all(finished.values())
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const slowest = all.flatMap(({ files = [] }) => files).sort((a, b) => b.duration - a.duration)
if (slowest.length > 1) {
  console.log('\n── the slowest test files')
  for (const { file, duration } of slowest.slice(0, 20))
    console.log(`${(duration / 1000).toFixed(1).padStart(8)} s  ${file}`)
}
const total = (key: 'passed' | 'failed' | 'skipped') => all.reduce((sum, counts) => sum + counts[key], 0)
process.exitCode = total('failed') > 0 ? 1 : 0
if (total('skipped') > 0) console.log(`${total('skipped')} skipped`)
console.log(`${total('passed')} passed, ${total('failed')} failed`)

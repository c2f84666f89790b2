import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { startTestRunner, type TestRunnerConfig, type TestRunnerPlugin, type TestSuiteResult } from '@web/test-runner'
import { NetworkPath } from '../../e2e/harness/network-path.ts'
import type { Kamailio } from '../harness/kamailio.ts'
import { bundle } from '../harness/page-server.ts'

/** How one test of a suite went in one browser. */
export interface CaseResult {
  readonly browser: string
  readonly title: string
  /** What went wrong, or `null`. */
  readonly failure: string | null
}

/** Serves JsSIP, and the ways from a page to the registrar. */
function sipPlugin(kamailio: Kamailio): TestRunnerPlugin {
  const paths = new Map<string, NetworkPath>()
  const silent = createServer()
  const jssip = bundle('jssip', new URL('./', import.meta.url))

  /** An address that takes connections and says nothing. */
  async function silence(): Promise<string> {
    if (!silent.listening) await once(silent.listen(0, '127.0.0.1'), 'listening')
    return `ws://127.0.0.1:${String((silent.address() as AddressInfo).port)}`
  }

  async function act(path: string, query: URLSearchParams): Promise<object> {
    if (path === '/sip/path') {
      const made = await NetworkPath.to(Number(new URL(kamailio.url).port))
      const url = made.url.replace('http:', 'ws:')
      paths.set(url, made)
      return { url }
    }
    if (path === '/sip/silence') return { url: await silence() }
    if (path === '/sip/bar') {
      await kamailio.bar(query.get('user') ?? '')
      return {}
    }
    const cut = paths.get(query.get('path') ?? '')
    await cut?.cut()
    await cut?.mend()
    return {}
  }

  return {
    name: 'sip',
    async serve({ path, URL: { searchParams } }) {
      if (path.endsWith('/jssip/lib/JsSIP.js')) return { body: await jssip, type: 'js' }
      if (!path.startsWith('/sip/')) return undefined
      return { body: JSON.stringify(await act(path, searchParams)), type: 'json' }
    },
    async serverStop() {
      silent.close()
      await Promise.all([...paths.values()].map((path) => path.cut()))
    },
  }
}

function* casesOf(suite: TestSuiteResult, browser: string, parents: readonly string[] = []): Generator<CaseResult> {
  for (const { name, passed, skipped, error } of suite.tests) {
    if (skipped) continue
    const { message = 'It did not end', stack = '', expected = '', actual = '' } = error ?? {}
    const failure = passed ? null : [message, stack, expected && `${expected}\nis not\n${actual}`].join('\n')
    yield { browser, title: [...parents, name].join(' ▸ '), failure }
  }
  for (const inner of suite.suites) yield* casesOf(inner, browser, [...parents, inner.name])
}

/**
 * Runs files of mocha tests over this registrar, once in a process: in Chromium, or in every browser of this machine
 * where every suite is to run everywhere.
 */
export async function runInBrowsers(files: string[], kamailio: Kamailio): Promise<readonly CaseResult[]> {
  // As for every other test in a browser.
  const usual = (await import(new URL('../../../web-test-runner.config.mjs', import.meta.url).href)) as {
    readonly default: TestRunnerConfig
  }
  const { browsers = [] } = usual.default
  const runner = await startTestRunner({
    config: {
      ...usual.default,
      files,
      browsers: process.env['TEST_MATRIX'] === 'all' ? browsers : browsers.slice(0, 1),
      plugins: [...(usual.default.plugins ?? []), sipPlugin(kamailio)],
      reporters: [],
    },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  })
  if (!runner) throw new Error('The test runner did not start')
  await new Promise((resolve) => runner.on('stopped', resolve))
  return [...runner.sessions.all()].flatMap(({ browser, testResults, errors, logs }) => {
    if (!testResults || errors.length > 0) throw new Error(`${browser.name}: ${JSON.stringify({ errors, logs })}`)
    return [...casesOf(testResults, browser.name)]
  })
}

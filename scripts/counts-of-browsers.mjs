import { writeFileSync } from 'node:fs'
import path from 'node:path'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {import('@web/test-runner').TestSuiteResult | undefined} suite @param {Counts} counts */
function add(suite, counts) {
  for (const test of suite?.tests ?? []) {
    if (test.skipped) counts.skipped += 1
    else if (test.passed) counts.passed += 1
    else counts.failed += 1
  }
  for (const inner of suite?.suites ?? []) add(inner, counts)
}

/** How long the tests of a suite took, in ms. @param {import('@web/test-runner').TestSuiteResult | undefined} suite @returns {number} */
function durationOf(suite) {
  const own = (suite?.tests ?? []).reduce((sum, { duration = 0 }) => sum + duration, 0)
  return (suite?.suites ?? []).reduce((sum, inner) => sum + durationOf(inner), own)
}

/**
 * A reporter of the web test runner that tells how many tests passed and failed, in all browsers together. A test file
 * that could not run counts as one failure.
 *
 * @param {string | undefined} file where to write the counts as JSON, too
 * @returns {import('@web/test-runner').Reporter}
 */
export function countsReporter(file) {
  return {
    stop({ sessions }) {
      /** @type {Counts} */
      const counts = { passed: 0, failed: 0, skipped: 0 }
      const files = []
      for (const session of sessions) {
        const before = counts.failed
        add(session.testResults, counts)
        const name = session.testFile && path.relative(process.cwd(), session.testFile)
        if (name) files.push({ file: `${name} (${session.browser.name})`, duration: durationOf(session.testResults) })
        if (!session.passed && counts.failed === before) counts.failed += 1
      }
      console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
      if (file) writeFileSync(file, JSON.stringify({ ...counts, files }))
    },
  }
}

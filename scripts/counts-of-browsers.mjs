import { writeFileSync } from 'node:fs'

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
      for (const session of sessions) {
        const before = counts.failed
        add(session.testResults, counts)
        if (!session.passed && counts.failed === before) counts.failed += 1
      }
      console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
      if (file) writeFileSync(file, JSON.stringify(counts))
    },
  }
}

import path from 'node:path'

/**
 * A reporter of node:test that says, as JSON, how many tests passed and failed, and how long each file took in ms. Groups do not count; a file that could
 * not run counts as one failure.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* countsReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  /** @type {Map<string, number>} */
  const durations = new Map()
  for await (const { type, data } of events) {
    if ((type === 'test:pass' || type === 'test:fail') && data.nesting === 0 && data.file) {
      const file = path.relative(process.cwd(), data.file)
      durations.set(file, (durations.get(file) ?? 0) + (data.details?.duration_ms ?? 0))
    }
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1
    else if (type === 'test:pass') counts.passed += 1
    else counts.failed += 1
  }
  yield JSON.stringify({ ...counts, files: [...durations].map(([file, duration]) => ({ file, duration })) })
}

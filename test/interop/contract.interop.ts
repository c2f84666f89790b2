import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runInBrowsers } from './contract/browser-suite.ts'
import { useKamailio } from './harness.ts'

/** Suites that every network passes: what it owes the engine, and what phones tell by it. */
const suites = ['src/signaling/sip/sip-signaling.suite.ts', 'src/phone/api/flows-sip.suite.ts']

describe('what holds on every network', () => {
  const kamailio = useKamailio()

  it('holds over Kamailio', async (test) => {
    const results = await runInBrowsers(suites, kamailio())
    assert.ok(results.length > 0, 'No test was run')
    for (const { browser, title, failure } of results) {
      await test.test(`${browser}: ${title}`, () => {
        if (failure) throw new Error(failure)
      })
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

/** The sections of a description that are neither refused nor left to another's transport, by kind. */
const openSections = (sdp: string): readonly string[] =>
  sdp.split(/^(?=m=)/m).filter((part) => /^m=\w+ [1-9]/.test(part))

/** An exchange that knows no ICE takes a section at 0.0.0.0 for a hold (RFC 3264, 8.4). */
function eachHasAnAddress(sdp: string): void {
  const sections = openSections(sdp)
  assert.deepEqual(
    sections.map((section) => /^m=(\w+)/.exec(section)?.[1]),
    ['audio', 'video'],
  )
  for (const section of sections) {
    assert.match(section, /^a=candidate:.* typ host/m)
    assert.doesNotMatch(section, /^c=IN IP4 0\.0\.0\.0/m)
  }
}

for (const browser of browserNames)
  describe(`sound and picture that are offered by ${browser}`, () => {
    const stage = useRawStage(browser)

    it('have an address each', async () => {
      const there = await stage()
      await there.signIn()
      for (let calls = 0; calls < 5; calls++) eachHasAnAddress((await there.dials('bob@example.com', 'video')).body)
    })

    it('have an address each where the picture comes later, and the far side puts nothing together', async () => {
      const there = await stage()
      await there.signIn()
      const invite = await there.dials()
      const dialog = there.sip.callee(invite)
      dialog.reply('200 OK', { body: await there.answerTo(invite.body.replace(/^a=group:.*\r\n/m, '')) })
      await there.connected()
      const from = there.sip.heard.length
      await there.alice.evaluate(() => {
        softphone
          .line()
          .leg.change('video', AbortSignal.timeout(15_000))
          .catch(() => {})
      })
      eachHasAnAddress((await there.sip.request('INVITE', from)).body)
    })
  })

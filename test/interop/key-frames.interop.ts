import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import { hears } from './harness.ts'
import type { RawDialog } from './harness/raw-sip.ts'
import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

/** What a phone says that has no feedback by RTCP and cannot decode what comes (RFC 5168, 5). */
const request =
  '<?xml version="1.0" encoding="utf-8"?>\r\n<media_control>\r\n <vc_primitive>\r\n  <to_encoder>\r\n' +
  '   <picture_fast_update></picture_fast_update>\r\n  </to_encoder>\r\n </vc_primitive>\r\n</media_control>\r\n'

/** Lets so many pictures arrive, and gives how many of them are whole. */
async function wholeAmong(stage: RawStage, count: number): Promise<number> {
  const before = await stage.far.evaluate(() => farMedia.pictures())
  const wanted = before.all + count
  await stage.far.until('pictures arrive', async (all) => (await farMedia.pictures()).all >= all, wanted)
  return (await stage.far.evaluate(() => farMedia.pictures())).whole - before.whole
}

/** A call of the phone with its picture, which arrives. */
async function withPicture(stage: RawStage): Promise<RawDialog> {
  await stage.signIn()
  const from = stage.sip.heard.length
  await stage.alice.evaluate(() => {
    softphone.dial('bob@example.com', 'video').catch(() => {})
  })
  const invite = await stage.sip.request('INVITE', from)
  const dialog = stage.sip.callee(invite)
  dialog.reply('200 OK', { body: await stage.answerTo(invite.body) })
  await hears(stage.alice, 'established')
  await stage.connected()
  return dialog
}

for (const browser of browserNames)
  describe(`a far side that cannot decode the picture of ${browser}`, () => {
    const stage = useRawStage(browser)

    it('is sent a whole one each time it asks', async () => {
      const there = await stage()
      const dialog = await withPicture(there)
      const fields = ['Content-Type: Application/media_control+xml']
      for (let times = 0; times < 4; times++) {
        // Longer than the second that it has to wait, at 30 pictures a second.
        await wholeAmong(there, 60)
        const arriving = wholeAmong(there, 30)
        for (let asked = 0; asked < 5; asked++) {
          assert.equal((await dialog.ask('INFO', { fields, body: request })).status, 200)
        }
        assert.ok((await arriving) > 0, 'no whole picture')
      }
    })
  })

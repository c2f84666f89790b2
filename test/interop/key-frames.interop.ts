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

const fields = ['Content-Type: Application/media_control+xml']

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
  const invite = await stage.dials('bob@example.com', 'video')
  const dialog = stage.sip.callee(invite)
  dialog.reply('200 OK', { body: await stage.answerTo(invite.body) })
  await hears(stage.alice, 'established')
  await stage.connected()
  return dialog
}

for (const browser of browserNames)
  describe(`a far side that cannot decode the picture of ${browser}`, () => {
    const stage = useRawStage(browser)

    it('may ask before there is one', async () => {
      const there = await stage()
      await there.signIn()
      const dialog = await there.ringing()
      const ringing = there.sip.heard.find(({ status }) => status === 180)
      // What it said as it began to ring makes the dialog (RFC 3261, 12.1).
      dialog.remote = ringing?.header('to') ?? ''
      assert.equal((await dialog.ask('INFO', { fields, body: request })).status, 200)
      assert.equal((await there.answered(dialog)).status, 200)
      dialog.send('ACK')
      await hears(there.alice, 'established')
    })

    it('is sent a whole one each time it asks', async () => {
      const there = await stage()
      const dialog = await withPicture(there)
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

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settings, useLegacyPages, type LegacyPage, type Setting } from './legacy-pages.ts'

const outgoing = ['dialing', 'call:connecting', 'call:connected', 'media:established']
const incoming = ['call:incoming', 'answering', 'call:connecting', 'call:connected', 'media:established']

describe('a page of the original SDK', () => {
  const pages = useLegacyPages()

  /** Two users at a page, in a call with each other that is up at both sides. */
  async function talk(
    setting: Setting,
    page: string,
    button = 'call',
  ): Promise<readonly [alice: LegacyPage, bob: LegacyPage]> {
    const [alice, bob] = await pages.meet(setting, page)
    await alice.call(bob, button)
    await bob.press('answer')
    await Promise.all([alice.hears('media:established'), bob.hears('media:established')])
    return [alice, bob]
  }

  for (const setting of settings) {
    describe(setting.title, () => {
      it('signs in and out', async () => {
        const alice = await pages.open(setting, 'sign-in-and-out', 'alice')
        await alice.signIn()
        await alice.press('sign-out')
        await alice.heard('session:disconnected')
      })

      it('makes and answers a call with sound', async () => {
        const [alice, bob] = await talk(setting, 'make-and-answer')
        await Promise.all([alice.hearsSound(), bob.hearsSound()])
        await Promise.all([alice.heard(...outgoing), bob.heard(...incoming)])
      })

      it('makes and answers a call with a picture in the elements it passes in', async () => {
        const [alice, bob] = await talk(setting, 'make-and-answer', 'video-call')
        await Promise.all([alice.seesPicture(), bob.seesPicture()])
      })

      it('rejects a call', async () => {
        const [alice, bob] = await pages.meet(setting, 'reject-and-end')
        await alice.call(bob)
        await bob.press('reject')
        await alice.heard('dialing', 'call:connecting', 'call:rejected')
        await bob.heard('call:incoming', 'call:rejected')
      })

      it('ends a call', async () => {
        const [alice, bob] = await talk(setting, 'reject-and-end')
        await alice.press('hangup')
        await alice.heard(...outgoing, 'call:disconnecting', 'call:disconnected')
        await bob.heard(...incoming, 'call:disconnected')
      })

      it('holds and resumes', async () => {
        const [alice, bob] = await talk(setting, 'hold-and-resume')
        await alice.press('hold')
        await Promise.all([alice.hears('call:held'), bob.hears('call:held')])
        await alice.press('resume')
        await alice.heard(...outgoing, 'call:held', 'call:resumed')
        await bob.heard(...incoming, 'call:held', 'call:resumed')
      })

      it('mutes once, warns the second time, and unmutes', async () => {
        const [alice, bob] = await talk(setting, 'mute')
        await alice.press('mute')
        await alice.hears('call:muted')
        await alice.press('mute')
        await alice.hears('warning')
        await alice.press('unmute')
        await alice.heard(...outgoing, 'call:muted', 'warning', 'call:unmuted')
        await bob.heard(...incoming)
      })

      it('cancels a call', async () => {
        const [alice, bob] = await pages.meet(setting, 'move-and-cancel')
        await alice.call(bob)
        await bob.hears('call:incoming')
        await alice.press('cancel')
        await alice.heard('dialing', 'call:connecting', 'call:canceled')
        await bob.heard('call:incoming', 'call:canceled')
      })

      it('moves a call to another device of its user', async () => {
        const [alice, bob] = await talk(setting, 'move-and-cancel')
        const other = await pages.open(setting, 'move-and-cancel', 'alice')
        await other.signIn()
        await alice.press('move')
        await other.press('answer')
        await other.heard(...incoming)
        await alice.heard(...outgoing, 'call:moved')
        await Promise.all([other.hearsSound(), bob.hearsSound()])
      })

      it('sends the tones of a keypad, one by one and several at once', async () => {
        const [alice, bob] = await talk(setting, 'dtmf')
        await alice.press('#keypad button:nth-child(5)')
        await alice.hears('dtmf:tone-sent')
        await alice.fill('tones', '1#')
        await alice.press('send')
        const tone = ['dtmf:tone-sending', 'dtmf:tone-sent']
        await alice.heard(...outgoing, ...tone, ...tone, ...tone)
        await bob.heard(...incoming)
      })

      it('signs in with the id of an emergency address, and updates it', async () => {
        const alice = await pages.open(setting, 'e911', '19234567890')
        await alice.fill('e911-id', 'address-1')
        await alice.signIn()
        await alice.fill('other-e911-id', 'address-2')
        await alice.press('update')
        await alice.heard('address-updated')
      })

      it('is told by the error event what it did wrong', async () => {
        const alice = await pages.open(setting, 'make-and-answer', 'alice')
        await alice.signIn()
        await alice.call('', 'call')
        await alice.heard('error')
        assert.match(await alice.reads('#error'), /2211/)
      })
    })
  }
})

import { describe, it } from 'node:test'
import { incoming, outgoing, holding, held, resuming, resumed, settings, useLegacyPages } from './legacy-pages.ts'

describe('a page of the original SDK in a call', () => {
  const pages = useLegacyPages()

  for (const setting of settings) {
    describe(setting.title, () => {
      it('holds and resumes', async () => {
        const [alice, bob] = await pages.talk(setting, 'hold-and-resume')
        await alice.press('hold')
        await Promise.all([alice.hears('call:held'), bob.hears('call:held')])
        await alice.press('resume')
        await alice.heard(...outgoing, ...holding, ...resuming)
        await bob.heard(...incoming, ...held, ...resumed)
      })

      it('mutes once, warns the second time, and unmutes', async () => {
        const [alice, bob] = await pages.talk(setting, 'mute')
        await alice.press('mute')
        await alice.hears('call:muted')
        await alice.press('mute')
        await alice.hears('warning')
        await alice.press('unmute')
        await alice.heard(...outgoing, 'call:muted', 'warning', 'call:unmuted')
        await bob.heard(...incoming)
      })

      it('moves a call to another device of its user', async () => {
        const [alice, bob] = await pages.talk(setting, 'move-and-cancel')
        const other = await pages.open(setting, 'move-and-cancel', 'alice')
        await other.signIn()
        await alice.press('move')
        await other.press('answer')
        await other.heard(...incoming)
        await alice.heard(...outgoing, 'call:state-changed', 'call:moved')
        await Promise.all([other.hearsSound(), bob.hearsSound()])
      })

      it('sends the tones of a keypad, one by one and several at once', async () => {
        const [alice, bob] = await pages.talk(setting, 'dtmf')
        await alice.press('#keypad button:nth-child(5)')
        await alice.hears('dtmf:tone-sent')
        await alice.fill('tones', '1#')
        await alice.press('send')
        const tone = ['dtmf:tone-sending', 'dtmf:tone-sent']
        await alice.heard(...outgoing, ...tone, ...tone, ...tone)
        await bob.heard(...incoming)
      })
    })
  }
})

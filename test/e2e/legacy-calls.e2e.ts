import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { incoming, outgoing, hangingUp, ended, settings, useLegacyPages } from './legacy-pages.ts'

describe('a page of the original SDK', () => {
  const pages = useLegacyPages()

  for (const setting of settings) {
    describe(setting.title, () => {
      it('signs in and out', async () => {
        const alice = await pages.open(setting, 'sign-in-and-out', 'alice')
        await alice.signIn()
        await alice.press('sign-out')
        await alice.heard('session:disconnected')
      })

      it('makes and answers a call with sound', async () => {
        const [alice, bob] = await pages.talk(setting, 'make-and-answer')
        await Promise.all([alice.hearsSound(), bob.hearsSound()])
        await Promise.all([alice.heard(...outgoing), bob.heard(...incoming)])
      })

      it('makes and answers a call with a picture in the elements it passes in', async () => {
        const [alice, bob] = await pages.talk(setting, 'make-and-answer', 'video-call')
        await Promise.all([alice.seesPicture(), bob.seesPicture()])
      })

      it('rejects a call', async () => {
        const [alice, bob] = await pages.meet(setting, 'reject-and-end')
        await alice.call(bob)
        await bob.press('reject')
        await alice.heard('dialing', 'call:state-changed', 'call:connecting', 'call:state-changed', 'call:rejected')
        await bob.heard('call:incoming', 'call:rejected')
      })

      it('ends a call', async () => {
        const [alice, bob] = await pages.talk(setting, 'reject-and-end')
        await alice.press('hangup')
        await alice.heard(...outgoing, ...hangingUp)
        await bob.heard(...incoming, ...ended)
      })

      it('cancels a call', async () => {
        const [alice, bob] = await pages.meet(setting, 'move-and-cancel')
        await alice.call(bob)
        await bob.hears('call:incoming')
        await alice.press('cancel')
        await alice.heard('dialing', 'call:state-changed', 'call:connecting', 'call:state-changed', 'call:canceled')
        await bob.heard('call:incoming', 'call:canceled')
      })

      it('signs in with an emergency address, and updates it', async () => {
        const alice = await pages.open(setting, 'e911', '12005550100')
        await alice.signIn()
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

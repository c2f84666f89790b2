import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settings, useLegacyPages } from './legacy-pages.ts'

describe('a page of the original SDK and its conferences', () => {
  const pages = useLegacyPages()

  for (const setting of settings) {
    describe(setting.title, () => {
      it('is told that this network has none', async () => {
        const alice = await (await pages.open(setting, 'start-conference', 'alice')).signIn()
        await alice.press('start')
        await alice.heard('error')
        assert.match(await alice.reads('#error'), /501/)
      })

      it('cannot add a participant to one that it does not host', async () => {
        const alice = await (await pages.open(setting, 'add-participants', 'alice')).signIn()
        await alice.fill('participant', 'bob')
        await alice.press('add')
        await alice.heard('error')
        assert.match(await alice.reads('#error'), /3631/)
      })
    })
  }
})

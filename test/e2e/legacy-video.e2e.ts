import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settings, useLegacyPages, type LegacyPage } from './legacy-pages.ts'

const page = 'video-upgrade-and-downgrade'
const asking = ['call:modification-in-progress', 'call:state-changed']
const asked = ['call:media-modification', 'call:modification-in-progress', 'call:state-changed']

describe('a page of the original SDK changes the media of a call', () => {
  const pages = useLegacyPages()

  /** What came after the call was up, as soon as `last` has come. */
  async function changes(someone: LegacyPage, last: string): Promise<readonly string[]> {
    await someone.hears(last)
    const events = await someone.events()
    return events.slice(events.indexOf('media:established') + 1)
  }

  for (const setting of settings) {
    describe(setting.title, () => {
      it('upgrades to video when the other side accepts', async () => {
        const [alice, bob] = await pages.talk(setting, page, 'call')
        await alice.press('upgrade')
        await bob.press('accept')
        await Promise.all([alice.seesPicture(), bob.seesPicture()])
        assert.deepEqual(await changes(alice, 'call:state-changed'), asking)
        assert.deepEqual(await changes(bob, 'call:state-changed'), asked)
      })

      it('sends its picture alone when the other side rejects', async () => {
        const [alice, bob] = await pages.talk(setting, page, 'call')
        await alice.press('upgrade')
        await bob.press('decline')
        await bob.seesPicture()
        assert.deepEqual(await changes(alice, 'notification'), [...asking, 'notification'])
        assert.deepEqual(await changes(bob, 'call:state-changed'), asked)
      })

      it('downgrades to audio', async () => {
        const [alice, bob] = await pages.talk(setting, page, 'video-call')
        await alice.press('downgrade')
        await bob.press('accept')
        assert.deepEqual(await changes(alice, 'call:state-changed'), asking)
        assert.deepEqual(await changes(bob, 'call:state-changed'), asked)
        assert.match(await alice.reads('#media-type'), /audio/)
      })
    })
  }
})

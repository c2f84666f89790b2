import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { incoming, outgoing, settings, useLegacyPages, type LegacyPage } from './legacy-pages.ts'

const page = 'video-upgrade-and-downgrade'
const asking = ['call:state-changed', 'call:modification-in-progress']
const settled = [...asking, 'media:established', 'call:state-changed']
const asked = ['media:established', 'call:media-modification', 'call:state-changed', 'call:state-changed']

describe('a page of the original SDK changes the media of a call', () => {
  const pages = useLegacyPages()

  /** What came after the call was up, `up`, as soon as its media have changed. */
  async function changes(someone: LegacyPage, up: readonly string[]): Promise<readonly string[]> {
    // Two changes of state are those of the call itself.
    await someone.hears('call:state-changed', 4)
    return (await someone.events()).slice(up.length)
  }

  for (const setting of settings) {
    describe(setting.title, () => {
      it('upgrades to video when the other side accepts', async () => {
        const [alice, bob] = await pages.talk(setting, page, 'call')
        await alice.press('upgrade')
        await bob.press('accept')
        await Promise.all([alice.seesPicture(), bob.seesPicture()])
        assert.deepEqual(await changes(alice, outgoing), settled)
        assert.deepEqual(await changes(bob, incoming), asked)
      })

      it('sends its picture alone when the other side rejects', async () => {
        const [alice, bob] = await pages.talk(setting, page, 'call')
        await alice.press('upgrade')
        await bob.press('decline')
        await bob.seesPicture()
        assert.deepEqual(await changes(alice, outgoing), [...asking, 'call:state-changed'])
        assert.deepEqual(await changes(bob, incoming), asked)
      })

      it('downgrades to audio', async () => {
        const [alice, bob] = await pages.talk(setting, page, 'video-call')
        await alice.press('downgrade')
        await bob.press('accept')
        assert.deepEqual(await changes(alice, outgoing), settled)
        assert.deepEqual(await changes(bob, incoming), asked)
        assert.match(await alice.reads('#media-type'), /audio/)
      })
    })
  }
})

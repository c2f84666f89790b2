import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, TestBrowser } from './harness.ts'
import { LegacyPage, settings, useLegacyPages } from './legacy-pages.ts'

/** Chromium alone can end a page so that it has no time for a word. */
for (const setting of settings.filter(({ browser }) => browser === 'chromium')) {
  describe(`a conference that loses somebody without a word, ${setting.title}`, () => {
    const pages = useLegacyPages()

    async function conference(): Promise<readonly [LegacyPage, LegacyPage, LegacyPage]> {
      const [alice, bob, carol] = await pages.meetThree(setting, 'add-participants')
      await alice.press('start')
      await alice.hears('media:established')
      for (const guest of [bob, carol]) {
        await alice.invites(guest)
        await guest.press('join')
        await guest.hears('media:established')
        await guest.hearsSound()
      }
      await alice.hears('conference:invitation-accepted', 2)
      return [alice, bob, carol]
    }

    /** Ends the page, and resolves with the ms until each witness has heard `event`. */
    async function lose(lost: LegacyPage, event: string, ...witnesses: readonly LegacyPage[]): Promise<number> {
      await lost.window.crash()
      const began = performance.now()
      await Promise.all(witnesses.map((witness) => witness.hears(event)))
      return Math.round(performance.now() - began)
    }

    it('goes on without the participant, who is out', async (test) => {
      const [alice, bob, carol] = await conference()
      const took = await lose(bob, 'conference:participant-removed', alice)
      test.diagnostic(`the host knew after ${String(took)} ms`)
      assert.doesNotMatch(await alice.reads('#participants'), new RegExp(bob.user))
      assert.match(await alice.reads('#participants'), new RegExp(carol.user))
      await carol.hearsSound()
    })

    it('ends for all when it was the host', async (test) => {
      const [alice, bob, carol] = await conference()
      const took = await lose(alice, 'conference:ended', bob, carol)
      test.diagnostic(`all knew after ${String(took)} ms`)
    })
  })
}

for (const name of browserNames) {
  describe(`a conference over the gateway that loses a whole browser, ${name}`, () => {
    const pages = useLegacyPages()
    const setting = { title: '', browser: name, network: 'gateway' } as const

    it('goes on without the participant, who is out', async (test) => {
      const alice = await (await pages.open(setting, 'add-participants', 'alice')).signIn()
      const doomed = await TestBrowser.launch(name)
      const window = await doomed.open(new URL('legacy/add-participants.html', pages.server().url).href)
      const bob = await new LegacyPage(window, 'doomed').signIn()
      await alice.press('start')
      await alice.hears('media:established')
      await alice.invites(bob)
      await bob.press('join')
      await bob.hearsSound()
      await alice.hears('conference:invitation-accepted')
      const began = performance.now()
      doomed.kill()
      await alice.hears('conference:participant-removed')
      const took = Math.round(performance.now() - began)
      test.diagnostic(`the host knew after ${String(took)} ms`)
    })
  })
}

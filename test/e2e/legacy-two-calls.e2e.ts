import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  incoming,
  outgoing,
  holding,
  held,
  resuming,
  resumed,
  hangingUp,
  ended,
  settings,
  useLegacyPages,
  type LegacyPage,
  type Setting,
} from './legacy-pages.ts'

/** What the caller's page hears of a call beside the first. */
const second = [...outgoing.slice(0, -1), 'session:call-switched', 'media:established']

describe('a page of the original SDK with two calls', () => {
  const pages = useLegacyPages()

  /** Alice in a call with Bob, whom she holds, and in a second one with Carol. */
  async function talkToTwo(setting: Setting, page: string): Promise<readonly [LegacyPage, LegacyPage, LegacyPage]> {
    const [alice, bob, carol] = await pages.meetThree(setting, page)
    await alice.call(bob)
    await bob.press('answer')
    await Promise.all([alice.hears('media:established'), bob.hears('call:connected')])
    await alice.call(carol, 'add')
    await carol.press('answer')
    await Promise.all([alice.hears('media:established', 2), carol.hears('call:connected')])
    return [alice, bob, carol]
  }

  for (const setting of settings) {
    describe(setting.title, () => {
      it('adds a call and switches', async () => {
        const [alice, bob, carol] = await talkToTwo(setting, 'add-and-switch')
        await alice.press('switch')
        await alice.heard(
          ...[...outgoing, ...holding, ...second],
          ...[...holding, 'session:call-switched', ...resuming],
        )
        await bob.heard(...incoming, ...held, ...resumed)
        await carol.heard(...incoming, ...held)
        assert.match(await alice.reads('#calls'), /bob\d+: connected/)
      })

      it('comes back to the first call when the second ends', async () => {
        const [alice, bob] = await talkToTwo(setting, 'add-and-switch')
        await alice.press('hangup')
        await alice.heard(
          ...[...outgoing, ...holding, ...second],
          ...[...hangingUp, 'session:call-switched', ...resuming],
        )
        await bob.heard(...incoming, ...held, ...resumed)
      })

      it('transfers one call to the other and leaves', async () => {
        const [alice, bob, carol] = await talkToTwo(setting, 'transfer')
        await alice.press('transfer')
        await alice.heard(
          ...[...outgoing, ...holding, ...second],
          ...['call:transferring', 'call:transferred', ...ended, ...ended],
        )
        await Promise.all([bob.hears('call:state-changed'), carol.hears('call:state-changed')])
        await Promise.all([bob.hearsSound(), carol.hearsSound()])
      })

      it('answers a second call and ends the first', async () => {
        const [alice, bob, carol] = await pages.meetThree(setting, 'add-and-switch')
        await alice.call(bob)
        await bob.press('answer')
        await Promise.all([alice.hears('media:established'), bob.hears('call:connected')])
        await carol.call(bob)
        await bob.press('end-and-answer')
        await carol.hears('media:established')
        await bob.heard(...[...incoming, 'call:incoming', 'call:state-changed', ...ended], ...incoming.slice(1))
      })
    })
  }
})

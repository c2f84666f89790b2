import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settings, useLegacyPages, type LegacyPage } from './legacy-pages.ts'

const changed = 'call:state-changed'
const connected = [changed, 'conference:connecting', changed, 'conference:connected']
const started = [...connected, 'media:established']
const sent = ['conference:invitation-sending', 'conference:invitation-sent']
const joined = ['conference:invitation-received', 'conference:joining', 'media:established', ...connected]

/** Starts a conference, and waits until it is up. */
async function start(host: LegacyPage): Promise<void> {
  await host.press('start')
  await host.heard(...started)
}

async function invite(host: LegacyPage, guest: LegacyPage): Promise<void> {
  await host.fill('participant', guest.user)
  await host.hasRoom()
  await host.press('add')
  await guest.hears('conference:invitation-received')
}

describe('a page of the original SDK and its conferences', () => {
  const pages = useLegacyPages()

  for (const setting of settings) {
    describe(setting.title, () => {
      const signIn = async (user: string): Promise<LegacyPage> =>
        (await pages.open(setting, 'add-participants', user)).signIn()

      it('starts one, and ends it', async () => {
        const alice = await (await pages.open(setting, 'start-conference', 'alice')).signIn()
        await start(alice)
        await alice.press('end')
        await alice.heard(...started, changed, 'conference:disconnecting', changed, 'conference:ended')
      })

      it('adds who joins, removes them, and shows who takes part', async () => {
        const [alice, bob] = [await signIn('alice'), await signIn('bob')]
        await start(alice)
        await invite(alice, bob)
        assert.match(await bob.reads('#inviter'), /invites you/)
        await bob.press('join')
        await bob.heard(...joined)
        await alice.heard(...started, ...sent, 'conference:invitation-accepted')
        assert.match(await alice.reads('#participants'), new RegExp(bob.user))
        await bob.hearsSound()
        await alice.press('remove')
        await bob.heard(...joined, changed, 'conference:ended')
        await alice.heard(...started, ...sent, 'conference:invitation-accepted', 'conference:participant-removed')
        assert.equal(await alice.reads('#participants'), '')
      })

      it('is told when somebody declines', async () => {
        const [alice, bob] = [await signIn('alice'), await signIn('bob')]
        await start(alice)
        await invite(alice, bob)
        await bob.press('decline')
        await bob.heard('conference:invitation-received', 'conference:invitation-rejected')
        await alice.heard(...started, ...sent, 'conference:invitation-rejected')
      })

      it('ends it for all', async () => {
        const [alice, bob, carol] = [await signIn('alice'), await signIn('bob'), await signIn('carol')]
        await start(alice)
        for (const guest of [bob, carol]) {
          await invite(alice, guest)
          await guest.press('join')
          await guest.heard(...joined)
        }
        await alice.hears('conference:invitation-accepted', 2)
        await alice.press('end')
        await Promise.all([
          bob.heard(...joined, changed, 'conference:ended'),
          carol.heard(...joined, changed, 'conference:ended'),
        ])
      })

      it('cannot add a participant to one that it does not host', async () => {
        const alice = await signIn('alice')
        await alice.fill('participant', 'bob')
        await alice.press('add')
        await alice.heard('error')
        assert.match(await alice.reads('#error'), /3631/)
      })
    })
  }
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { phoneEventNames } from '../../src/phone/phone-events.ts'
import { hangingUp, held, holding, incoming, outgoing, settings, useLegacyPages } from './legacy-pages.ts'

/** Events that the original had none of. */
const ours = [/^media:captured$/, /^call:transfer-/, /^conference:hand-over-/]

describe('the page that shows every event', () => {
  const pages = useLegacyPages()
  const page = 'every-event'

  for (const setting of settings) {
    it(`shows each event, and what its handler reads, ${setting.title}`, async () => {
      const [alice, bob] = await pages.talk(setting, page)
      await alice.press('hold')
      await Promise.all([alice.hears('call:held'), bob.hears('call:held')])
      await alice.press('hangup')
      await alice.heard(...outgoing, ...holding, ...hangingUp)
      await bob.hears('call:disconnected')
      assert.deepEqual((await bob.events()).slice(0, -2), [...incoming, ...held])
      const told = await alice.reads('#events')
      assert.match(
        told,
        /call:state-changed .*oldState: held, newState: disconnecting\s+reads: 1 call disconnecting · in progress · audio/,
      )
      assert.match(told, /call:disconnected .*\s+reads: no calls · none in progress · null/)
    })
  }

  it('subscribes to every event of the original', async () => {
    const [setting] = settings
    const { window } = await pages.open(setting!, page, 'alice')
    const subscribed = await window.evaluate(() => (globalThis as unknown as { events: string[] }).events)
    const wanted = phoneEventNames.filter((name) => !ours.some((own) => own.test(name)))
    assert.deepEqual([...subscribed].sort(), [...wanted].sort())
  })
})

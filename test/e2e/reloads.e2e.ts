import { describe, it } from 'node:test'
import { oneBrowser } from './harness.ts'
import { usePeople } from './harness/people.ts'
import type { Person } from './harness/person.ts'

for (const name of oneBrowser)
  describe(`a page that is loaded anew in a call over the gateway, in ${name}`, () => {
    const people = usePeople()

    async function talk(): Promise<readonly [alice: Person, bob: Person]> {
      const [alice, bob] = await people.meet({ caller: name, callee: name })
      for (const { window } of [alice, bob]) window.forgive(/WebSocket|response 404/)
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
      return [alice, bob]
    }

    for (const who of ['who called', 'who was called'] as const)
      it(`goes on with it, sound both ways, at the one ${who}`, async () => {
        const [alice, bob] = await talk()
        await (who === 'who called' ? alice : bob).window.page.reload({ waitUntil: 'load' })
        await Promise.all([alice.seesTheTime(), bob.seesTheTime()])
        await Promise.all([alice.hearsSound(), bob.hearsSound()])
        await alice.press('Hang up')
        await Promise.all([alice.sees('Call ended'), bob.sees('alice hung up')])
      })

    it('goes on with it where both are loaded anew at a time', async () => {
      const [alice, bob] = await talk()
      // Where both offer, the gateway takes no answer to the offer that came first.
      for (const { window } of [alice, bob]) window.forgive(/response 400: PUT/)
      await Promise.all([alice, bob].map(({ window }) => window.page.reload({ waitUntil: 'load' })))
      await Promise.all([alice.seesTheTime(), bob.seesTheTime()])
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
    })

    it('holds it as before, and resumes', async () => {
      const [alice, bob] = await talk()
      await alice.press('Hold')
      await bob.sees('On hold')
      await alice.window.page.reload({ waitUntil: 'load' })
      await alice.sees('On hold')
      await alice.press('Hold')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
    })

    it('has it still muted', async () => {
      const [alice, bob] = await talk()
      await alice.press('Mute')
      await bob.hearsSilence()
      await alice.window.page.reload({ waitUntil: 'load' })
      await alice.hearsSound()
      await bob.hearsSilence()
      await alice.press('Mute')
      await bob.hearsSound()
    })

    // Firefox puts the page away, which ends its session.
    if (name === 'chromium')
      it('goes on with it after the person was at another page', async () => {
        const [alice, bob] = await talk()
        await alice.window.page.goto('about:blank')
        await alice.window.page.goBack({ waitUntil: 'load' })
        await Promise.all([alice.hearsSound(), bob.hearsSound()])
      })
  })

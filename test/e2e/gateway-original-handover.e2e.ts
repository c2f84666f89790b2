import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser } from './harness.ts'
import { useOriginals, type Three } from './harness/originals.ts'
import type { Person } from './harness/person.ts'

describe('calls of clients of the original protocol that get another far side', () => {
  const { original, meet, talk, asks, phone, allIsWell, addressOf } = useOriginals()

  for (const browser of oneBrowser) {
    describe(`in ${browser}`, () => {
      /** Alice holds Bob and talks to Dave, who has our phone. */
      const betweenTwo = async (): Promise<Three & { readonly dave: Person }> => {
        const three = await meet(browser)
        const { alice, bob } = three
        const dave = await phone(browser, addressOf('dave'))
        await talk(alice, bob)
        await asks(alice, 'hold', bob)
        await alice.dial(dave)
        await dave.press('Answer')
        await Promise.all([alice.becomes('connected'), dave.seesTheTime()])
        return { ...three, dave }
      }

      /** Alice talks to Bob, and has our phone on another device. */
      const atTwoDevices = async (): Promise<Three & { readonly device: Person }> => {
        const three = await meet(browser)
        const device = await phone(browser, three.alice.address)
        await talk(three.alice, three.bob)
        return { ...three, device }
      }

      if (browser === 'chromium') {
        it('transfer a call to somebody with our phone, and call each other after', async () => {
          const { alice, bob, dave } = await betweenTwo()
          await alice.does('transfer')
          await Promise.all([alice.becomes('disconnected'), bob.isHeldByOther(false)])
          await Promise.all([bob.receives(), dave.hearsSound()])
          await dave.press('Hold')
          await Promise.all([dave.sees('On hold'), bob.isHeldByOther()])
          await dave.press('Hold')
          await bob.isHeldByOther(false)
          await bob.does('hold')
          await Promise.all([bob.becomes('held'), dave.sees(/put you on hold/)])
          await bob.does('resume')
          await bob.becomes('connected')
          await Promise.all([bob.receives(), dave.hearsSound()])
          await bob.end()
          await Promise.all([bob.becomes('disconnected'), dave.sees(/hung up/)])
          await talk(alice, bob)
          await allIsWell(alice, bob)
        })

        it('move a call to a device with our phone, and call each other after', async () => {
          const { alice, bob, device } = await atTwoDevices()
          await alice.does('move')
          await device.press('Answer')
          await alice.becomes('disconnected')
          await Promise.all([bob.receives(), device.hearsSound()])
          await device.press('Hang up')
          await bob.becomes('disconnected')
          await talk(alice, bob)
          await allIsWell(alice, bob)
        })
      } else {
        it('are refused a transfer and a move that their browser would not take, and talk on', async () => {
          const { alice, bob, dave } = await betweenTwo()
          for (const person of [alice, bob, dave]) person.window.forgive(/response (501|400)/)
          await alice.does('transfer')
          await alice.does('move')
          await Promise.all([alice.receives(), dave.hearsSound()])
          assert.deepEqual(await alice.complaints(), [501, 400])
        })
      }

      it('move a call with somebody who has our phone to another device of the original protocol', async () => {
        const { alice } = await meet(browser)
        const dave = await phone(browser, addressOf('dave'))
        const other = await original(browser, alice.address)
        await alice.dial(dave)
        await dave.press('Answer')
        await Promise.all([alice.becomes('connected'), dave.seesTheTime()])
        await alice.does('move')
        await other.becomes('ringing')
        await other.does('answer')
        await Promise.all([alice.becomes('disconnected'), other.becomes('connected')])
        await Promise.all([other.receives(), dave.hearsSound()])
        await allIsWell(alice, other)
      })
    })
  }
})

import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'

/** One call, from its beginning to its end. */
export function callFlows(network: PhoneNetwork): void {
  describe('a call', () => {
    const stage = useStage(network)
    const dialled = ['dialing', 'call:connecting']

    it('is dialled, rings and is answered', async () => {
      const [alice, bob] = await stage().pair()
      await Promise.all([alice.dial(bob), bob.rings()])
      await bob.phone.answer({})
      await stage().tell([
        [alice, [...dialled, 'call:connected', 'media:established']],
        [bob, ['call:incoming', 'answering', 'call:connecting', 'call:connected', 'media:established']],
      ])
    })

    it('carries pictures when it is dialled and answered so', async () => {
      const [alice, bob] = await stage().pair()
      await Promise.all([alice.dial(bob, 'video'), bob.rings()])
      await bob.phone.answer({})
      const up = ['call:connected video', 'media:established video']
      await stage().tell([
        [alice, ['dialing video', 'call:connecting video', ...up]],
        [bob, ['call:incoming video', 'answering video', 'call:connecting video', ...up]],
      ])
    })

    it('is an audio call when video is answered as audio, and the caller hears of it', async () => {
      const [alice, bob] = await stage().pair()
      await Promise.all([alice.dial(bob, 'video'), bob.rings()])
      await bob.phone.answer({ mediaType: 'audio' })
      await stage().tell([
        [alice, ['dialing video', 'call:connecting video', 'call:connected downgrade', 'media:established']],
        [
          bob,
          ['call:incoming video', 'answering video', 'call:connecting video', 'call:connected', 'media:established'],
        ],
      ])
    })

    it('is rejected', async () => {
      const [alice, bob] = await stage().pair()
      await Promise.all([alice.dial(bob), bob.rings()])
      await bob.phone.reject()
      await stage().tell([
        [alice, [...dialled, 'call:rejected (Call rejected)']],
        [bob, ['call:incoming', 'call:rejected']],
      ])
    })

    it('is taken back', async () => {
      const [alice, bob] = await stage().pair()
      await Promise.all([alice.dial(bob), bob.rings()])
      await alice.phone.cancel()
      await stage().tell([
        [alice, [...dialled, 'call:canceled']],
        [bob, ['call:incoming', 'call:canceled (Call canceled)']],
      ])
    })

    it('is taken back at once, before anybody heard of it', async () => {
      const [alice, bob] = await stage().pair()
      const dialling = alice.dial(bob)
      await alice.phone.cancel()
      await dialling
      await stage().tell([
        [alice, ['dialing', 'call:canceled']],
        [bob, []],
      ])
    })

    it('does not reach who is not signed in: an error tells why', async () => {
      const alice = await stage().signedIn('alice')
      const nobody = await stage().phone('nobody')
      const refused = await alice.dial(nobody).catch((error: unknown) => error)
      expect(refused).to.have.property('ErrorCode', '404')
      await stage().tell([[alice, [...dialled, 'error 404', 'call:disconnected (Nothing at that address)']]])
    })

    it('that nobody answers in time is canceled, and says so', async () => {
      const [alice, bob] = await Promise.all([stage().signedIn('alice', { ringTimeout: 300 }), stage().signedIn('bob')])
      await Promise.all([alice.dial(bob), bob.rings()])
      await stage().tell([
        [alice, [...dialled, 'call:canceled (Nobody answered in time)']],
        [bob, ['call:incoming', 'call:canceled (Nobody answered in time)']],
      ])
    })

    it('to somebody who is in two calls is rejected as busy, and does not ring there', async () => {
      const [alice] = await stage().twoCalls()
      const dave = await stage().signedIn('dave')
      await dave.dial(alice)
      await stage().tell([
        [dave, [...dialled, 'call:rejected (Busy)']],
        [alice, ['notification (Somebody called while the line was busy)']],
      ])
    })

    it('rings at every device of a user, and is canceled where it was not answered', async () => {
      const [[alice, bob], bob2] = await Promise.all([stage().pair(), stage().signedIn('bob')])
      await Promise.all([alice.dial(bob), bob.rings(), bob2.rings()])
      await bob2.phone.answer({})
      await stage().tell([
        [alice, [...dialled, 'call:connected', 'media:established']],
        [bob, ['call:incoming', 'call:canceled (Answered on another device)']],
        [bob2, ['call:incoming', 'answering', 'call:connecting', 'call:connected', 'media:established']],
      ])
    })

    for (const [who, near] of [
      ['the caller', 0],
      ['the callee', 1],
    ] as const) {
      it(`ends when ${who} hangs up`, async () => {
        const phones = await stage().talk()
        const [leaver, left] = near === 0 ? phones : [phones[1], phones[0]]
        await leaver.phone.hangup()
        await stage().tell([
          [leaver, ['call:disconnecting', 'call:disconnected']],
          [left, ['call:disconnected']],
        ])
      })
    }

    it('ends when one signs out in it', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.logout()
      await stage().tell([
        [alice, ['call:disconnecting', 'call:disconnected', 'session:disconnected']],
        [bob, ['call:disconnected']],
      ])
    })

    it('gets the next ordinal, and keeps it', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.hangup()
      await bob.hears('call:disconnected')
      await stage().connect(alice, bob)
      expect([alice.call(2).index, bob.call(2).index]).to.deep.equal([2, 2])
    })
  })
}

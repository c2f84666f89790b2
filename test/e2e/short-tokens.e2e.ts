import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from './harness.ts'
import { usePeople } from './harness/people.ts'
import type { Person } from './harness/person.ts'
import { useTokenIssuer } from './harness/token-issuer.ts'

/** How long a token lives, in seconds. */
const ttl = 4

for (const name of browserNames) {
  describe(`a call that outlives its tokens, in ${name}`, () => {
    const issuer = useTokenIssuer(ttl)
    const people = usePeople({
      env: {
        DEV_TOKENS: '',
        TOKEN_CLOCK_TOLERANCE: '0',
        get TOKEN_JWKS_URL() {
          return `${issuer().url}keys`
        },
      },
    })

    async function talk(): Promise<readonly [Person, Person]> {
      const setup = { tokens: `${issuer().url}token` }
      const [alice, bob] = await people.meet({ caller: name, callee: name }, setup)
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
      return [alice, bob]
    }

    const sessionState = ({ window }: Person): Promise<string | undefined> =>
      window.evaluate(() => document.querySelector('att-phone')?.phone?.snapshot.session.state)

    it('carries sound both ways after the third token, and can be held, resumed and hung up', async () => {
      const [alice, bob] = await talk()
      // A token may end on its way to the gateway: the request is repeated with another one.
      for (const { window } of [alice, bob]) window.forgive(/response 401/)
      await Promise.all([alice, bob].map(({ address }) => issuer().gives(address, 4)))
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
      await alice.press('Hold')
      await bob.sees('alice put you on hold')
      await alice.press('Hold')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
      await alice.press('Hang up')
      await Promise.all([alice.sees('Call ended'), bob.sees('alice hung up')])
    })

    it('goes on while the issuer is away for longer than a token lives, and is hung up all the same', async () => {
      const [alice, bob] = await talk()
      for (const { window } of [alice, bob]) window.forgive(/request failed|response 401|CORS|\/token/)
      issuer().down = true
      try {
        await refused(alice)
        await Promise.all([alice.hearsSound(), bob.hearsSound()])
        assert.deepEqual(await Promise.all([sessionState(alice), sessionState(bob)]), ['ready', 'ready'])
        await alice.press('Hang up')
        await bob.sees('alice hung up')
      } finally {
        issuer().down = false
      }
    })

    it('and its phone make new calls once the issuer is back', async () => {
      const [alice, bob] = await people.meet({ caller: name, callee: name }, { tokens: `${issuer().url}token` })
      for (const { window } of [alice, bob]) window.forgive(/request failed|response 401|CORS|\/token/)
      issuer().down = true
      await refused(alice)
      const counts = [alice, bob].map(({ address }) => issuer().given(address) + 1)
      issuer().down = false
      await Promise.all([alice, bob].map(({ address }, at) => issuer().gives(address, counts[at] ?? 0)))
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
    })
  })
}

/** Resolves when the gateway takes the token of this person no more, and there is no other. */
async function refused({ window }: Person): Promise<void> {
  await window.until('the gateway takes the token no more', async () => {
    const phone = document.querySelector('att-phone')?.phone
    return phone?.associateE911Id({ e911Id: 'home' }).then(
      () => false,
      () => true,
    )
  })
}

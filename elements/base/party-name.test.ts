import { callSnapshot, expect, newPhone } from '../testing/phones.ts'
import type { Party } from '../../src/phone/snapshot.ts'
import { en } from '../locales/en.ts'
import type { Messages } from '../locales/locale-table.ts'
import { callFacts, initials, partyName } from './party-name.ts'

describe('partyName', () => {
  const names: readonly (readonly [string, string | undefined, string])[] = [
    ['bob@example.com', 'Bob Kimura', 'Bob Kimura'],
    ['bob@example.com', '  ', 'bob'],
    ['bob@example.com', undefined, 'bob'],
    ['+18005550199', undefined, '1 (800) 555-0199'],
    ['+18005550199', '+18005550199', '1 (800) 555-0199'],
    ['4711', undefined, '4711'],
    ['', undefined, 'Unknown caller'],
  ]
  for (const [address, displayName, name] of names) {
    it(`calls ${address || 'nobody'} (${displayName ?? 'no name'}) ${name}`, () => {
      const party = { address, uri: '', ...(displayName !== undefined && { displayName }) }
      expect(partyName(newPhone(), party, 'Unknown caller')).to.equal(name)
    })
  }
})

describe('initials', () => {
  const table = {
    'Bob Kimura': 'BK',
    alice: 'A',
    'Carol M. Díaz': 'CD',
    '1 (800) 555-0199': '',
    'يوسف الحداد': 'يا',
    '𝒜da': '𝒜',
  }
  for (const [name, letters] of Object.entries(table)) {
    it(`of ${name} are ${letters || 'none'}`, () => expect(initials(name)).to.equal(letters))
  }
})

describe('callFacts', () => {
  const bob = { address: 'bob@example.com', uri: 'sip:bob@example.com' }
  const carol = { address: 'carol@example.com', uri: 'sip:carol@example.com' }
  const table: readonly (readonly [string, Partial<Party>, string | null])[] = [
    ['nothing of a party that nobody vouches for', {}, null],
    ['that the exchange vouches for who calls', { vouchedBy: 'exchange' }, 'Confirmed by your exchange'],
    [
      'the check of the number, which is the stronger word',
      { vouchedBy: 'exchange', verified: 'passed' },
      'Number verified',
    ],
    [
      'never that a number is confirmed that is not genuine',
      { vouchedBy: 'exchange', verified: 'failed' },
      'Number not genuine',
    ],
    [
      'the exchange where the number was not checked',
      { vouchedBy: 'exchange', verified: 'none' },
      'Confirmed by your exchange',
    ],
    ['nothing of a number that was not checked', { verified: 'none' }, null],
  ]
  for (const [what, party, facts] of table)
    it(`tells ${what}`, () => {
      const call = callSnapshot({ direction: 'incoming', remote: { ...bob, ...party } })
      expect(callFacts(newPhone(), call, en as Messages)).to.equal(facts)
    })

  it('tells who vouches for the caller, and for whom the call is', () => {
    const remote = { ...bob, vouchedBy: 'exchange' } as const
    const call = callSnapshot({ direction: 'incoming', remote, forwardedFor: carol })
    expect(callFacts(newPhone(), call, en as Messages)).to.equal('Confirmed by your exchange · for carol')
  })
})

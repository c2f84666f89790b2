import { expect, newPhone } from '../testing/phones.ts'
import { initials, partyName } from './party-name.ts'

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

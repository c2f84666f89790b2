import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Grammar } from 'jssip'
import { isReadable } from './parsed-once.ts'

const parse = (text: string, rule: string): unknown => Grammar.parse(text, rule)
const alice = '<sip:alice@example.com>;tag=1'

// docs/decisions/a-room-before-jssip.md
describe('a field that is parsed for JsSIP', () => {
  it('is handed over once, since JsSIP changes what it gets', () => {
    assert.equal(isReadable(alice, 'From'), true)
    assert.equal(isReadable(alice, 'From'), true)
    const [first, second] = [parse(alice, 'From'), parse(alice, 'From')]
    assert.notEqual(first, second)
    assert.deepEqual(first, second)
  })

  it('is found by JsSIP, which asks by the same object', () => {
    const one = '1 INVITE'
    assert.equal(isReadable(one, 'CSeq'), true)
    const handed = parse(one, 'CSeq') as { value: number }
    handed.value = 7
    assert.equal((parse(one, 'CSeq') as { value: number }).value, 1)
  })

  it('is read by the rule it is asked for', () => {
    assert.equal(isReadable('a1', 'Call_ID'), true)
    assert.equal(parse('a1', 'CSeq'), -1)
  })

  it('is not kept where it cannot be read', () => {
    assert.equal(isReadable('tel:+15551230100', 'From'), false)
    assert.equal(parse('tel:+15551230100', 'From'), -1)
  })

  it('is none where the grammar fails over it', () => {
    assert.equal(isReadable('*', 'Contact'), false)
  })

  it('gives way to later ones', () => {
    for (let number = 0; number < 200; number++) assert.equal(isReadable(`${String(number)} INVITE`, 'CSeq'), true)
    assert.equal((parse('1 INVITE', 'CSeq') as { value: number }).value, 1)
  })
})

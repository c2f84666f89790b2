import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { plainName } from './plain-name.ts'

describe('a display name', () => {
  it('is one line without what turns or hides text', () => {
    assert.equal(plainName('  Ann\r\nFrom:\u202E evil\u0000 '), 'Ann From: evil')
    assert.equal(plainName('x'.repeat(500))?.length, 80)
    assert.equal(plainName('😀'.repeat(500)), '😀'.repeat(80))
  })

  it('keeps what scripts need: joiners, accents, words read from the right', () => {
    for (const name of ['می\u200cخواهم', 'Zoë Müller', 'يوسف الحداد', '👩\u200d🚒']) assert.equal(plainName(name), name)
  })

  it('is none where nothing is left of it', () => {
    for (const name of [undefined, null, '', '  ', '\u202E\u0007']) assert.equal(plainName(name), undefined)
  })
})

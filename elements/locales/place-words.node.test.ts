import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { allErrorTexts } from '../../src/phone/error-catalogue.ts'
import { codeOfCause } from '../../src/phone/place-errors.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { ja } from './ja.ts'
import { pt } from './pt.ts'
import { zh } from './zh.ts'

/** What an author has to write, the same in every language. */
const written = /allow="[^"]+"|allow-same-origin|connect-src|turns:|transport=tcp|wss:|https:/g

describe('what a place keeps back', () => {
  const english = new Map(allErrorTexts().map((text) => [text.code, text]))

  for (const locale of [ar, de, es, fr, he, ja, pt, zh]) {
    for (const [cause, code] of Object.entries(codeOfCause)) {
      it(`is told in ${locale.language} with its remedy: ${cause}`, () => {
        const [what = '', remedy = ''] = locale.errors?.[code] ?? []
        assert(what.length > 3 && remedy.length > 3, code)
        const resolution = english.get(code)?.resolution ?? ''
        // Denied by the person: short words that are older than the catalogue's.
        const parts = code < '0022' ? [] : (resolution.match(written) ?? [])
        for (const part of parts) assert(remedy.includes(part), `${code} in ${locale.language}: ${part}`)
      })
    }
  }

  it('has a row each in docs/where-it-runs.md', () => {
    const page = readFileSync(new URL('../../docs/where-it-runs.md', import.meta.url), 'utf8')
    for (const code of Object.values(codeOfCause)) assert.match(page, new RegExp(`^\\| ${code} +\\|`, 'm'), code)
  })
})

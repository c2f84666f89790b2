import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { networkError } from '../../src/phone/network-error.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { refusal } from '../../src/signaling/sip/sip-reason.ts'
import { ar } from '../locales/ar.ts'
import { de } from '../locales/de.ts'
import { en } from '../locales/en.ts'
import { es } from '../locales/es.ts'
import { fr } from '../locales/fr.ts'
import { he } from '../locales/he.ts'
import { ja } from '../locales/ja.ts'
import type { Messages } from '../locales/locale-table.ts'
import { pt } from '../locales/pt.ts'
import { zh } from '../locales/zh.ts'
import { errorWords } from './error-words.ts'

const snapshot = { devices: { microphone: 'granted', camera: 'granted' } } as PhoneSnapshot

const words = async (status: number, locale: object, retryAfter?: number): Promise<readonly string[]> =>
  errorWords(
    await networkError(refusal(status, 'Their Words', 'INVITE', retryAfter), 'call'),
    snapshot,
    locale as Messages,
  )

describe('the words of a call that an exchange refuses', () => {
  for (const locale of [ar, de, en, es, fr, he, ja, pt, zh]) {
    const again = new Set([locale.failed?.[1]])
    it(`for good do not say in ${locale.language} to try again, and differ`, async () => {
      const said = new Set<string>()
      for (const status of [302, 403, 404, 410, 433, 484, 488, 420]) {
        const [what = '', remedy = ''] = await words(status, locale)
        assert.ok(what.length > 3 && remedy.length > 2)
        assert.ok(!again.has(remedy) && !/Their|again/.test(what + remedy), remedy)
        said.add(what)
      }
      assert.equal(said.size, 8)
      for (const [one, other] of [
        [604, 404],
        [606, 488],
        [501, 420],
        [555, 420],
      ] as const)
        assert.deepEqual(await words(one, locale), await words(other, locale))
    })

    it(`for a while say in ${locale.language} when to try again`, async () => {
      for (const status of [503, 500, 480]) {
        assert.match((await words(status, locale, 20)).join(), /20|٢٠/)
        assert.match((await words(status, locale, 600)).join(), /10|١٠/)
      }
    })
  }
})

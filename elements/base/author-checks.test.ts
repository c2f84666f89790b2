/* eslint-disable no-console -- what the author of a page is told there is what these tests are about */
import '../define/att-phone.ts'
import '../define/att-mute-button.ts'
import '../define/att-call-button.ts'
import { en } from '../locales/en.ts'
import { furtherEnglish } from '../locales/further-english.ts'
import { registerLocale } from '../locales/locale-table.ts'
import { missingTexts } from '../locales/missing-texts.ts'
import { Phone } from '../../src/phone/phone.ts'
import { expect, newUser } from '../testing/phones.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'

/** Puts markup into the page and gives the first warning that `kind` names. */
async function warning(kind: string, markup: string, prepare?: (element: AttPhone) => void): Promise<string> {
  const { warn } = console
  const box = document.createElement('div')
  try {
    return await new Promise((resolve) => {
      console.warn = (line: unknown) => String(line).endsWith(`console.md#${kind}`) && resolve(String(line))
      box.innerHTML = markup
      const element = box.querySelector('att-phone')
      if (element) prepare?.(element)
      document.body.append(box)
    })
  } finally {
    console.warn = warn
    box.remove()
    await Phone.getPhone().dispose()
  }
}

describe('The console tells the author', () => {
  const server = (): string => `https://${newUser()}.invalid`
  const table: readonly (readonly [string, string, string, RegExp])[] = [
    ['an unknown tag', 'unknown-tag', '<att-phone manual></att-phone><att-fone></att-fone>', /<att-fone>/],
    ['no scheme in server', 'server-address', '<att-phone manual server="pbx.example"></att-phone>', /"pbx\.example"/],
    ['another scheme in server', 'server-address', '<att-phone manual server="sip:pbx.example"></att-phone>', /https:/],
    ['a secret in an attribute', 'secret-attribute', '<att-phone manual token="abc123"></att-phone>', /token="…"/],
    ['wss: without user-id', 'no-user-id', '<att-phone manual server="wss://pbx.example"></att-phone>', /user-id/],
    ['a user-id that is none', 'bad-user-id', '<att-phone manual user-id="a b@c"></att-phone>', /"a b@c"/],
    ['an unknown value', 'attribute-value', '<att-phone manual media-type="film"></att-phone>', /audio, video/],
    [
      'an unknown value of a button',
      'attribute-value',
      '<att-call-button to="1" media-type="x"></att-call-button>',
      /x/,
    ],
    ['a `for` that names nothing', 'for-nothing', '<att-mute-button for="nowhere"></att-mute-button>', /"nowhere"/],
    ['a server without credentials', 'no-credentials', `<att-phone server="${server()}"></att-phone>`, /credentials/],
  ]
  for (const [what, kind, markup, words] of table) {
    it(`of ${what}`, async () => {
      const line = await warning(kind, markup)
      expect(line).to.match(/^att-phone: /)
      expect(line).to.match(words)
      expect(line).not.to.contain('abc123')
    })
  }

  const given: readonly (readonly [string, string, () => never])[] = [
    ['nothing', 'empty-credentials', () => undefined as never],
    ['text', 'empty-credentials', () => 'my-secret' as never],
    ['an object without a secret', 'empty-credentials', () => ({ Token: 'my-secret' }) as never],
    ['a promise of null', 'empty-credentials', () => Promise.resolve(null) as never],
    [
      'an error',
      'credentials-failed',
      () => {
        throw new Error('the session of the page is over')
      },
    ],
  ]
  for (const [what, kind, credentials] of given) {
    it(`of credentials that give ${what}`, async () => {
      const markup = `<att-phone server="${server()}" user-id="alice"></att-phone>`
      const line = await warning(kind, markup, (element) => (element.credentials = credentials))
      expect(line).to.match(/credentials/)
      expect(line).not.to.contain('my-secret')
    })
  }
})

describe('A locale of the page', () => {
  /** All that is told until `language` gets these texts and something is told of them. */
  async function told(language: string, texts: Parameters<typeof registerLocale>[1]): Promise<string[]> {
    const { warn } = console
    const lines: string[] = []
    try {
      await new Promise<void>((resolve) => {
        console.warn = (line: unknown) => {
          lines.push(String(line))
          if (String(line).includes(` ${language} (`)) resolve()
        }
        registerLocale(language, texts)
      })
    } finally {
      console.warn = warn
    }
    return lines
  }

  it('is told what it lacks, a line of a table by its path', async () => {
    const [line] = await told('fy', { mute: 'Dôvje', ended: { ...en.ended, busy: undefined as never } })
    expect(line).to.match(/^att-phone: .* fy \(\d+\): .*\bended\.busy\b.*\bhold\b.*console\.md#missing-texts$/)
    expect(line).not.to.match(/\bmute\b|\bended\.hangup\b/)
  })

  it('is told of nothing when it has all, or is English', async () => {
    expect(missingTexts({ ...en, ...furtherEnglish })).to.be.empty
    // What comes later comes after what these would have said.
    registerLocale('en-NZ', { mute: 'Hush' })
    registerLocale('gd', { ...en, ...furtherEnglish })
    const lines = await told('ga', {})
    expect(lines.filter((line) => /en-NZ|\bgd\b/.test(line))).to.be.empty
  })
})

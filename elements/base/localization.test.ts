import '../define/att-phone.ts'
import { buttonOf, expect, fixture, forcedPhone, html, textOf } from '../testing/phones.ts'
import { registerLocale } from '../locales/locale-table.ts'
import type { AttMuteButton } from '../att-mute-button/att-mute-button.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'
import type { TemplateResult } from 'lit'

/** Resolves when what a person reads in `element` is as asked. */
async function reads(element: HTMLElement & { updateComplete: Promise<boolean> }, text: string): Promise<void> {
  while (!textOf(element).includes(text)) {
    // A page that is not painted has no frames.
    await new Promise((resolve) => setTimeout(resolve))
    await element.updateComplete
  }
}

async function muteButton(place: TemplateResult): Promise<AttMuteButton> {
  const found = (await fixture<HTMLElement>(place)).querySelector('att-mute-button')
  if (!found) throw new Error('There is no button in the fixture')
  await found.updateComplete
  return found
}

const directionOf = (element: HTMLElement): string => getComputedStyle(buttonOf(element)).direction

describe('The language of a tag', () => {
  const words: Readonly<Record<string, string>> = {
    en: 'Mute',
    es: 'Silenciar',
    fr: 'Couper le micro',
    de: 'Stumm schalten',
    pt: 'Silenciar',
    ar: 'كتم',
    he: 'השתקה',
    zh: '静音',
    ja: 'ミュート',
    'pt-BR': 'Silenciar',
    'zh-Hant-TW': '静音',
    DE: 'Stumm schalten',
    'nl-BE': 'Mute',
    'no language': 'Mute',
    '': 'Mute',
  }
  for (const [lang, word] of Object.entries(words)) {
    it(`is that of lang="${lang}": ${word}`, async () => {
      const button = await muteButton(html`<div lang=${lang}><att-mute-button></att-mute-button></div>`)
      await reads(button, word)
    })
  }

  it('is English until the other language is loaded, so that nothing is empty', async () => {
    registerLocale('sr', {})
    const button = await muteButton(html`<div lang="sr"><att-mute-button></att-mute-button></div>`)
    expect(textOf(button)).to.equal('Mute')
  })

  it('is that of the nearest lang', async () => {
    const button = await muteButton(
      html`<div lang="de">
        <p lang="fr"><att-mute-button></att-mute-button></p>
      </div>`,
    )
    await reads(button, 'Couper le micro')
  })

  it('is that of a page around the shadow root it is in', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="es"><div></div></div>`)
    const root = page.firstElementChild?.attachShadow({ mode: 'open' })
    const button = document.createElement('att-mute-button')
    root?.append(button)
    await reads(button, 'Silenciar')
  })

  it('follows a lang that changes', async () => {
    const button = await muteButton(html`<div lang="de"><att-mute-button></att-mute-button></div>`)
    await reads(button, 'Stumm')
    button.parentElement?.setAttribute('lang', 'ja')
    await reads(button, 'ミュート')
  })

  it('follows a lang that changes outside the shadow root it is in', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="es"><div></div></div>`)
    const button = document.createElement('att-mute-button')
    page.firstElementChild?.attachShadow({ mode: 'open' }).append(button)
    await reads(button, 'Silenciar')
    page.lang = 'de'
    await reads(button, 'Stumm')
  })

  it('follows a tag that is moved', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <p lang="de"></p>
        <p lang="fr"></p>
      </div>`,
    )
    const [german, french] = page.children
    const button = document.createElement('att-mute-button')
    german?.append(button)
    await reads(button, 'Stumm')
    french?.append(button)
    await reads(button, 'Couper le micro')
  })

  it('reaches the tags of a whole phone', async () => {
    const phone = forcedPhone()
    const element = await fixture<AttPhone>(html`<att-phone lang="fr" manual .phone=${phone}></att-phone>`)
    await reads(element, 'Prêt')
    const button = element.shadowRoot?.querySelector('att-dial-button:not([quiet])')
    if (!button) throw new Error('The phone has no button to dial')
    await reads(button as HTMLElement & { updateComplete: Promise<boolean> }, 'Appeler')
  })

  it('may be one that the page adds', async () => {
    const button = await muteButton(html`<div lang="nl-NL"><att-mute-button></att-mute-button></div>`)
    registerLocale('nl', { mute: 'Dempen' })
    await reads(button, 'Dempen')
  })

  it('may be one that the page has better words for', async () => {
    registerLocale('de-AT', { mute: 'Leise' })
    const button = await muteButton(html`<div lang="de-AT"><att-mute-button></att-mute-button></div>`)
    await reads(button, 'Leise')
  })

  it('is English where the page has left a text out', async () => {
    registerLocale('da', { mute: 'Slå lyden fra' })
    const button = await muteButton(html`<div lang="da"><att-mute-button></att-mute-button></div>`)
    expect(buttonOf(button).title).to.equal('There is no call')
  })

  it('is refused when it is none, and nothing changes', () => {
    expect(() => registerLocale('not a language', {})).to.throw(RangeError)
  })

  it('is told to assistive technology where it is not the page’s', async () => {
    const button = await muteButton(html`<div lang="fi"><att-mute-button></att-mute-button></div>`)
    expect(button.shadowRoot?.querySelector('.root')?.getAttribute('lang')).to.equal('en')
  })

  it('is not told where it is the page’s', async () => {
    const button = await muteButton(html`<div lang="en-GB"><att-mute-button></att-mute-button></div>`)
    expect(button.shadowRoot?.querySelector('.root')?.hasAttribute('lang')).to.equal(false)
  })

  it('gives numbers and times the region of the page', async () => {
    const button = await muteButton(html`<div lang="de-CH"><att-mute-button></att-mute-button></div>`)
    await reads(button, 'Stumm')
    expect(button.locale).to.equal('de-CH')
  })
})

describe('The direction of a tag', () => {
  it('is from the right in a language that is read so, without a dir', async () => {
    const button = await muteButton(html`<div lang="ar"><att-mute-button></att-mute-button></div>`)
    await reads(button, 'كتم')
    expect(directionOf(button)).to.equal('rtl')
  })

  it('is that of the nearest dir, no matter what the language is', async () => {
    const button = await muteButton(html`<div lang="he" dir="ltr"><att-mute-button></att-mute-button></div>`)
    await reads(button, 'השתקה')
    expect(directionOf(button)).to.equal('ltr')
  })

  it('follows a dir that changes', async () => {
    const button = await muteButton(html`<div><att-mute-button></att-mute-button></div>`)
    button.parentElement?.setAttribute('dir', 'rtl')
    await Promise.resolve()
    await button.updateComplete
    expect(directionOf(button)).to.equal('rtl')
  })

  it('stays while the page’s own style sheet says something else', async () => {
    const button = await muteButton(
      html`<div dir="rtl">
        <style>
          att-mute-button {
            direction: ltr !important;
          }
        </style>
        <att-mute-button></att-mute-button>
      </div>`,
    )
    expect(directionOf(button)).to.equal('rtl')
  })

  it('is the page’s where no dir says anything', async () => {
    const button = await muteButton(
      html`<div>
        <style>
          att-mute-button {
            direction: rtl;
          }
        </style>
        <att-mute-button></att-mute-button>
      </div>`,
    )
    expect(directionOf(button)).to.equal('rtl')
  })
})

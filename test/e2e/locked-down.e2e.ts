import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../scripts/project.ts'
import { browserNames, useBrowser, useServer, type BrowserWindow } from './harness.ts'
import { rings, signedIn, Site, type PageText } from './harness/site.ts'

/** The policy that the README promises to be enough. */
const policy = /`(default-src 'none'[^`]*)`/.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))?.[1] ?? ''

/** All that makes text and boxes look otherwise, as a page that wants to win writes it. */
const hostileRules = `*, *::before, *::after {
  margin: 7px !important; padding: 9px !important; border: 3px dotted red !important; box-sizing: content-box !important;
  color: red !important; background: yellow !important; font: italic 900 9px/3 cursive !important;
  letter-spacing: 1em !important; word-spacing: 2em !important; text-transform: uppercase !important;
  text-align: right !important; text-indent: 4em !important; text-shadow: 0 0 9px blue !important;
  white-space: pre !important; text-decoration: line-through !important; word-break: break-all !important;
  float: left !important; opacity: .99 !important; list-style: square !important; quotes: none !important;
  border-collapse: collapse !important; border-spacing: 8px !important; tab-size: 1 !important; zoom: 1 !important;
}
div, p, h2, span, button, input, section, header, slot, svg, path { display: inline !important; width: 3px !important }`

/** What a person sees of the text and the boxes in a tag: computed values of each element of its tree. */
function looks(): readonly string[] {
  const names = [
    'box-sizing color background-color font-style font-weight font-size line-height letter-spacing word-spacing',
    'text-transform text-align text-indent text-shadow white-space word-break float display list-style-type',
    'margin-top padding-top border-top-width',
  ].flatMap((line) => line.split(' '))
  const phone = document.querySelector('att-phone')
  return [
    ...(phone?.shadowRoot?.querySelectorAll('.root, .root :not(att-call-view, att-dialpad, att-dial-button)') ?? []),
  ]
    .filter((element) => !(element instanceof SVGElement))
    .map((element) => {
      const style = getComputedStyle(element)
      return `${element.className}: ${names.map((name) => `${name} ${style.getPropertyValue(name)}`).join('; ')}`
    })
}

describe('on a page that makes it hard', () => {
  const site = new Site()
  const server = useServer({ serve: site.serve })
  const recorder = site.file(
    'violations.js',
    `globalThis.violations = []
     document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
       if (!blockedURI.endsWith('/favicon.ico')) violations.push([violatedDirective, blockedURI, sample].join(' '))
     })`,
  )
  const record = `<script src="${recorder}"></script>`
  const whole = '<script type="module" src="/cdn/att-phone.js"></script>'
  const violations = (window: BrowserWindow): Promise<readonly string[]> =>
    window.evaluate(() => (globalThis as unknown as { violations: readonly string[] }).violations)

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      const openWindow = useBrowser(browser)
      const open = async (page: PageText): Promise<BrowserWindow> => {
        const window = await openWindow(new URL(site.page(page), server().url).href)
        // A browser asks for it by itself, and the policy forbids pictures.
        window.forgive(/favicon\.ico/)
        return window
      }

      describe('under the policy that the README names', () => {
        it('calls with sound and picture', async () => {
          const window = await open({ policy, head: record + whole, body: '<att-phone></att-phone>' })
          await signedIn(window)
          await window.evaluate(() => {
            void document.querySelector('att-phone')?.phone?.dial({ destination: 'echo', mediaType: 'video' })
          })
          await window.until('the picture', () => {
            const view = document.querySelector('att-phone')?.shadowRoot?.querySelector('att-call-view')
            return (view?.shadowRoot?.querySelector('video')?.videoWidth ?? 0) > 0
          })
          assert.deepEqual(await violations(window), [])
        })

        it('loads languages and further tags', async () => {
          const window = await open({
            policy,
            lang: 'de',
            head: `${record}<script type="module" src="/cdn/autoloader.js"></script>`,
            body: '<att-phone></att-phone><att-call-list></att-call-list>',
          })
          await rings(window, 'att-call-list')
          await window.until('the German words', () =>
            document.querySelector('att-phone')?.shadowRoot?.textContent.includes('Ihre Nummer'),
          )
          assert.deepEqual(await violations(window), [])
        })

        it('is kept to it: markup made of text is refused', async () => {
          const window = await open({ policy, head: record })
          window.forgive(/TrustedHTML|trusted/i)
          const refused = await window.evaluate(() => {
            if (!('trustedTypes' in globalThis)) return 'no Trusted Types'
            try {
              document.body.innerHTML = '<b>text</b>'
              return 'taken'
            } catch {
              return 'refused'
            }
          })
          assert.notEqual(refused, 'taken')
        })

        it('stands two copies when the policy allows two of a name', async () => {
          const copy = site.copyOfBundles('trusted-copy')
          const window = await open({
            policy: `${policy} 'allow-duplicates'`,
            head: `${record}${whole}<script type="module" src="${copy}att-phone.js"></script>`,
            body: '<att-phone></att-phone>',
          })
          await rings(window)
          assert.deepEqual(await violations(window), [])
        })
      })

      it('calls with no more than its own scripts allowed', async () => {
        const strict = "default-src 'none'; script-src 'self'"
        const window = await open({ policy: strict, head: record + whole, body: '<att-phone></att-phone>' })
        await rings(window)
        assert.deepEqual(await violations(window), [])
      })

      it('looks the same beside style sheets that want everything otherwise', async () => {
        const look = async (style: string): Promise<readonly string[]> => {
          const head = `${style}<style>html { width: 400px }</style>${whole}`
          const window = await open({ head, body: '<att-phone manual></att-phone>' })
          await window.until('the phone is drawn', () =>
            Boolean(document.querySelector('att-phone')?.shadowRoot?.querySelector('.root')),
          )
          return window.evaluate(looks)
        }
        const calm = await look('')
        assert(calm.length > 5)
        assert.deepEqual(await look(`<style>${hostileRules}</style>`), calm)
      })
    })
  }
})

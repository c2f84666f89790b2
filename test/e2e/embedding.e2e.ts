import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { version } from '../../src/base/version.ts'
import { browserNames, useBrowser, useServer, type BrowserWindow } from './harness.ts'
import { published, rings, scriptsOf, signedIn, Site } from './harness/site.ts'

const module = (src: string, more = ''): string => `<script type="module" src="${src}" ${more}></script>`
const inline = (code: string): string => `<script type="module">${code}</script>`
const whole = module('/cdn/att-phone.js')

/** The import map of the build, for pages that do not lie in its folder. */
function importMap(change: (hash: string, file: string) => string = (hash) => hash): string {
  const { imports, integrity } = published('import-map.json')
  const at = (file: string): string => file.replace('./', '/cdn/')
  const map = {
    imports: Object.fromEntries(Object.entries(imports).map(([name, file]) => [name, at(file)])),
    integrity: Object.fromEntries(Object.entries(integrity).map(([file, hash]) => [at(file), change(hash, file)])),
  }
  return `<script type="importmap">${JSON.stringify(map)}</script>`
}

const isDefined = (window: BrowserWindow, tag: string): Promise<boolean> =>
  window.evaluate((name) => customElements.get(name) !== undefined, tag)

describe('on a page of any kind', () => {
  const site = new Site()
  const server = useServer({ serve: site.serve })
  const at = (path: string): string => new URL(path, server().url).href

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      const openWindow = useBrowser(browser)
      const open = (page: Parameters<Site['page']>[0]): Promise<BrowserWindow> => openWindow(at(site.page(page)))

      describe('the loader', () => {
        const loader = module('/cdn/autoloader.js')

        it('brings the tags that the page holds, and they call', async () => {
          const window = await open({
            head: loader,
            body: '<att-phone><att-hangup-button></att-hangup-button></att-phone>',
          })
          await rings(window, 'att-hangup-button')
        })

        it('leaves the others where they are', async () => {
          const window = await open({ head: loader, body: '<att-mute-button></att-mute-button>' })
          await window.until('the button is there', () => customElements.get('att-mute-button') !== undefined)
          const scripts = await scriptsOf(window)
          assert.deepEqual(
            scripts.filter((file) => /^att-(?!mute-button|base)/.test(file)),
            [],
          )
        })

        it('brings a tag that comes later', async () => {
          const window = await open({ head: loader })
          await window.evaluate(() => {
            document.body.innerHTML = '<main><att-phone></att-phone></main>'
          })
          await rings(window)
        })

        it('says when all tags are there, and waits for none that cannot come', async () => {
          const window = await open({ body: '<att-mute-button></att-mute-button><att-nothing></att-nothing>' })
          const done = await window.evaluate(async () => {
            const loader = '/cdn/autoloader.js'
            const { allDefined } = (await import(loader)) as { allDefined: () => Promise<void> }
            await allDefined()
            return customElements.get('att-mute-button') !== undefined
          })
          assert.equal(done, true)
        })
      })

      describe('the whole phone', () => {
        it('fetches a further tag when the page holds it', async () => {
          const window = await open({ head: whole, body: '<att-phone></att-phone><att-call-list></att-call-list>' })
          await window.until('the list is there', () => customElements.get('att-call-list') !== undefined)
          await rings(window, 'att-call-list')
        })

        it('has no further tag fetched that the page does not hold', async () => {
          const window = await open({ head: whole, body: '<att-phone></att-phone>' })
          await signedIn(window)
          // Recents and settings of the whole phone, once somebody is signed in.
          const ofPhone = /^att-(?:phone|call-history|device-picker|quality)[-.]/
          const ofTags = (await scriptsOf(window)).filter((file) => file.startsWith('att-'))
          assert.ok(ofTags.includes('att-phone.js'))
          assert.deepEqual(
            ofTags.filter((file) => !ofPhone.test(file)),
            [],
          )
        })
      })

      describe('the file of a single tag', () => {
        for (const tag of ['att-dialpad', 'att-transfer', 'att-call-list']) {
          it(`${tag}.js registers <${tag}>`, async () => {
            const window = await open({ head: module(`/cdn/${tag}.js`) })
            assert.equal(await isDefined(window, tag), true)
          })
        }
      })

      describe('with hashes', () => {
        const { files } = published('integrity.json')
        const hash = files['att-phone.js'] ?? ''

        it('runs a script that is what the build published', async () => {
          const window = await open({ head: module('/cdn/att-phone.js', `integrity="${hash}"`) })
          assert.equal(await isDefined(window, 'att-phone'), true)
        })

        it('does not run one that is something else', async () => {
          const other = files['autoloader.js'] ?? ''
          const page = site.page({ head: module('/cdn/att-phone.js', `integrity="${other}"`) })
          const window = await openWindow(at(page))
          window.forgive(/integrity|digest|att-phone\.js/i)
          assert.equal(await isDefined(window, 'att-phone'), false)
        })

        it('takes the names of the package from the import map', async () => {
          const window = await open({
            head: `${importMap()}${inline("import 'att-phone'")}`,
            body: '<att-phone></att-phone>',
          })
          await rings(window)
        })

        it('does not load a part later that is not what the build published', async () => {
          const part = Object.keys(files).find((file) => file.startsWith('de-')) ?? ''
          const wrong = (hash: string, file: string): string => (file.endsWith(part) ? (files['att.js'] ?? '') : hash)
          const window = await open({ head: importMap(wrong) })
          window.forgive(/integrity|digest|\/de-/i)
          const refused = await window.evaluate(
            (file) =>
              import(file).then(
                () => false,
                () => true,
              ),
            `/cdn/${part}`,
          )
          assert.equal(refused, true)
        })

        it('is found under its version', async () => {
          const window = await open({ head: module(`/cdn/${version}/att-phone.js`), body: '<att-phone></att-phone>' })
          await rings(window)
        })
      })

      describe('beside itself', () => {
        it('shares one phone between two copies', async () => {
          const copy = site.copyOfBundles('copy')
          const window = await open({
            head: `${whole}${inline(`import { Phone } from '${copy}att-phone.js'; window.other = Phone.getPhone()`)}`,
            body: '<att-phone></att-phone>',
          })
          await rings(window)
          const same = await window.evaluate(
            () => (window as unknown as { other: unknown }).other === document.querySelector('att-phone')?.phone,
          )
          assert.equal(same, true)
        })

        it('lets a locale of one copy reach the tags of the other', async () => {
          const copy = site.copyOfBundles('locale-copy')
          const add = `import { registerLocale } from '${copy}att-phone.js'; registerLocale('nl', { mute: 'Dempen' })`
          const window = await open({
            lang: 'nl',
            head: `${whole}${inline(add)}`,
            body: '<att-mute-button></att-mute-button>',
          })
          await window.until('the text of the page', () =>
            document.querySelector('att-mute-button')?.shadowRoot?.textContent.includes('Dempen'),
          )
        })

        it('keeps the first of two versions, and says so', async () => {
          const old = site.copyOfBundles('old', '0.0.1')
          const page = site.page({ head: module(`${old}att-phone.js`), body: '<att-phone></att-phone>' })
          const window = await openWindow(at(page))
          const warned = await window.evaluate(async () => {
            const said: unknown[] = []
            console.warn = (text) => said.push(text)
            const second = '/cdn/att-phone.js'
            await import(second)
            return said.join('\n')
          })
          assert.match(warned, new RegExp(`0\\.0\\.1; ${version.replaceAll('.', '\\.')} is not used`))
          await rings(window)
        })
      })

      describe('whenever it comes', () => {
        const body = '<att-mute-button></att-mute-button><att-phone></att-phone>'

        it('works when the script comes long after the tags', async () => {
          const window = await open({ body })
          await window.page.addScriptTag({ type: 'module', url: at('/cdn/att-phone.js') })
          await rings(window, 'att-mute-button')
        })

        it('works when the tags come after the script, as text', async () => {
          const window = await open({ head: whole })
          await window.evaluate((markup) => {
            document.body.innerHTML = markup
          }, body)
          await rings(window, 'att-mute-button')
        })

        it('goes on with a call when its tag is moved', async () => {
          const window = await open({ head: whole, body: `${body}<aside></aside>` })
          await rings(window)
          await window.evaluate(() =>
            document.querySelector('aside')?.append(...document.querySelectorAll('att-phone')),
          )
          assert.equal(
            await window.evaluate(() => document.querySelector('att-phone')?.phone?.snapshot.calls[0]?.progress),
            'ringing',
          )
        })

        it('shows the same call in a clone of a control', async () => {
          const window = await open({ head: whole, body })
          await rings(window, 'att-mute-button')
          await window.evaluate(() => {
            const clone = document.querySelector('att-mute-button')?.cloneNode(true) as HTMLElement
            clone.removeAttribute('state')
            document.querySelector('att-mute-button')?.replaceWith(clone)
          })
          await window.until(
            'the clone rings',
            () => document.querySelector('att-mute-button')?.getAttribute('state') === 'ringing',
          )
        })
      })

      describe('before its script is there', () => {
        const head = '<link rel="stylesheet" href="/cdn/att-phone.css">'

        it('shows nothing of what is in it, and then all of it', async () => {
          const window = await open({ head, body: '<att-phone><p id="inside">Inside</p></att-phone>' })
          const visible = (): Promise<boolean> =>
            window.evaluate(
              () => document.querySelector('#inside')?.checkVisibility({ visibilityProperty: true }) ?? false,
            )
          const before = await visible()
          await window.page.addScriptTag({ type: 'module', url: at('/cdn/att-phone.js') })
          await signedIn(window)
          assert.deepEqual([before, await visible()], [false, true])
        })

        it('has the height that it will have', async () => {
          const window = await open({ head, body: '<att-phone></att-phone><p id="below">Below</p>' })
          const top = (): Promise<number> =>
            window.evaluate(() => document.querySelector('#below')?.getBoundingClientRect().top ?? 0)
          const before = await top()
          await window.page.addScriptTag({ type: 'module', url: at('/cdn/att-phone.js') })
          await signedIn(window)
          assert.equal(await top(), before)
        })

        it('shows what the page wrote when the script never comes', async () => {
          const window = await open({ head, body: '<att-call-button to="echo">Call us</att-call-button>' })
          await window.until('the text is shown', () =>
            document.querySelector('att-call-button')?.checkVisibility({ visibilityProperty: true }),
          )
        })
      })

      for (const [folder, release] of [
        ['/jquery-1/', '1.12'],
        ['/jquery/', '3.7'],
      ] as const) {
        it(`is heard and commanded by jQuery ${release}`, async () => {
          const script = `$(document).on('att-call-connected', 'att-phone', function (event) {
              window.heard = (event.originalEvent || event).detail.to
            })
            $(function () {
              $('att-phone').on('att-session-ready', function () {
                $('att-phone').get(0).phone.dial({ destination: 'echo', mediaType: 'audio' })
              })
            })`
          const window = await open({
            head: `<script src="${folder}jquery.min.js"></script><script>${script}</script>${whole}`,
            body: '<att-phone></att-phone>',
          })
          const to = await window.until('the event', () => (window as unknown as { heard?: string }).heard)
          assert.match(to, /echo/)
        })
      }
    })
  }
})

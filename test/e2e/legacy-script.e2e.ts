import type {} from '../../src/att/global.ts'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { root } from '../../scripts/project.ts'
import { browserNames, useBrowsers, useServer, type BrowserName, type BrowserWindow } from './harness.ts'

describe('the script att.js, where there is no browser', () => {
  const file = path.join(root, 'dist/cdn/att.js')

  /** What a page reads there after the script ran with no more than this. */
  function read(expression: string, globals: object): unknown {
    const context = createContext({ ...globals, DOMException })
    runInContext(readFileSync(file, 'utf8'), context)
    return runInContext(expression, context)
  }

  it('defines ATT in Node', async () => {
    await import(pathToFileURL(file).href)
    assert.equal(typeof ATT.rtc.Phone.getPhone, 'function')
  })

  it('defines ATT in an engine that knows nothing of the web', () => {
    assert.equal(read('typeof ATT.rtc.Phone.getPhone', {}), 'function')
  })

  it('says that calls are not supported in a browser without peer connections', () => {
    const old = { document: {}, navigator: { userAgent: 'Trident/7.0' } }
    assert.equal(read('ATT.browser.hasWebRTC()', old), 'Not Supported')
  })
})

describe('the script att.js on a page', () => {
  const server = useServer()
  const openWindow = useBrowsers()

  /** A page of this folder, or one without any script. */
  const open = (browser: BrowserName, page = 'index'): Promise<BrowserWindow> =>
    openWindow(browser, new URL(`legacy/${page}.html?network=local`, server().url).href)

  /** Runs the script on the page, as a further script tag does. */
  const addScript = async ({ page }: BrowserWindow): Promise<void> => {
    await page.addScriptTag({ url: new URL('cdn/att.js', server().url).href })
  }

  /** Scripts the page has loaded from the folder of the bundles. */
  const loaded = (window: BrowserWindow): Promise<readonly string[]> =>
    window.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((file) => file.startsWith('/cdn/')),
    )

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      it('adds one global and no other', async () => {
        const window = await open(browser)
        const before = await window.evaluate(() => Object.getOwnPropertyNames(globalThis))
        await addScript(window)
        const after = await window.evaluate(() => Object.getOwnPropertyNames(globalThis))
        assert.deepEqual(
          after.filter((name) => !before.includes(name)),
          ['ATT'],
        )
      })

      it('loads nothing else until it is needed', async () => {
        const window = await open(browser, 'sign-in-and-out')
        assert.deepEqual(await loaded(window), ['/cdn/att.js'])
      })

      it('leaves the first ATT in place when it comes twice', async () => {
        const window = await open(browser, 'sign-in-and-out')
        await window.evaluate(() => Object.assign(globalThis, { first: ATT, phone: ATT.rtc.Phone.getPhone() }))
        await addScript(window)
        const same = await window.evaluate(() => {
          const { first, phone } = globalThis as unknown as { first: unknown; phone: unknown }
          return first === ATT && phone === ATT.rtc.Phone.getPhone()
        })
        assert.equal(same, true)
      })

      it('takes the place of an element whose id is ATT', async () => {
        const window = await open(browser)
        await window.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p id="ATT"></p>'))
        await addScript(window)
        assert.equal(await window.evaluate(() => typeof ATT.rtc.getVersion()), 'string')
      })

      for (const [page, version] of [
        ['sign-in-and-out', '1.12.4'],
        ['mute', '3.7.1'],
      ] as const) {
        it(`stands beside jQuery ${version}`, async () => {
          const window = await open(browser, page)
          const versions = await window.evaluate(() => {
            const { $, jQuery } = globalThis as unknown as Record<'$' | 'jQuery', { fn: { jquery: string } }>
            return [$.fn.jquery, jQuery.fn.jquery, typeof ATT.rtc.Phone.getPhone]
          })
          assert.deepEqual(versions, [version, version, 'function'])
        })
      }

      it('brings the tags when it is asked to, and they show the phone of the page', async () => {
        const window = await open(browser, 'tags')
        await window.evaluate(() => {
          document.querySelector<HTMLInputElement>('#user')!.value = 'alice'
          document.querySelector<HTMLButtonElement>('#sign-in button')!.click()
        })
        await window.until('the sign-in', () => ATT.rtc.Phone.getPhone().snapshot.session.state === 'ready')
        await window.evaluate(() => document.querySelector<HTMLButtonElement>('#register')!.click())
        const same = await window.until('the tag', () => {
          const tag = document.querySelector('att-phone')
          return tag?.phone && String(tag.phone.snapshot === ATT.rtc.Phone.getPhone().snapshot)
        })
        assert.equal(same, 'true')
      })

      it('loads the numbers of other countries when one is needed', async () => {
        const window = await open(browser)
        await addScript(window)
        const text = await window.until('the number by the rules of its country', () => {
          const text = ATT.phoneNumber.formatNumber('+442071838750')
          return text === '+44 20 7183 8750' && text
        })
        assert.equal(text, '+44 20 7183 8750')
      })

      it('tells that a SIP exchange cannot be reached as it tells of a gateway', async () => {
        const window = await open(browser)
        window.forgive(/127\.0\.0\.1:9/)
        await addScript(window)
        const told = await window.evaluate(() => {
          ATT.rtc.configure({ server: 'ws://127.0.0.1:9/' })
          const phone = ATT.rtc.Phone.getPhone()
          const unreachable = new Promise<string>((resolve) =>
            phone.on('gateway:unreachable', () => resolve('gateway:unreachable')),
          )
          void phone.login({ userId: 'alice@127.0.0.1', password: 'secret' })
          return unreachable
        })
        assert.equal(told, 'gateway:unreachable')
      })
    })
  }
})

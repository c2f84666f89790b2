import type {} from '../../src/att/global.ts'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../scripts/project.ts'
import type { PhoneEvents } from '../../src/index.ts'
import { browserNames, useBrowsers, useServer, type BrowserName, type BrowserWindow } from './harness.ts'
import { Site } from './harness/site.ts'

describe('the script att.js from another origin', () => {
  const site = new Site()
  const pages = useServer({ serve: site.serve })
  const scripts = useServer()
  const openWindow = useBrowsers()

  /** A page of one origin with the script of another, in a tag as old pages have it. */
  const open = (browser: BrowserName): Promise<BrowserWindow> => {
    const src = new URL('cdn/att.js?v=1', scripts().url).href
    const page = site.page({ head: `<script src="${src}"></script>` })
    return openWindow(browser, new URL(page, pages().url).href)
  }

  /** Names of the files that came from the folder of the script, without the hash of their content. */
  const loaded = (window: BrowserWindow): Promise<readonly string[]> =>
    window.evaluate(
      (folder) =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.startsWith(folder))
          .map(({ name }) => name.slice(folder.length).replace(/(-[\w-]{8})?\.js.*$/, '')),
      new URL('cdn/', scripts().url).href,
    )

  /** Waits until a part has come. */
  const brings = (window: BrowserWindow, part: string): Promise<unknown> =>
    window.until(
      `the part ${part}`,
      (folder, wanted) =>
        performance
          .getEntriesByType('resource')
          .some(({ name }) => name.startsWith(folder) && name.slice(folder.length).startsWith(wanted)),
      new URL('cdn/', scripts().url).href,
      `${part}-`,
    )

  const signIn = (window: BrowserWindow): Promise<void> =>
    window.evaluate(() => ATT.rtc.Phone.getPhone().login({ userId: 'alice' }))

  /** Resolves when the phone of the page has told this event. */
  const hears = (window: BrowserWindow, event: keyof PhoneEvents): Promise<unknown> =>
    window.until(event, (name) => document.body.dataset[name], event.replace(/\W/g, ''))

  const startsHearing = (window: BrowserWindow, event: keyof PhoneEvents): Promise<void> =>
    window.evaluate(
      (name, key) => ATT.rtc.Phone.getPhone().on(name, () => void (document.body.dataset[key] = 'told')),
      event,
      event.replace(/\W/g, ''),
    )

  it('asks for no part by an address that is relative to nothing', () => {
    const script = readFileSync(path.join(root, 'dist/cdn/att.js'), 'utf8')
    const imports = [...script.matchAll(/\bimport\((.)/g)].map(([, first]) => first)
    assert.ok(imports.length > 8)
    assert.deepEqual(
      imports.filter((first) => /['"`]/.test(first ?? '')),
      [],
    )
  })

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      it('loads nothing else until it is needed', async () => {
        const window = await open(browser)
        assert.deepEqual(await loaded(window), ['att'])
      })

      it('brings what follows the devices with an ordinary call', async () => {
        const window = await open(browser)
        await signIn(window)
        await startsHearing(window, 'call:connected')
        await window.evaluate(() => ATT.rtc.Phone.getPhone().dial({ destination: 'echo', mediaType: 'audio' }))
        // Media need a network, which this test may not have.
        window.forgive(/ICE failed/)
        await hears(window, 'call:connected')
        await brings(window, 'att-devices')
      })

      it('brings the methods about devices', async () => {
        const window = await open(browser)
        await signIn(window)
        await window.evaluate(() => ATT.rtc.Phone.getPhone().listDevices())
        await brings(window, 'att-device-methods')
      })

      it('brings conferences, hosted by the page', async () => {
        const window = await open(browser)
        await signIn(window)
        await startsHearing(window, 'media:established')
        await window.evaluate(() => ATT.rtc.Phone.getPhone().startConference({ mediaType: 'audio' }))
        await hears(window, 'media:established')
        await brings(window, 'att-conference')
      })

      it('brings the numbers of other countries', async () => {
        const window = await open(browser)
        const text = await window.until('the number by the rules of its country', () => {
          const text = ATT.phoneNumber.formatNumber('+442071838750')
          return text === '+44 20 7183 8750' && text
        })
        assert.equal(text, '+44 20 7183 8750')
      })

      it('brings what writes the log', async () => {
        const window = await open(browser)
        await window.evaluate(() => {
          ATT.logManager.setGlobalLogLevel('info')
          ATT.logManager.getLogger('page').logInfo('hello')
        })
        await brings(window, 'att-log-record')
      })

      it('brings SIP', async () => {
        const window = await open(browser)
        window.forgive(/127\.0\.0\.1:9/)
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
        await brings(window, 'att-sip')
      })

      it('has every part that it names, those of a media server included', async () => {
        const script = readFileSync(path.join(root, 'dist/cdn/att.js'), 'utf8')
        const parts = [...new Set(script.match(/att-[a-z-]+-[\w-]{8}\.js/g))]
        assert.ok(parts.some((part) => part.startsWith('att-gateway-conference')))
        assert.ok(parts.some((part) => part.startsWith('att-pictures')))
        const window = await open(browser)
        const addresses = parts.map((part) => new URL(`cdn/${part}`, scripts().url).href)
        const exported = await window.evaluate(
          (all) => Promise.all(all.map(async (address) => Object.keys((await import(address)) as object).length)),
          addresses,
        )
        assert.deepEqual(
          parts.filter((_, index) => exported[index] === 0),
          [],
        )
      })

      it('brings the tags', async () => {
        const window = await open(browser)
        await window.evaluate(async () => {
          await ATT.registerTags()
          document.body.innerHTML = '<att-phone manual></att-phone>'
        })
        await window.until('the tag', () => document.querySelector('att-phone')?.shadowRoot?.childElementCount)
      })
    })
  }
})

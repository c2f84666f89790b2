import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowsers, useServer, type BrowserName } from './harness.ts'
import { Person } from './harness/person.ts'

describe('a page with a phone and no server', () => {
  const server = useServer({ serve: ['/e2e/=test/e2e/pages'] })
  const open = useBrowsers()

  /** A tab, beside those that this person has open already. */
  async function tab(browser: BrowserName, beside?: Person, mediaType = 'audio'): Promise<Person> {
    const url = new URL(`/e2e/phone.html?media-type=${mediaType}`, server().url)
    const window = await open(browser, url.href, beside ? { beside: beside.window } : {})
    return Person.withNumber(window)
  }

  async function talk(caller: Person, callee: Person, button = 'Call'): Promise<void> {
    await caller.dial(callee.address, button)
    await callee.press('Answer')
    await Promise.all([caller.seesTheTime(), callee.seesTheTime()])
  }

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      it('has a number of its own in every tab', async () => {
        const one = await tab(browser)
        const other = await tab(browser, one)
        assert.notEqual(one.address, other.address)
      })

      it('keeps its number when it is loaded again', async () => {
        const one = await tab(browser)
        await one.window.page.reload()
        assert.equal((await Person.withNumber(one.window)).address, one.address)
      })

      it('calls another tab, with sound and picture both ways', async () => {
        const one = await tab(browser, undefined, 'video')
        const other = await tab(browser, one, 'video')
        await talk(one, other, 'Video call')
        await Promise.all([one.hearsSound(), other.hearsSound(), one.seesPicture(), other.seesPicture()])
      })

      it('hangs up at the other tab too', async () => {
        const one = await tab(browser)
        const other = await tab(browser, one)
        await talk(one, other)
        await one.press('Hang up')
        await other.sees(`${one.address} hung up`)
      })

      it('ends a call whose other tab is closed', async () => {
        const first = await tab(browser)
        const second = await tab(browser, first)
        const third = await tab(browser, first)
        await talk(second, third)
        await second.window.close()
        await third.sees(`${second.address} hung up`)
      })

      it('keeps a call of two tabs when the tab that runs the exchange is closed', async () => {
        const first = await tab(browser)
        const second = await tab(browser, first)
        const third = await tab(browser, first)
        await talk(second, third)
        await first.window.close()
        await Promise.all([second.hearsSound(), third.hearsSound()])
      })

      it('can end a call of two tabs after the tab that ran the exchange was closed', async () => {
        const first = await tab(browser)
        const second = await tab(browser, first)
        const third = await tab(browser, first)
        await talk(second, third)
        await first.window.close()
        await third.press('Hang up')
        await Promise.all([third.sees('Call ended'), second.sees(`${third.address} hung up`)])
      })

      it('calls on after the tab that ran the exchange was closed', async () => {
        const first = await tab(browser)
        const second = await tab(browser, first)
        const third = await tab(browser, first)
        await first.window.close()
        await talk(second, third)
        await Promise.all([second.hearsSound(), third.hearsSound()])
      })

      it('sends back the sound of everybody who calls echo', async () => {
        const one = await tab(browser)
        await one.dial('echo')
        await one.hearsSound()
      })

      it('sends back the picture of everybody who calls echo', async () => {
        const one = await tab(browser, undefined, 'video')
        await one.dial('echo', 'Video call')
        await one.seesPicture()
      })

      it('has a number that is busy', async () => {
        const one = await tab(browser)
        await one.dial('busy')
        await one.sees('busy is busy')
      })

      it('has a number that declines', async () => {
        const one = await tab(browser)
        await one.dial('reject')
        await one.sees('reject declined')
      })

      it('has a number that rings until the caller gives up', async () => {
        const one = await tab(browser)
        await one.dial('noanswer')
        await one.sees('Ringing…')
        await one.press('Cancel')
        await one.sees('Call canceled')
      })

      it('says so where a number is nobody’s', async () => {
        const one = await tab(browser)
        await one.dial('nobody')
        await one.sees('That number isn’t reachable.')
      })
    })
  }
})

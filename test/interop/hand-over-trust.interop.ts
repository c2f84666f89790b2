import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { lent, usePages } from './harness.ts'
import { RawExchange, type RawDialog } from './harness/raw-exchange.ts'
import type {} from './page/conference-phone.ts'
import type {} from './page/far-media.ts'

const [browser = 'chromium'] = browserNames

const announcement = 'Content-Type: application/x-att-focus-token'
const secret = 'f3b9c1de-8a6f-4f0e-9d52-0d9a6a1c7b11'

describe('somebody who writes the address of who one talks with', () => {
  const exchange = lent(() => RawExchange.start(), 'The exchange')
  const pages = usePages('conference-phone', 'far-media')
  const open = useBrowser(browser)
  beforeEach(() => exchange().begin())

  interface Talk {
    readonly window: BrowserWindow
    readonly far: BrowserWindow
    readonly dialog: RawDialog
  }

  /** Bob has called, and Alice has answered. */
  async function talk(): Promise<Talk> {
    const [window, far] = await Promise.all([open(pages().url('conference-phone')), open(pages().url('far-media'))])
    await window.evaluate(
      (server) => conferencePhone.signIn(server, { userId: 'alice@example.com', tone: 440, password: 'secret' }),
      exchange().url,
    )
    const dialog = exchange().invite({ body: await far.evaluate(() => farMedia.offer()) })
    await window.until('it rings', () => conferencePhone.heard.includes('call:incoming'))
    const answering = window.evaluate(() => conferencePhone.phone.answer({}))
    const answer = await dialog.final('INVITE')
    dialog.send('ACK')
    await far.evaluate((sdp) => farMedia.accept(sdp), answer.body)
    await answering
    return { window, far, dialog }
  }

  /** Somebody calls as the focus that hands a conference over; with the final answer. */
  async function handOver({ far }: Talk, fields: readonly string[]): Promise<number> {
    const body = await far.evaluate(() => farMedia.offer('passage'))
    const passage = exchange().invite({
      contact: ';isfocus',
      fields: ['Focus-Purpose: hand-over', 'P-Asserted-Identity: <sip:bob@example.com>', ...fields],
      body,
    })
    const { status } = await passage.final('INVITE')
    if (status === 200) passage.send('ACK')
    return status
  }

  const untouched = async ({ window }: Talk): Promise<void> => {
    const calls = await window.evaluate(() => conferencePhone.phone.snapshot.calls.length)
    assert.equal(calls, 1)
  }

  it('hands nothing over', async () => {
    const whole = await talk()
    assert.equal(await handOver(whole, []), 403)
    await untouched(whole)
  })

  it('hands nothing over with a secret that was not told', async () => {
    const whole = await talk()
    assert.equal(await handOver(whole, [`Focus-Token: ${secret}`]), 403)
    assert.equal((await whole.dialog.ask('INFO', [announcement], secret)).status, 200)
    assert.equal(await handOver(whole, [`Focus-Token: ${'0'.repeat(36)}`]), 403)
    assert.equal(await handOver(whole, []), 403)
    await untouched(whole)
  })

  it('hands nothing over with a secret that could be guessed', async () => {
    const whole = await talk()
    assert.equal((await whole.dialog.ask('INFO', [announcement], '1')).status, 200)
    assert.equal(await handOver(whole, ['Focus-Token: 1']), 403)
    await untouched(whole)
  })

  it('does so where the secret was told in the call that is up', async () => {
    const whole = await talk()
    assert.equal((await whole.dialog.ask('INFO', [announcement], secret)).status, 200)
    assert.equal(await handOver(whole, [`Focus-Token: ${secret}`]), 200)
  })

  for (const [words, accept, status] of [
    ['asks the person, who says no, where that is left to them', false, 603],
    ['asks the person, who says yes, where that is left to them', true, 200],
  ] as const) {
    it(words, async () => {
      const whole = await talk()
      const { window, dialog } = whole
      await window.evaluate(() => conferencePhone.phone.configure({ allowHandOver: 'ask' }))
      assert.equal((await dialog.ask('INFO', [announcement], secret)).status, 200)
      const outcome = handOver(whole, [`Focus-Token: ${secret}`])
      await window.until('the person is asked', () =>
        conferencePhone.phone.snapshot.calls.some(({ handOverAsked }) => handOverAsked),
      )
      await window.evaluate(
        (yes) => (yes ? conferencePhone.phone.acceptHandOver() : conferencePhone.phone.rejectHandOver()),
        accept,
      )
      assert.equal(await outcome, status)
      if (!accept) await untouched(whole)
    })
  }
})

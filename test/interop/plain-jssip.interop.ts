import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSilence, hearsSound, rings, seesPicture, signIn, useKamailio, usePages } from './harness.ts'
import type {} from './page/plain-jssip.ts'

const [browser = 'chromium'] = browserNames

const plainHears = (window: BrowserWindow, name: string) =>
  window.until(`plain JsSIP hears ${name}`, (wanted) => plain.heard.includes(wanted), name)

async function plainReceives(window: BrowserWindow, what: 'energy' | 'frames'): Promise<void> {
  const before = await window.evaluate(() => plain.received())
  await window.until(
    `plain JsSIP receives ${what}`,
    async (kind, from) => (await plain.received())[kind] > from,
    what,
    before[what] + (what === 'energy' ? 0.001 : 5),
  )
}

describe('a page with plain JsSIP', () => {
  const kamailio = useKamailio()
  const pages = usePages('softphone', 'plain-jssip')
  const open = useBrowser(browser)

  async function people(): Promise<{ ours: BrowserWindow; plainPage: BrowserWindow }> {
    const [ours, plainPage] = await Promise.all([open(pages().url('softphone')), open(pages().url('plain-jssip'))])
    await Promise.all([
      signIn(ours, kamailio(), 'ours'),
      plainPage.evaluate((url) => plain.signIn('plain', url), kamailio().url),
    ])
    return { ours, plainPage }
  }

  async function calledByUs(video = false): Promise<{ ours: BrowserWindow; plainPage: BrowserWindow }> {
    const both = await people()
    await both.ours.evaluate((wanted) => softphone.dial('plain@127.0.0.1', wanted ? 'video' : 'audio'), video)
    await both.plainPage.until('plain JsSIP rings', () => plain.session !== null)
    await both.plainPage.evaluate((wanted) => plain.answer(wanted), video)
    await hears(both.ours, 'established')
    return both
  }

  it('is called by us, sound both ways', async () => {
    const { ours, plainPage } = await calledByUs()
    await Promise.all([hearsSound(ours), plainReceives(plainPage, 'energy')])
  })

  it('calls us, picture both ways', async () => {
    const { ours, plainPage } = await people()
    await plainPage.evaluate(() => plain.dial('ours@127.0.0.1', true))
    assert.equal((await rings(ours)).mediaType, 'video')
    await ours.evaluate(() => softphone.answer('video'))
    await plainHears(plainPage, 'confirmed')
    await Promise.all([seesPicture(ours), plainReceives(plainPage, 'frames')])
  })

  it('holds and resumes us', async () => {
    const { ours, plainPage } = await calledByUs()
    await plainPage.evaluate(() => plain.change('hold'))
    await hears(ours, 'held')
    await hearsSilence(ours)
    await plainPage.evaluate(() => plain.change('unhold'))
    await hears(ours, 'resumed')
    await hearsSound(ours)
  })

  it('is held and resumed by us', async () => {
    const { ours, plainPage } = await calledByUs()
    await ours.evaluate(() => softphone.line().leg.hold())
    await plainHears(plainPage, 'hold')
    await ours.evaluate(() => softphone.line().leg.resume())
    await plainHears(plainPage, 'unhold')
    await Promise.all([hearsSound(ours), plainReceives(plainPage, 'energy')])
  })

  it('upgrades us, and sees us once the user has agreed', async () => {
    const { ours, plainPage } = await calledByUs()
    await plainPage.evaluate(() => plain.addVideo())
    await hears(ours, 'change-requested')
    await ours.evaluate(() => Promise.all([softphone.line().leg.answerChange(true), softphone.openCamera()]))
    await Promise.all([seesPicture(ours), plainReceives(plainPage, 'frames')])
  })

  it('sees us after we upgrade, though it has no picture to give', async () => {
    const { ours, plainPage } = await calledByUs()
    const asking = ours.evaluate(async () => {
      await softphone.openCamera()
      return softphone.refusal(() => softphone.line().leg.change('video', AbortSignal.timeout(15_000)))
    })
    await plainReceives(plainPage, 'frames')
    await ours.evaluate(() => softphone.line().leg.end())
    assert.equal((await asking)?.message, 'The call has ended')
  })

  it('downgrades us', async () => {
    const { ours, plainPage } = await calledByUs(true)
    await seesPicture(ours)
    await plainPage.evaluate(() => plain.removeVideo())
    assert.deepEqual(await hears(ours, 'change-requested'), { mediaType: 'audio' })
    await ours.evaluate(() => softphone.line().leg.answerChange(true))
    await Promise.all([hearsSound(ours), plainReceives(plainPage, 'energy')])
  })

  it('is downgraded by us', async () => {
    const { ours, plainPage } = await calledByUs(true)
    const result = await ours.evaluate(() => softphone.line().leg.change('audio', AbortSignal.timeout(10_000)))
    assert.deepEqual(result, { accepted: true, mediaType: 'audio' })
    await Promise.all([hearsSound(ours), plainReceives(plainPage, 'energy')])
  })

  it('hangs up on us', async () => {
    const { ours, plainPage } = await calledByUs()
    await plainPage.evaluate(() => plain.session?.terminate())
    assert.deepEqual(await hears(ours, 'ended'), { reason: 'remote-hangup' })
  })

  it('declines our call', async () => {
    const { ours, plainPage } = await people()
    await ours.evaluate(() => softphone.dial('plain@127.0.0.1'))
    await plainPage.until('plain JsSIP rings', () => plain.session !== null)
    await plainPage.evaluate(() => plain.session?.terminate())
    // Nobody chose a code: JsSIP says 480, which is no word of its user.
    assert.deepEqual(await hears(ours, 'ended'), { reason: 'unavailable', message: 'Temporarily Unavailable' })
  })
})

import { afterEach, beforeEach } from 'node:test'
import { useBrowser, type BrowserName } from '../../e2e/harness.ts'
import { usePages } from '../harness.ts'
import { RawSip } from './raw-sip.ts'
import { RawStage } from './raw-stage.ts'

/**
 * A far side for each test of this group, which goes with it. What it gives opens a phone, in one of `pages` (the first,
 * where a test names none), and the far side's media.
 */
export function useRawStage<Page extends 'softphone' | 'engine' = 'softphone'>(
  browser: BrowserName,
  ...pages: readonly Page[]
): (page?: Page) => Promise<RawStage> {
  const [usual = 'softphone'] = pages
  const urls = usePages(...new Set(['far-media', usual, ...pages] as const))
  const open = useBrowser(browser)
  let sip: RawSip | undefined
  beforeEach(async () => {
    sip = await RawSip.start()
  })
  afterEach(async () => {
    await sip?.stop()
  })

  return async (page) => {
    if (!sip) throw new Error('There is a far side while tests run, not before')
    const [alice, far] = await Promise.all([open(urls().url(page ?? usual)), open(urls().url('far-media'))])
    // The far side may go before the phone does.
    alice.forgive(/WebSocket/)
    return new RawStage(sip, alice, far)
  }
}

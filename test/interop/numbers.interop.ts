import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { browserNames, useBrowser } from '../e2e/harness.ts'
import { usePages } from './harness.ts'
import { RawSip } from './harness/raw-sip.ts'
import type { PhoneOptions } from '../../src/phone/phone-options.ts'
import type {} from './page/engine.ts'

const [browser = 'chromium'] = browserNames

describe('numbers that belong to the exchange', () => {
  const pages = usePages('engine')
  const open = useBrowser(browser)
  let sip: RawSip | undefined
  beforeEach(async () => {
    sip = await RawSip.start()
  })
  afterEach(async () => {
    await sip?.stop()
  })

  /** The Request-URI of what is typed, and how the call is shown. */
  async function dialled(typed: string, options: PhoneOptions = {}): Promise<readonly [string, string]> {
    if (!sip) throw new Error('There is no far side')
    const alice = await open(pages().url('engine'))
    alice.forgive(/WebSocket/)
    await alice.evaluate((server, more) => engine.signIn('alice@example.com', { server, ...more }), sip.url, options)
    await alice.evaluate((destination) => engine.dial({ destination }), typed)
    const invite = await sip.request('INVITE')
    assert.ok(invite.header('to').includes(invite.uri), invite.header('to'))
    const call = sip.callee(invite)
    call.reply('180 Ringing')
    const address = await alice.until('it rings', () => {
      const [first] = engine.calls
      return first?.progress === 'ringing' ? first.remote.address : undefined
    })
    return [invite.uri, address]
  }

  for (const [typed, uri, shown] of [
    ['8005550199', 'sip:8005550199@example.com', '8005550199'],
    ['(555) 123-0100', 'sip:5551230100@example.com', '5551230100'],
    ['+1 415 555 0101', 'sip:+14155550101@example.com', '+14155550101'],
    ['0044 20 7183 8750', 'sip:00442071838750@example.com', '00442071838750'],
    ['*31#5551230100', 'sip:*31%235551230100@example.com', '*31#5551230100'],
    ['**21*5551#', 'sip:**21*5551%23@example.com', '**21*5551#'],
    ['1001', 'sip:1001@example.com', '1001'],
    ['5551230100@carrier.example', 'sip:5551230100@carrier.example', '5551230100@carrier.example'],
  ] as const) {
    it(`${typed} is dialled as ${uri}, and shown as ${shown}`, async () => {
      assert.deepEqual(await dialled(typed), [uri, shown])
    })
  }

  it('a page may say in what country they are', async () => {
    assert.deepEqual(await dialled('030 901820', { dialPlan: { country: 'DE' } }), [
      'sip:+4930901820@example.com',
      '+4930901820',
    ])
  })
})

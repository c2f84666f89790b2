import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { hears, hearsSound, rings, signIn, useKamailio, usePages, type PersonOptions } from './harness.ts'

const [browser = 'chromium'] = browserNames

describe('three people over Kamailio', () => {
  const kamailio = useKamailio()
  const pages = usePages('softphone')
  const open = useBrowser(browser)

  async function person(name: string, options: PersonOptions = {}): Promise<BrowserWindow> {
    const window = await open(pages().url('softphone'))
    await signIn(window, kamailio(), name, options)
    return window
  }

  async function connect(caller: BrowserWindow, callee: BrowserWindow, to: string, calls = 1): Promise<void> {
    await caller.evaluate((address) => softphone.dial(address), `${to}@127.0.0.1`)
    await rings(callee, calls)
    await callee.evaluate(() => softphone.answer())
    await hears(caller, 'established')
  }

  const transfer = (window: BrowserWindow, to: string) =>
    window.evaluate(
      (address) =>
        softphone.refusal(
          () => softphone.line().leg.transfer?.(address, AbortSignal.timeout(15_000)) ?? Promise.resolve(),
        ),
      to,
    )

  it('bob, sent to carol by alice, talks to carol', async () => {
    const [alice, bob, carol] = await Promise.all([person('alice'), person('bob'), person('carol')])
    await connect(alice, bob, 'bob')
    const transferring = transfer(alice, 'carol@127.0.0.1')
    assert.equal((await rings(carol)).address, 'bob@127.0.0.1')
    await carol.evaluate(() => softphone.answer())
    assert.equal(await transferring, null)
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'transferred' })
    assert.equal(((await hears(bob, 'replaced')) as { address: string }).address, 'carol@127.0.0.1')
    await Promise.all([hearsSound(bob), hearsSound(carol)])
  })

  it('bob stays with alice when carol declines', async () => {
    const [alice, bob, carol] = await Promise.all([person('alice'), person('bob'), person('carol')])
    await connect(alice, bob, 'bob')
    const transferring = transfer(alice, 'carol@127.0.0.1')
    await rings(carol)
    await carol.evaluate(() => softphone.line().leg.reject('rejected'))
    assert.equal((await transferring)?.status, 603)
    await Promise.all([hearsSound(alice), hearsSound(bob)])
  })

  it('bob stays with alice when nobody is at the address', async () => {
    const [alice, bob] = await Promise.all([person('alice'), person('bob')])
    await connect(alice, bob, 'bob')
    assert.equal((await transfer(alice, 'nobody@127.0.0.1'))?.status, 404)
    await Promise.all([hearsSound(alice), hearsSound(bob)])
  })

  it('bob stays with alice when bob’s page takes no transfers', async () => {
    const [alice, bob] = await Promise.all([person('alice'), person('bob', { sip: { allowTransfers: false } })])
    await connect(alice, bob, 'bob')
    assert.equal((await transfer(alice, 'carol@127.0.0.1'))?.status, 603)
    await Promise.all([hearsSound(alice), hearsSound(bob)])
  })

  for (const caller of ['alice', 'carol'] as const) {
    it(`alice joins bob and carol, after ${caller} had called`, async () => {
      const [alice, bob, carol] = await Promise.all([person('alice'), person('bob'), person('carol')])
      await connect(alice, bob, 'bob')
      await alice.evaluate(() => softphone.line(0).leg.hold())
      await (caller === 'alice' ? connect(alice, carol, 'carol') : connect(carol, alice, 'alice'))
      await alice.evaluate(() => {
        const [first, second] = softphone.lines
        if (!first || !second) throw new Error('Two calls are needed')
        return first.leg.transfer?.(second.leg, AbortSignal.timeout(15_000))
      })
      const ends = await alice.until('both calls end', () => {
        const all = softphone.lines.map((line) => line.heard.find(({ name }) => name === 'ended')?.payload)
        return all.every(Boolean) && all
      })
      assert.deepEqual(ends, [{ reason: 'transferred' }, { reason: 'transferred' }])
      assert.equal(((await hears(bob, 'replaced')) as { address: string }).address, 'carol@127.0.0.1')
      assert.equal(((await hears(carol, 'replaced')) as { address: string }).address, 'bob@127.0.0.1')
      await Promise.all([hearsSound(bob), hearsSound(carol)])
    })
  }

  it('alice moves her call to her other device', async () => {
    const [alice, desk, bob] = await Promise.all([person('alice'), person('alice'), person('bob')])
    await connect(alice, bob, 'bob')
    const moving = alice.evaluate(() => softphone.line().leg.move?.(AbortSignal.timeout(15_000)))
    assert.equal((await rings(desk)).address, 'bob@127.0.0.1')
    await desk.evaluate(() => softphone.answer())
    await moving
    assert.deepEqual(await hears(alice, 'ended'), { reason: 'moved' })
    await Promise.all([hearsSound(desk), hearsSound(bob)])
    assert.equal(await alice.evaluate(() => softphone.heard.length), 0)
  })

  it('alice keeps her call when her other device declines it', async () => {
    const [alice, desk, bob] = await Promise.all([person('alice'), person('alice'), person('bob')])
    await connect(alice, bob, 'bob')
    const moving = alice.evaluate(() =>
      softphone.refusal(() => softphone.line().leg.move?.(AbortSignal.timeout(15_000)) ?? Promise.resolve()),
    )
    await rings(desk)
    await desk.evaluate(() => softphone.line().leg.reject('rejected'))
    assert.equal((await moving)?.kind, 'refused')
    await Promise.all([hearsSound(alice), hearsSound(bob)])
  })

  it('alice keeps her call when she has no other device', async () => {
    const [alice, bob] = await Promise.all([person('alice'), person('bob')])
    await connect(alice, bob, 'bob')
    const told = await alice.evaluate(() =>
      softphone.refusal(() => softphone.line().leg.move?.(AbortSignal.timeout(15_000)) ?? Promise.resolve()),
    )
    assert.equal(told?.kind, 'refused')
    await Promise.all([hearsSound(alice), hearsSound(bob)])
  })

  it('the device of bob that is not answered stops ringing, with a word', async () => {
    const [alice, bob, other] = await Promise.all([person('alice'), person('bob'), person('bob')])
    await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
    await Promise.all([rings(bob), rings(other)])
    await bob.evaluate(() => softphone.answer())
    assert.deepEqual(await hears(other, 'ended'), { reason: 'answered-elsewhere', message: 'Call completed elsewhere' })
  })
})

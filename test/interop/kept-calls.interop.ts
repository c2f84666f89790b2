import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames } from '../e2e/harness.ts'
import type { RawDialog, RawMessage } from './harness/raw-sip.ts'
import type { RawStage } from './harness/raw-stage.ts'
import { useRawStage } from './harness/use-raw-stage.ts'

const [browser = 'chromium'] = browserNames

describe('a call whose far side cannot be reached', () => {
  const stageOf = useRawStage(browser)

  const byes = ({ sip: exchange }: RawStage) =>
    exchange.heard.filter(({ method, status }) => method === 'BYE' && status === 0).length

  /** What an attempt at a new media path ends with. */
  const restart = ({ alice }: RawStage) =>
    alice.evaluate(() => softphone.refusal(() => softphone.line().leg.restartMedia()))

  /** How `INVITE` is answered from now on, but for those of new calls. */
  function answerOffers(stage: RawStage, answer: (request: RawMessage) => void): void {
    stage.sip.handle['INVITE'] = answer
  }

  async function lives(stage: RawStage, dialog: RawDialog): Promise<void> {
    delete stage.sip.handle['INVITE']
    await stage.stillUp(dialog)
    assert.equal(byes(stage), 0)
    const from = stage.sip.heard.length
    await stage.alice.evaluate(() => softphone.line().leg.end())
    await stage.sip.request('BYE', from)
  }

  for (const direction of ['outgoing', 'incoming'] as const)
    for (const status of [
      '408 Request Timeout',
      '404 Not Found',
      '480 Temporarily Unavailable',
      '500 Server Internal Error',
      '503 Service Unavailable',
    ])
      it(`lives on where a new media path is answered ${status} (${direction})`, async () => {
        const stage = await stageOf()
        await stage.signIn()
        const dialog = await stage[direction]()
        answerOffers(stage, (request) => stage.sip.reply(request, status))
        const told = await restart(stage)
        assert.equal(told?.status, Number(status.slice(0, 3)))
        await lives(stage, dialog)
      })

  it('lives on where something that is not the far side does not know the call', async () => {
    const stage = await stageOf()
    await stage.signIn()
    const dialog = await stage.outgoing()
    answerOffers(stage, (request) => {
      const to = request.header('to').replace(/;tag=.*/, ';tag=another')
      stage.sip.reply(request, '481 Call Does Not Exist', { fields: [`To: ${to}`] })
    })
    assert.equal((await restart(stage))?.status, 481)
    await lives(stage, dialog)
  })

  it('ends where the far side does not know it any more, and says so', async () => {
    const stage = await stageOf()
    await stage.signIn()
    await stage.outgoing()
    answerOffers(stage, (request) => stage.sip.reply(request, '481 Call Does Not Exist'))
    await restart(stage)
    const end = await stage.end()
    assert.equal(end.reason, 'lost')
    assert.match(end.message ?? '', /no longer knows/)
  })

  it('lives on where the connection is lost while a new media path is asked for', async () => {
    const stage = await stageOf()
    await stage.signIn()
    const dialog = await stage.outgoing()
    answerOffers(stage, () => stage.sip.cut())
    assert.equal((await restart(stage))?.kind, 'unreachable')
    delete stage.sip.handle['INVITE']
    const from = stage.sip.heard.length
    await stage.alice.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))
    // The new way to it is told to the far side.
    const invite = await stage.sip.request('INVITE', from)
    await stage.takes(invite, dialog)
    await stage.sip.request('ACK', from)
    await lives(stage, dialog)
  })
})

describe('a call that changes while the network is away', () => {
  const stageOf = useRawStage(browser)

  async function inCall(): Promise<readonly [RawStage, RawDialog]> {
    const stage = await stageOf()
    await stage.signIn()
    return [stage, await stage.outgoing()]
  }

  const lost = ({ alice }: RawStage) =>
    alice.until('the connection is lost', () => softphone.heard.some(({ name }) => name === 'link'))

  const resume = ({ alice }: RawStage) => alice.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))

  it('is over here at once, and at the far side as soon as the network is back', async () => {
    const [stage, dialog] = await inCall()
    stage.sip.cut()
    await lost(stage)
    await stage.alice.evaluate(() => softphone.line().leg.end())
    assert.equal((await stage.end()).reason, 'hangup')
    const from = stage.sip.heard.length
    await resume(stage)
    const bye = await stage.sip.request('BYE', from)
    assert.deepEqual([bye.callId, bye.uri], [dialog.callId, dialog.contact.replace(/^<|>$/g, '')])
  })

  it('is over at the far side though the BYE was lost with the connection', async () => {
    const [stage, dialog] = await inCall()
    const { BYE: answer } = stage.sip.handle
    stage.sip.handle['BYE'] = () => stage.sip.cut()
    await stage.alice.evaluate(() => softphone.line().leg.end())
    await lost(stage)
    if (answer) stage.sip.handle['BYE'] = answer
    const from = stage.sip.heard.length
    await resume(stage)
    assert.equal((await stage.sip.request('BYE', from)).callId, dialog.callId)
  })

  it('is ended once where the far side heard it', async () => {
    const [stage] = await inCall()
    await stage.alice.evaluate(() => softphone.line().leg.end())
    await stage.sip.request('BYE')
    stage.sip.cut()
    await lost(stage)
    await resume(stage)
    await stage.dials()
    assert.equal(stage.sip.heard.filter(({ method, status }) => method === 'BYE' && status === 0).length, 1)
  })

  it('is on hold here at once, and the far side hears of it as soon as the network is back', async () => {
    const [stage, dialog] = await inCall()
    stage.sip.cut()
    await lost(stage)
    await stage.alice.evaluate(() => {
      void softphone.line().leg.hold()
    })
    const from = stage.sip.heard.length
    stage.sip.handle['INVITE'] = (request) => {
      // The page is closed with the test: a later offer finds nobody.
      void stage.takes(request, dialog).catch(() => {})
    }
    await resume(stage)
    const invite = await stage.sip.request('INVITE', from)
    assert.match(invite.body, /a=(sendonly|inactive)/)
    await stage.sip.request('ACK', from)
  })
})

describe('a connection that is dead and says nothing', () => {
  const stageOf = useRawStage(browser)

  const lost = ({ alice }: RawStage) =>
    alice.until('the connection is given up', () =>
      softphone.heard.some(({ name, payload }) => name === 'link' && (payload as { state: string }).state === 'lost'),
    )
  const links = ({ alice }: RawStage) =>
    alice.evaluate(() => softphone.heard.filter(({ name }) => name === 'link').length)

  it('is kept open though the registrar names no Flow-Timer', async () => {
    const stage = await stageOf()
    await stage.signIn({ keepAliveInterval: 300 })
    await stage.sip.wait('keep-alives', () => stage.sip.pings > 2)
    assert.equal(await links(stage), 0)
  })

  it('is kept open at a server that answers no keep-alive, by a question', async () => {
    const stage = await stageOf()
    stage.sip.pongs = false
    stage.sip.handle['OPTIONS'] = (request) => stage.sip.reply(request, '404 Not Found')
    await stage.signIn({ keepAliveInterval: 300 })
    const questions = () => stage.sip.heard.filter(({ method, status }) => method === 'OPTIONS' && status === 0).length
    await stage.sip.wait('questions', () => questions() > 5)
    assert.equal(await links(stage), 0)
    // It knows by now what this server answers.
    assert.ok(stage.sip.pings <= 3, String(stage.sip.pings))
  })

  it('is noticed by the next keep-alive, and taken up again: the call lives', async () => {
    const stage = await stageOf()
    await stage.signIn({ keepAliveInterval: 300 })
    await stage.outgoing()
    stage.sip.silent = true
    await lost(stage)
    stage.sip.silent = false
    await stage.alice.evaluate(() => softphone.network.resume(AbortSignal.timeout(10_000)))
    assert.equal(stage.sip.heard.filter(({ method }) => method === 'BYE').length, 0)
  })

  for (const event of ['online', 'pageshow'] as const)
    it(`is noticed at once where the page hears ${event}`, async () => {
      const stage = await stageOf()
      await stage.signIn({ keepAliveInterval: 0 })
      stage.sip.silent = true
      await stage.alice.evaluate((name) => {
        dispatchEvent(new Event(name))
      }, event)
      await lost(stage)
    })

  it('is noticed where a request stays unanswered', async () => {
    const stage = await stageOf()
    await stage.signIn({ keepAliveInterval: 0 })
    await stage.outgoing()
    stage.sip.silent = true
    const told = await stage.alice.evaluate(() => softphone.refusal(() => softphone.line().leg.restartMedia()))
    assert.equal(told?.kind, 'unreachable')
    await lost(stage)
  })

  it('that is not dead is kept where the page hears of a network', async () => {
    const stage = await stageOf()
    await stage.signIn({ keepAliveInterval: 0 })
    await stage.alice.evaluate(() => {
      dispatchEvent(new Event('online'))
    })
    await stage.sip.wait('the question', () => stage.sip.pings > 0)
    await stage.outgoing()
    assert.equal(await links(stage), 0)
  })
})

describe('a request for video that nobody answers', () => {
  const stageOf = useRawStage(browser)

  it('is taken back by CANCEL, and the call can be held afterwards', async () => {
    const stage = await stageOf()
    const { sip, alice } = stage
    await stage.signIn()
    const dialog = await stage.outgoing()
    const from = sip.heard.length
    await alice.evaluate(() => softphone.openCamera())
    const asking = alice.evaluate(() => {
      const taken = new AbortController()
      Object.assign(globalThis, { takeBack: () => taken.abort(new DOMException('Not in time', 'TimeoutError')) })
      return softphone.refusal(() => softphone.line().leg.change('video', taken.signal))
    })
    const invite = await sip.request('INVITE', from)
    sip.reply(invite, '100 Trying')
    await alice.evaluate(() => (globalThis as unknown as { takeBack: () => void }).takeBack())
    assert.equal((await asking)?.name, 'TimeoutError')
    const cancel = await sip.request('CANCEL', from)
    assert.equal(cancel.header('cseq'), invite.header('cseq').replace('INVITE', 'CANCEL'))
    // What is offered next has no picture.
    const next = sip.heard.length
    const again = await sip.request('INVITE', from + 1)
    await stage.takes(again, dialog)
    await sip.request('ACK', next - 1)
    await stage.stillUp(dialog)
  })

  it('is taken back by an offer where the answer is on its way', async () => {
    const stage = await stageOf()
    const { sip, alice } = stage
    await stage.signIn()
    const dialog = await stage.outgoing()
    const from = sip.heard.length
    await alice.evaluate(() => softphone.openCamera())
    const asking = alice.evaluate(() => {
      const taken = new AbortController()
      Object.assign(globalThis, { takeBack: () => taken.abort(new DOMException('Not in time', 'TimeoutError')) })
      return softphone.refusal(() => softphone.line().leg.change('video', taken.signal))
    })
    const invite = await sip.request('INVITE', from)
    await alice.evaluate(() => (globalThis as unknown as { takeBack: () => void }).takeBack())
    // Without the ACK to this answer, the far side would end the call after 32 s.
    await stage.takes(invite, dialog)
    await sip.request('ACK', from)
    const next = sip.heard.length
    await stage.takes(await sip.request('INVITE', next - 1), dialog)
    assert.equal((await asking)?.name, 'TimeoutError')
    await stage.stillUp(dialog)
  })
})

/** Where a test has no minutes: timers that are longer than any pause of the phone run 20 times as fast. */
function shortenTimers(): void {
  const { setTimeout: real } = globalThis
  globalThis.setTimeout = ((task: () => void, wait = 0) =>
    real(task, wait >= 25_000 ? wait / 20 : wait)) as typeof setTimeout
}

describe('a session with a timer', () => {
  const stageOf = useRawStage(browser)

  async function inCall(refresher: 'uac' | 'uas'): Promise<readonly [RawStage, RawDialog]> {
    const stage = await stageOf()
    const { sip, alice } = stage
    await alice.evaluate(shortenTimers)
    await stage.signIn({ sessionExpires: 60 })
    const invite = await stage.dials()
    const dialog = sip.callee(invite)
    dialog.reply('200 OK', {
      fields: ['Supported: timer', `Session-Expires: 60;refresher=${refresher}`],
      body: await stage.answerTo(invite.body),
    })
    await sip.request('ACK')
    await stage.connected()
    return [stage, dialog]
  }

  const taken = { fields: ['Session-Expires: 60;refresher=uac'] }

  for (const status of ['503 Service Unavailable', '408 Request Timeout', '491 Request Pending'])
    it(`is refreshed again where that was answered ${status}`, async () => {
      const [stage] = await inCall('uac')
      let count = 0
      stage.sip.handle['UPDATE'] = (request) =>
        count++ === 0 ? stage.sip.reply(request, status) : stage.sip.reply(request, '200 OK', taken)
      await stage.sip.wait('a refresh that is taken', () => count >= 2)
      // And it goes on.
      await stage.sip.wait('the refresh after it', () => count >= 3)
      assert.deepEqual(
        stage.sip.heard.filter(({ method }) => method === 'BYE'),
        [],
      )
    })

  it('is refreshed by an offer where the far side takes no UPDATE', async () => {
    const [stage, dialog] = await inCall('uac')
    stage.sip.handle['UPDATE'] = (request) => stage.sip.reply(request, '405 Method Not Allowed')
    const from = stage.sip.heard.length
    const invite = await stage.sip.request('INVITE', from)
    stage.sip.reply(invite, '200 OK', {
      fields: [`Contact: ${dialog.contact}`, ...taken.fields],
      body: await stage.answerTo(invite.body),
    })
    await stage.sip.request('ACK', from)
  })

  it('is refreshed where its moment fell into an offer that was refused', async () => {
    const [stage] = await inCall('uac')
    const from = stage.sip.heard.length
    stage.sip.handle['UPDATE'] = (request) => stage.sip.reply(request, '200 OK', taken)
    const holding = stage.alice.evaluate(() => softphone.refusal(() => softphone.line().leg.hold()))
    const invite = await stage.sip.request('INVITE', from)
    stage.sip.reply(invite, '100 Trying')
    // 30 s of the session are 1.5 s here. The hold may have been taken back by then, and is offered again.
    await stage.alice.evaluate(() => new Promise((resolve) => setTimeout(resolve, 40_000)))
    stage.sip.handle['INVITE'] = (request) => stage.sip.reply(request, '488 Not Acceptable Here')
    stage.sip.reply(invite, '488 Not Acceptable Here')
    await holding
    await stage.sip.request('UPDATE', from)
  })

  it('of a far side that does not refresh it is refreshed by this side', async () => {
    const [stage] = await inCall('uas')
    let count = 0
    stage.sip.handle['UPDATE'] = (request) => {
      count++
      stage.sip.reply(request, '200 OK', { fields: ['Session-Expires: 60;refresher=uas'] })
    }
    await stage.sip.wait('two refreshes', () => count === 2)
    assert.deepEqual(
      stage.sip.heard.filter(({ method }) => method === 'BYE'),
      [],
    )
  })

  it('ends where the far side says to a refresh that it does not know the call', async () => {
    const [stage] = await inCall('uac')
    stage.sip.handle['UPDATE'] = (request) => stage.sip.reply(request, '481 Call Does Not Exist')
    assert.equal((await stage.end()).reason, 'lost')
  })
})

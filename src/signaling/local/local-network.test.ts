import { expect } from '@open-wc/testing'
import type { ContractNetwork } from '../contract/contract-network.ts'
import { eventually } from '../../media/testing/eventually.ts'
import { never, type Line } from '../contract/line.ts'
import { useStage } from '../contract/stage.ts'
import { LocalSignaling } from './local-signaling.ts'

const network: ContractNetwork = {
  name: 'the tabs of one origin',
  device: async (user) => ({ signaling: new LocalSignaling(), identity: { userId: user }, address: user }),
}

/** Another tab of this origin that signs `user` in and waits. */
async function tab(user: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe')
  const ready = new Promise<void>((resolve, reject) => {
    window.addEventListener('message', ({ source, data }) => {
      if (source !== frame.contentWindow) return
      if (data === 'ready') resolve()
      else reject(new Error(String(data)))
    })
  })
  frame.srcdoc = `<script type="module">
    import { LocalSignaling } from '/src/signaling/local/local-signaling.ts'
    const signaling = new LocalSignaling()
    signaling.connect({ userId: '${user}' }, new AbortController().signal).then(
      () => parent.postMessage('ready', '*'),
      (error) => parent.postMessage(String(error), '*'),
    )
  </script>`
  document.body.append(frame)
  await ready
  return frame
}

const lost = (line: Line) => line.until('the loss is told', () => line.links.some(({ state }) => state === 'lost'))

describe('the tabs of one origin', function () {
  this.timeout(120_000)
  const stage = useStage(network)

  it('have one exchange, no matter which came first', async () => {
    await stage().lines('alice', 'bob', 'carol')
    const { held = [], pending = [] } = await navigator.locks.query()
    const exchanges = (locks: readonly LockInfo[]) => locks.filter(({ name }) => name === 'att-phone:exchange').length
    expect([exchanges(held), exchanges(pending)]).to.deep.equal([1, 2])
  })

  it('hear the end of a call from the tab that runs the exchange when that signs out', async () => {
    const [alice, bob] = [await stage().line('alice'), await stage().line('bob')]
    const [, far] = await stage().call(alice, bob)
    await alice.signaling.disconnect()
    expect((await far.ended()).reason).to.equal('remote-hangup')
  })

  it('go on when the tab that runs the exchange crashes', async () => {
    const frame = await tab('host')
    const [alice, bob] = await stage().pair()
    alice.recovers()
    bob.recovers()
    const [near, far] = await stage().call(alice, bob)
    frame.remove()
    await Promise.all([lost(alice), lost(bob)])
    await eventually('the call can be held', () =>
      near.leg.hold().then(
        () => true,
        () => false,
      ),
    )
    await far.hears('held')
  })

  it('hear the end of a call that was ended while no tab ran the exchange', async () => {
    const frame = await tab('host')
    const [alice, bob] = await stage().pair()
    alice.recovers()
    bob.recovers()
    const [near, far] = await stage().call(alice, bob)
    frame.remove()
    await near.leg.end()
    expect((await far.ended()).reason).to.equal('remote-hangup')
  })

  it('cannot be reached after they have crashed', async () => {
    const alice = await stage().line('alice')
    const frame = await tab('bob')
    const media = await alice.captured('audio')
    const ringing = await alice.signaling.place('bob', media, never())
    await ringing.cancel('canceled')
    frame.remove()
    await eventually('bob is gone', () =>
      alice.signaling.place('bob', media, never()).then(
        (leg) => leg.cancel('canceled').then(() => false),
        () => true,
      ),
    )
  })

  it('end the calls that ring when the exchange is lost: no other tab knew of them', async () => {
    const host = await stage().line('host')
    const [alice, bob] = await stage().pair()
    alice.recovers()
    bob.recovers()
    const [outgoing, incoming] = await Promise.all([alice.dial(bob), bob.ringing()])
    await host.signaling.disconnect()
    expect((await outgoing.ended()).reason).to.equal('session-ended')
    expect((await incoming.ended()).reason).to.equal('session-ended')
  })

  it('settle a call that is being placed when the exchange is lost', async () => {
    const host = await stage().line('host')
    const [alice, bob] = await stage().pair()
    alice.recovers()
    const media = await alice.captured('audio')
    const [placing] = await Promise.allSettled([
      alice.signaling.place(bob.address, media, never(), { onOffer: () => void host.signaling.disconnect() }),
    ])
    if (placing.status === 'fulfilled') await placing.value.cancel('canceled')
    await eventually(
      'no connection is left',
      () => stage().resources.connections.length,
      (count) => count === 0,
    )
  })

  it('settle a change that waits for its answer when the exchange is lost, and the request is withdrawn', async () => {
    const host = await stage().line('host')
    const [alice, bob] = await stage().pair()
    alice.recovers()
    bob.recovers()
    const [near, far] = await stage().call(alice, bob)
    const changing = Promise.allSettled([near.leg.change('video', never())])
    await far.hears('change-requested')
    await host.signaling.disconnect()
    expect((await changing)[0].status).to.equal('rejected')
    await far.hears('change-withdrawn')
    await Promise.all([near.receives('audio'), far.receives('audio')])
  })

  it('have a number of their own where they bring no name, and keep it', async () => {
    const [first, again] = [new LocalSignaling(), new LocalSignaling()]
    const { userId } = await first.connect({}, never())
    expect(userId).to.match(/^\d{4}$/)
    await first.disconnect()
    expect((await again.connect({}, never())).userId).to.equal(userId)
    await again.disconnect()
  })

  it('have different numbers at the same time', async () => {
    const [first, second] = [new LocalSignaling(), new LocalSignaling()]
    const infos = await Promise.all([first.connect({}, never()), second.connect({}, never())])
    expect(infos[0].userId).not.to.equal(infos[1].userId)
    await Promise.all([first.disconnect(), second.disconnect()])
  })
})

describe('the numbers in the page', function () {
  this.timeout(120_000)
  const stage = useStage(network)

  it('echo answers, and sends back what it hears', async () => {
    const leg = await (await stage().line('alice')).dial('echo')
    await leg.hears('established')
    await leg.receives('audio')
    await eventually(
      'the sound comes back',
      () => leg.statistics(),
      ({ audio }) => audio.received.packets > 5,
    )
    expect(leg.story).to.deep.equal(['progress ringing', 'established audio'])
  })

  it('echo sends back the picture too', async () => {
    const leg = await (await stage().line('alice')).dial('echo', 'video')
    await leg.hears('established')
    await leg.receives('video')
  })

  it('busy is busy', async () => {
    const leg = await (await stage().line('alice')).dial('busy')
    expect((await leg.ended()).reason).to.equal('busy')
  })

  it('reject rings, and rejects', async () => {
    const leg = await (await stage().line('alice')).dial('reject')
    expect((await leg.ended()).reason).to.equal('rejected')
    expect(leg.story).to.deep.equal(['progress ringing', 'ended rejected'])
  })

  it('noanswer rings until it is taken back', async () => {
    const leg = await (await stage().line('alice')).dial('noanswer')
    await leg.hears('progress')
    await leg.leg.cancel('no-answer')
    expect(leg.story).to.deep.equal(['progress ringing', 'ended no-answer'])
  })

  it('are there though a call to one was ended before it answered', async () => {
    const alice = await stage().line('alice')
    const first = await alice.dial('echo')
    await first.leg.cancel('canceled')
    const second = await alice.dial('echo')
    await second.hears('established')
    expect(first.story).not.to.include('established audio')
  })

  it('leave nothing behind when their caller signs out', async () => {
    const alice = await stage().line('alice')
    const leg = await alice.dial('echo')
    await leg.hears('established')
    await alice.dial('noanswer')
    await alice.signaling.disconnect()
    expect(leg.story.at(-1)).to.equal('ended session-ended')
    await eventually(
      'nothing is left',
      () => stage().leftovers(),
      ({ length }) => length === 0,
    )
  })

  it('can be called from two lines at once', async () => {
    const [alice, bob] = await stage().pair()
    const legs = await Promise.all([alice.dial('echo'), bob.dial('echo')])
    await Promise.all(legs.map((leg) => leg.hears('established')))
    await legs[0].leg.end()
    await legs[1].receives('audio')
    expect(legs[1].leg.connection).not.to.be.null
  })
})

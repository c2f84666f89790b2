import { expect } from '@open-wc/testing'
import { abortable } from '../../base/abortable.ts'
import { Exchange } from '../../exchange/exchange.ts'
import type { ExchangeCommand, ExchangeEvent, ExchangeReply } from '../../exchange/protocol.ts'
import { defaultConnectionSettings } from '../../media/connection-settings.ts'
import type { LocalMedia } from '../../media/local-media.ts'
import { directionOf } from '../../media/sdp.ts'
import { eventually } from '../../media/testing/eventually.ts'
import { OpenResources } from '../contract/open-resources.ts'
import { captured, RecordedLeg } from '../contract/recorded-leg.ts'
import { rejection } from '../contract/rejection.ts'
import { SignalingError, type LegMedia } from '../signaling.ts'
import type { ExchangeLeg } from './exchange-leg.ts'
import { ExchangeLegs } from './exchange-legs.ts'

const never = () => new AbortController().signal
const unreachable = new SignalingError('unreachable', 'No network')

/** A session whose way to the exchange a test can cut, block or delay. */
class Side {
  readonly legs: ExchangeLegs
  readonly asked: ExchangeCommand['op'][] = []
  incoming: ExchangeLeg[] = []
  /** Called before each request; what it rejects with, the request does. */
  before: (command: ExchangeCommand) => Promise<void> | undefined = () => undefined
  /** Called after each request, before its reply. */
  after: (command: ExchangeCommand) => Promise<void> | undefined = () => undefined
  /** Called with each event in place of its leg. */
  deliver: (event: ExchangeEvent) => void = (event) => this.legs.receive(event)

  constructor(exchange: Exchange, user: string) {
    const session = exchange.register({ user, extensions: true, deliver: (event) => this.deliver(event) })
    const request = async (command: ExchangeCommand, signal = never()): Promise<ExchangeReply> => {
      this.asked.push(command.op)
      await abortable(this.before(command) ?? Promise.resolve(), signal)
      const reply = exchange.request(session, command)
      await this.after(command)
      return reply
    }
    this.legs = new ExchangeLegs({ request }, (leg) => this.incoming.push(leg))
  }
}

describe('a leg over an exchange', function () {
  this.timeout(120_000)
  let resources: OpenResources
  let alice: Side
  let bob: Side
  let local: LocalMedia
  let media: LegMedia

  beforeEach(async () => {
    resources = new OpenResources()
    const exchange = new Exchange({ schedule: () => () => {}, newId: () => crypto.randomUUID() })
    alice = new Side(exchange, 'sip:alice@example.com')
    bob = new Side(exchange, 'sip:bob@example.com')
    local = await captured('audio')
    media = { mediaType: 'audio', local, settings: defaultConnectionSettings }
  })
  afterEach(() => {
    for (const { legs } of [alice, bob]) legs.endAll({ reason: 'session-ended' })
    local.close()
    resources.restore()
  })

  /** The exchange says `event` to Alice's leg. */
  const say = (leg: ExchangeLeg, state: ExchangeEvent['state']) =>
    leg.handle({ type: 'calls', call: leg.id, state, sdp: 'v=0', modId: '1' })

  async function ringing(): Promise<readonly [RecordedLeg, RecordedLeg]> {
    const outgoing = await alice.legs.place('sip:bob@example.com', media, never())
    return [new RecordedLeg(outgoing, local), new RecordedLeg(bob.incoming[0]!, local)]
  }

  async function talk(): Promise<readonly [RecordedLeg, RecordedLeg]> {
    const legs = await ringing()
    await legs[1].leg.accept(media, never())
    await legs[0].hears('established')
    return legs
  }

  it('can be answered again after an answer that did not get through', async () => {
    const [outgoing, incoming] = await ringing()
    bob.before = () => Promise.reject(unreachable)
    expect(await rejection(incoming.leg.accept(media, never()))).to.equal(unreachable)
    expect(incoming.leg.connection).to.be.null
    bob.before = () => undefined
    await incoming.leg.accept(media, never())
    await outgoing.hears('established')
    expect(incoming.story).to.deep.equal(['established audio'])
    expect(resources.connections).to.have.lengthOf(2)
  })

  it('ends as it was ended here, no matter what the far side says meanwhile', async () => {
    const [outgoing, incoming] = await ringing()
    await new Promise<void>((resolve) => {
      alice.before = async ({ op }) => {
        if (op !== 'end') return
        await incoming.leg.accept(media, never())
        resolve()
      }
      void outgoing.leg.cancel('canceled')
    })
    expect((await outgoing.ended()).reason).to.equal('canceled')
    expect(outgoing.story).to.deep.equal(['ended canceled'])
    expect((await incoming.ended()).reason).to.equal('remote-hangup')
  })

  it('ends here though the exchange cannot be told, which is told as soon as it can be', async () => {
    const [near, far] = await talk()
    alice.before = () => Promise.reject(unreachable)
    await near.leg.end()
    expect(near.story.at(-1)).to.equal('ended hangup')
    expect(far.story.at(-1)).to.equal('established audio')
    alice.before = () => undefined
    alice.legs.back()
    expect((await far.ended()).reason).to.equal('remote-hangup')
  })

  it('ends here though the exchange says nothing, which is told by the way there is later', async () => {
    const [near, far] = await talk()
    const silent = new Promise<void>(() => {})
    alice.before = () => silent
    await near.leg.end()
    expect(near.story.at(-1)).to.equal('ended hangup')
    alice.before = () => undefined
    alice.legs.back()
    await far.ended()
  })

  it('is taken back at the exchange when that can be reached again, where it was dialled and given up', async () => {
    const aborting = new AbortController()
    alice.after = ({ op }) => {
      if (op !== 'dial') return undefined
      aborting.abort(new DOMException('The user ended the call', 'AbortError'))
      alice.before = () => Promise.reject(unreachable)
      return undefined
    }
    await rejection(alice.legs.place('sip:bob@example.com', media, aborting.signal))
    const incoming = new RecordedLeg(bob.incoming[0]!, local)
    await eventually('the exchange was asked', () => alice.asked.includes('end'))
    alice.before = () => undefined
    alice.legs.back()
    await incoming.ended()
  })

  it('ends for the exchange once, however often it is ended', async () => {
    const [near] = await talk()
    await Promise.all([near.leg.end(), near.leg.end(), near.leg.cancel('canceled')])
    expect(alice.asked.filter((op) => op === 'end')).to.have.lengthOf(1)
  })

  it('takes nothing more after its end', async () => {
    const leg = await alice.legs.place('sip:bob@example.com', media, never())
    const recorded = new RecordedLeg(leg, local)
    await leg.cancel('canceled')
    for (const state of ['ringing', 'session-open', 'mod-received', 'mod-terminated', 'session-terminated'] as const) {
      say(leg, state)
    }
    await bob.legs.all[0]?.reject('rejected')
    expect(recorded.story).to.deep.equal(['ended canceled'])
    expect(resources.connections).to.be.empty
  })

  it('asks nobody to know who is muted', async () => {
    const [near] = await talk()
    expect(near.leg.tellMute === undefined).to.equal(true)
  })

  for (const [muted, op] of [
    [true, 'mute'],
    [false, 'unmute'],
  ] as const) {
    it(`tells a server that mixes it of ${op}`, async () => {
      const [{ leg }] = await talk()
      say(alice.legs.all[0]!, 'mixed')
      await eventually('it wants to know', () => leg.tellMute !== undefined)
      // The exchange itself mixes nothing.
      await rejection(leg.tellMute!(muted))
      expect(alice.asked.at(-1)).to.equal(op)
    })
  }

  it('tells a server that mixes it at once where the user was muted before', async () => {
    await talk()
    local.setMuted(true)
    say(alice.legs.all[0]!, 'mixed')
    await eventually('it is told', () => alice.asked.includes('mute'))
  })

  it('is with the present host of the conference, by the connection there is', async () => {
    const [near] = await talk()
    const { connection } = near.leg
    alice.legs.all[0]!.handle({ type: 'conferences', call: near.leg.id, state: 'host-changed', from: 'sip:carol@x' })
    expect(await near.hears('replaced')).to.include({ address: 'carol@x' })
    expect(near.leg.connection).to.equal(connection)
  })

  for (const [accept, op] of [
    [true, 'accept-hand-over'],
    [false, 'reject-hand-over'],
  ] as const)
    it(`asks whether this side hosts the conference, and answers: ${op}`, async () => {
      const [near] = await talk()
      const asked = new Promise<void>((resolve) => near.leg.on('hand-over-requested', resolve))
      say(alice.legs.all[0]!, 'hand-over-requested')
      await asked
      // The exchange itself mixes nothing, and asks nobody.
      await rejection(near.leg.answerHandOver!(accept))
      expect(alice.asked.at(-1)).to.equal(op)
    })

  it('tells that nobody waits for the answer any more, and nothing of an answer that somebody else gave', async () => {
    const [near] = await talk()
    let told = 0
    near.leg.on('hand-over-withdrawn', () => told++)
    const event = { type: 'conferences', call: near.leg.id, state: 'hand-over-terminated', from: 'sip:bob@x' } as const
    alice.legs.all[0]!.handle({ ...event, modId: '1' })
    expect(told).to.equal(0)
    alice.legs.all[0]!.handle(event)
    expect(told).to.equal(1)
  })

  it('says that this side hosts the conference now', async () => {
    const [near] = await talk()
    const hosting = new Promise<void>((resolve) => near.leg.on('hosting', resolve))
    alice.legs.all[0]!.handle({ type: 'conferences', call: near.leg.id, state: 'hosting', from: 'sip:alice@x' })
    await hosting
    expect(near.leg.remote.address).to.equal('alice@x')
  })

  it('fails, with the reason and on both sides, when the answer makes no sense', async () => {
    const [outgoing, incoming] = await ringing()
    alice.deliver = (event) =>
      alice.legs.receive(event.state === 'session-open' ? { ...event, sdp: 'nonsense' } : event)
    await incoming.leg.accept(media, never())
    const end = await outgoing.ended()
    expect([end.reason, end.error?.kind]).to.deep.equal(['failed', 'media'])
    expect((await incoming.ended()).reason).to.equal('remote-hangup')
    expect(resources.connections).to.be.empty
  })

  it('rejects an answer to an offer that makes no sense, and rings on', async () => {
    bob.deliver = (event) => bob.legs.receive({ ...event, sdp: '<script>' })
    const [, incoming] = await ringing()
    await rejection(incoming.leg.accept(media, never()))
    expect(incoming.story).to.deep.equal([])
    expect(resources.connections).to.have.lengthOf(1)
  })

  it('tells what came before anybody listened, in order, and before what comes after', async () => {
    const outgoing = await alice.legs.place('sip:bob@example.com', media, never())
    const [incoming] = bob.incoming
    await incoming!.ring()
    const recorded = new RecordedLeg(outgoing, local)
    say(outgoing, 'session-terminated')
    await recorded.ended()
    expect(recorded.story).to.deep.equal(['progress ringing', 'ended remote-hangup'])
  })

  it('tells its end to who comes to listen after it', async () => {
    const outgoing = await alice.legs.place('sip:bob@example.com', media, never())
    alice.legs.endAll({ reason: 'session-ended' })
    expect((await new RecordedLeg(outgoing, local).ended()).reason).to.equal('session-ended')
  })

  it('hears what the exchange says of it before it says that it knows it', async () => {
    bob.deliver = (event) => {
      bob.legs.receive(event)
      if (event.state === 'invitation-received') void bob.incoming[0]?.ring()
    }
    // The event channel is faster than the reply to the request.
    const rung = new Promise<void>((resolve) => {
      alice.deliver = (event) => {
        alice.legs.receive(event)
        if (event.state === 'ringing') resolve()
      }
    })
    alice.after = ({ op }) => (op === 'dial' ? rung : undefined)
    const outgoing = await alice.legs.place('sip:bob@example.com', media, never())
    expect(await new RecordedLeg(outgoing, local).hears('progress')).to.equal('ringing')
  })

  it('holds nothing when the exchange cannot be told', async () => {
    const [near, far] = await talk()
    alice.before = () => Promise.reject(unreachable)
    expect(await rejection(near.leg.hold())).to.equal(unreachable)
    await far.receives('audio')
    await near.receives('audio')
    alice.before = () => undefined
    await near.leg.hold()
    await far.hears('held')
  })

  it('offers to go on receiving when it stops its picture, which clients of the original follow', async () => {
    local.close()
    local = await captured('video')
    media = { mediaType: 'video', local, settings: defaultConnectionSettings }
    const [asking, asked] = await talk()
    const offers: (string | null)[] = []
    alice.before = (command) => {
      if (command.op === 'modify') offers.push(directionOf(command.sdp, 'video'))
      return undefined
    }
    const changing = asking.leg.change('audio', never())
    await asked.hears('change-requested')
    await asked.leg.answerChange(true)
    expect(await changing).to.deep.equal({ accepted: true, mediaType: 'audio' })
    expect(asked.leg.mediaType).to.equal('audio')
    await asking.leg.hold()
    expect(offers).to.deep.equal(['recvonly', 'inactive'])
  })

  it('knows what an incoming call offers before it is answered', async () => {
    const [dialled, rung] = await ringing()
    expect([dialled.leg.codecs, rung.leg.codecs]).to.deep.equal([[], ['opus']])
  })

  it('tries a hold again that met another change of the far side', async () => {
    const [near, far] = await talk()
    let refusals = 0
    alice.before = ({ op }) => {
      if (op !== 'modify' || refusals++ > 0) return undefined
      return Promise.reject(new SignalingError('refused', 'In progress', { status: 409, messageId: 'SVC8501' }))
    }
    await near.leg.hold()
    await far.hears('held')
    expect(refusals).to.equal(2)
  })

  it('gives up a hold that met changes of the far side again and again', async () => {
    const [near, far] = await talk()
    const glare = new SignalingError('refused', 'In progress', { status: 409, messageId: 'SVC8501' })
    alice.before = ({ op }) => (op === 'modify' ? Promise.reject(glare) : undefined)
    expect(await rejection(near.leg.hold())).to.equal(glare)
    await far.receives('audio')
  })

  it('tries no more after the call has ended', async () => {
    const [near, far] = await talk()
    const glare = new SignalingError('refused', 'In progress', { status: 409, messageId: 'SVC8501' })
    alice.before = ({ op }) => (op === 'modify' ? Promise.reject(glare) : undefined)
    const holding = rejection(near.leg.hold())
    await far.leg.end()
    await near.ended()
    await holding
    expect(alice.asked.filter((op) => op === 'modify').length).to.be.at.most(1)
  })

  it('gives back a leg of which nobody knows any more', async () => {
    const [near] = await talk()
    await near.leg.end()
    expect(alice.legs.all).to.be.empty
  })
})

import { expect } from '@open-wc/testing'
import { eventually } from '../testing/eventually.ts'
import { ConferenceStage } from './testing/conference-stage.ts'

describe('the pictures of a conference', () => {
  let stage: ConferenceStage

  beforeEach(async () => {
    stage = await ConferenceStage.open('video')
  })
  afterEach(() => stage.close())

  it('show to each party everybody else, by real connections', async () => {
    const host = stage.host(500, 'red')
    const [alice, bob] = [stage.party('alice', 800, 'green'), stage.party('bob', 1200, 'blue')]
    await Promise.all([alice.join(stage.mixer), bob.join(stage.mixer)])
    await Promise.all([host.sees([alice, bob]), alice.sees([host, bob]), bob.sees([host, alice])])
  })

  it('come with the sound', async () => {
    stage.host(500, 'red')
    const alice = stage.join('alice', 800, 'green')
    const bob = stage.join('bob', 1200, 'blue')
    await Promise.all([alice.hears(['host', 'bob'], stage.parties), bob.hears(['host', 'alice'], stage.parties)])
  })

  it('are filled by the only other party', async () => {
    const host = stage.host(500, 'red')
    const alice = stage.join('alice', 800, 'green')
    await alice.sees([host])
    expect(alice.eye.colours().get('red')).to.be.above(0.9)
  })

  it('are without a participant who was removed', async () => {
    const host = stage.host(500, 'red')
    const [alice, bob] = [stage.join('alice', 800, 'green'), stage.join('bob', 1200, 'blue')]
    await alice.sees([host, bob])
    stage.mixer.remove('bob')
    await Promise.all([alice.sees([host]), host.sees([alice])])
  })

  it('have an empty tile for who shows nothing', async () => {
    const host = stage.host(500, 'red')
    stage.join('bob', 1200)
    const alice = stage.join('alice', 800, 'green')
    await alice.sees([host])
    expect(alice.eye.colours().get('red')).to.be.within(0.2, 0.5)
  })

  it('show nobody while held, and come back', async () => {
    const host = stage.host(500, 'red')
    const alice = stage.join('alice', 800, 'green')
    await alice.sees([host])
    stage.mixer.setHeld(true)
    await Promise.all([alice.sees([]), host.sees([])])
    stage.mixer.setHeld(false)
    await Promise.all([alice.sees([host]), host.sees([alice])])
  })

  it('show who speaks larger than the others', async () => {
    const host = stage.host(500, 'red')
    const [bob, carol] = [stage.join('bob', 1200, 'blue'), stage.join('carol', 1700, 'yellow')]
    const alice = stage.join('alice', 800, 'green')
    for (const party of stage.parties) party.speak(0)
    await alice.sees([host, bob, carol])
    const share = (): number => alice.eye.colours().get('yellow') ?? 0
    carol.speak(0.3)
    await eventually('carol is large', share, (now) => now > 0.5)
    carol.speak(0)
    bob.speak(0.3)
    await eventually('carol is small again', share, (now) => now < 0.2)
  })

  it('show another to the one who speaks', async () => {
    const host = stage.host(500, 'red')
    const [bob, carol] = [stage.join('bob', 1200, 'blue'), stage.join('carol', 1700, 'yellow')]
    const alice = stage.join('alice', 800, 'green')
    for (const party of [host, bob, carol]) party.speak(0)
    await stage.level('alice', 'speaks', ({ speaking }) => speaking)
    await alice.sees([host, bob, carol])
  })

  it('show all alike where the layout is a grid', async () => {
    const host = stage.host(500, 'red')
    const [bob, carol] = [stage.join('bob', 1200, 'blue'), stage.join('carol', 1700, 'yellow')]
    const alice = stage.join('alice', 800, 'green')
    stage.mixer.setLayout('grid')
    await alice.sees([host, bob, carol])
    await eventually(
      'three shares are alike',
      () => [...alice.eye.colours().values()],
      (shares) => shares.length === 3 && shares.every((share) => share > 0.15 && share < 0.3),
    )
  })

  it('keep the shape of an upright picture', async () => {
    const host = stage.party('host', 500, 'red', { width: 180, height: 320 })
    stage.mixer.setHost(host.sent)
    const alice = stage.join('alice', 800)
    await alice.sees([host])
    // 9:16 of the height of 16:9: a third of the width.
    expect(alice.eye.colours().get('red')).to.be.within(0.25, 0.35)
  })

  it('are not made for a participant who takes sound alone, who is on a tile all the same', async () => {
    const mix = stage.mixer.add('phone', new MediaStream(), 'audio')
    expect(mix.stream.getTracks().map(({ kind }) => kind)).to.deep.equal(['audio'])
    const host = stage.host(500, 'red')
    const alice = stage.join('alice', 800, 'green')
    await alice.sees([host])
    expect(alice.eye.colours().get('red')).to.be.below(0.5)
  })

  it('follow a participant who turns their camera off and on', async () => {
    const host = stage.host(500, 'red')
    const alice = stage.join('alice', 800, 'green')
    await host.sees([alice])
    const [camera] = alice.sent.getVideoTracks()
    alice.sent.removeTrack(camera!)
    stage.mixer.update('alice')
    await host.sees([])
    alice.sent.addTrack(camera!)
    stage.mixer.update('alice')
    await host.sees([alice])
  })
})

describe('a mix of sound alone', () => {
  it('has no picture', async () => {
    const stage = await ConferenceStage.open('audio')
    expect(stage.mixer.stream.getVideoTracks()).to.be.empty
    await stage.close()
  })
})

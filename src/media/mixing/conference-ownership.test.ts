import { expect } from '@open-wc/testing'
import { eventually } from '../testing/eventually.ts'
import { ConferenceMixer } from './conference-mixer.ts'
import { FarParty } from './testing/far-party.ts'
import { ColourPicture } from './testing/colour-picture.ts'
import { ResourceLedger } from './testing/resource-ledger.ts'

describe('what a conference takes from the browser', () => {
  let context: AudioContext
  let parties: FarParty[] = []
  let ledger: ResourceLedger
  let end: AbortController
  let mixer: ConferenceMixer
  let tracks: MediaStreamTrack[] = []

  beforeEach(async () => {
    context = new AudioContext()
    parties = [
      new FarParty(context, 'host', 500, new ColourPicture('red')),
      new FarParty(context, 'alice', 800, new ColourPicture('green')),
      new FarParty(context, 'bob', 1200),
    ]
    end = new AbortController()
    ledger = new ResourceLedger()
    mixer = await ConferenceMixer.create({ mediaType: 'video', signal: end.signal })
    const [host, ...guests] = parties
    mixer.setHost(host!.sent)
    tracks = mixer.stream.getTracks()
    for (const { id, sent } of guests) tracks.push(...mixer.add(id, sent).stream.getTracks())
  })
  afterEach(async () => {
    ledger.restore()
    end.abort()
    for (const party of parties) party.close()
    await context.close()
  })

  const nothingLeft = async (): Promise<void> => {
    await eventually('the audio context is closed', () => ledger.openContexts.length === 0)
    await eventually('every frame is closed', () => ledger.openFrames.length === 0)
    expect(ledger.contexts.length).to.equal(1)
    expect(ledger.edges).to.equal(0)
    expect(ledger.busyPlayers.length).to.equal(0)
    expect(new Set(tracks.map(({ readyState }) => readyState))).to.deep.equal(new Set(['ended']))
  }

  it('is given back when it is closed', async () => {
    mixer.close()
    await nothingLeft()
  })

  it('is given back when its signal aborts', async () => {
    end.abort()
    await nothingLeft()
  })

  it('is given back in the middle of the pictures', async () => {
    const see = parties[0]!
    see.eye.watch(mixer.stream.getVideoTracks()[0]!)
    await see.sees([parties[1]!])
    mixer.close()
    await nothingLeft()
  })

  it('is for a participant given back when they go', () => {
    const before = { edges: ledger.edges, players: ledger.busyPlayers.length }
    const dave = new FarParty(context, 'dave', 1700, new ColourPicture('blue'))
    parties.push(dave)
    const mix = mixer.add('dave', dave.sent)
    const given = mix.stream.getTracks()
    mixer.remove('dave')
    expect(given.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'ended'])
    expect(ledger.edges).to.equal(before.edges)
    expect(ledger.busyPlayers.length).to.equal(before.players)
  })

  it('does not grow with its pictures', async () => {
    const see = parties[0]!
    see.eye.watch(mixer.stream.getVideoTracks()[0]!)
    await see.sees([parties[1]!])
    expect(ledger.openFrames.length).to.be.at.most(8)
  })

  it('is not what the parties send, which goes on', () => {
    mixer.close()
    for (const { sent } of parties) {
      expect(sent.getTracks().every(({ readyState }) => readyState === 'live')).to.be.true
    }
  })

  it('is given back once, however often it is closed', async () => {
    mixer.close()
    mixer.close()
    mixer.remove('alice')
    await nothingLeft()
  })
})

import { expect } from '@open-wc/testing'
import { ConferenceMixer } from './conference-mixer.ts'
import { ConferenceStage } from './testing/conference-stage.ts'

describe('the sound of a conference', () => {
  let stage: ConferenceStage

  beforeEach(async () => {
    stage = await ConferenceStage.open('audio')
  })
  afterEach(() => stage.close())

  const everybodyElse = (id: string): string[] => stage.parties.map((party) => party.id).filter((other) => other !== id)

  it('brings to each party everybody else, by real connections', async () => {
    stage.host(500)
    const guests = [stage.party('alice', 800), stage.party('bob', 1200), stage.party('carol', 1700)]
    await Promise.all(guests.map((guest) => guest.join(stage.mixer)))
    await Promise.all(stage.parties.map((party) => party.hears(everybodyElse(party.id), stage.parties)))
  })

  it('is without a participant who was removed', async () => {
    const host = stage.host(500)
    const [alice, bob] = [stage.party('alice', 800), stage.party('bob', 1200)]
    await Promise.all([alice.join(stage.mixer), bob.join(stage.mixer)])
    await alice.hears(['host', 'bob'], stage.parties)
    stage.mixer.remove('bob')
    await Promise.all([
      alice.hears(['host'], stage.parties),
      host.hears(['alice'], stage.parties),
      bob.hears([], stage.parties),
    ])
  })

  it('takes in a participant who comes later', async () => {
    stage.host(500)
    const alice = stage.join('alice', 800)
    await alice.hears(['host'], stage.parties)
    const bob = stage.join('bob', 1200)
    await Promise.all([alice.hears(['host', 'bob'], stage.parties), bob.hears(['host', 'alice'], stage.parties)])
  })

  it('is without a participant who is silenced, until they no longer are', async () => {
    const host = stage.host(500)
    const [alice, bob] = [stage.join('alice', 800), stage.join('bob', 1200)]
    await host.hears(['alice', 'bob'], stage.parties)
    stage.mixer.setSilenced('bob', true)
    await Promise.all([
      host.hears(['alice'], stage.parties),
      alice.hears(['host'], stage.parties),
      bob.hears(['host', 'alice'], stage.parties),
    ])
    stage.mixer.setSilenced('bob', false)
    await alice.hears(['host', 'bob'], stage.parties)
  })

  it('is without a host who is muted, and hears on', async () => {
    const host = stage.host(500)
    const [alice, bob] = [stage.join('alice', 800), stage.join('bob', 1200)]
    await alice.hears(['host', 'bob'], stage.parties)
    stage.mixer.setHostMuted(true)
    await Promise.all([
      alice.hears(['bob'], stage.parties),
      bob.hears(['alice'], stage.parties),
      host.hears(['alice', 'bob'], stage.parties),
    ])
  })

  it('is silence for everybody while held, and comes back', async () => {
    const host = stage.host(500)
    const alice = stage.join('alice', 800)
    await host.hears(['alice'], stage.parties)
    stage.mixer.setHeld(true)
    await Promise.all([host.hears([], stage.parties), alice.hears([], stage.parties)])
    stage.mixer.setHeld(false)
    await Promise.all([host.hears(['alice'], stage.parties), alice.hears(['host'], stage.parties)])
  })

  it('stays silent for one who was silenced before the hold', async () => {
    const host = stage.host(500)
    stage.join('alice', 800)
    stage.join('bob', 1200)
    stage.mixer.setSilenced('bob', true)
    stage.mixer.setHeld(true)
    stage.mixer.setHeld(false)
    await host.hears(['alice'], stage.parties)
  })

  it('follows the host to another microphone', async () => {
    stage.host(500)
    const alice = stage.join('alice', 800)
    await alice.hears(['host'], stage.parties)
    const other = stage.party('other microphone', 2100)
    stage.mixer.setHost(other.sent)
    await alice.hears(['other microphone'], stage.parties)
  })

  it('has a participant in it as soon as their stream has a track', async () => {
    const host = stage.host(500)
    const alice = stage.party('alice', 800)
    const remote = new MediaStream()
    stage.mixer.add('alice', remote)
    for (const track of alice.sent.getTracks()) remote.addTrack(track)
    stage.mixer.update('alice')
    await host.hears(['alice'], stage.parties)
  })

  it('opens no device for what a participant is sent', async () => {
    const mix = stage.mixer.add('alice', new MediaStream())
    await mix.capture('video', new AbortController().signal)
    expect(mix.stream.getTracks().map(({ kind }) => kind)).to.deep.equal(['audio'])
  })

  for (const id of ['alice', 'host']) {
    it(`takes nobody in under an id that is taken, ${id}`, () => {
      stage.mixer.add('alice', new MediaStream())
      expect(() => stage.mixer.add(id, new MediaStream())).to.throw(`There is a party ${id} in this mix already`)
    })
  }

  it('takes nobody in once it is closed', () => {
    stage.mixer.close()
    expect(() => stage.mixer.add('alice', new MediaStream())).to.throw('This mix is closed')
  })

  it('is not opened for a conference that is over already', async () => {
    const reason = new Error('over')
    const opening = ConferenceMixer.create({ mediaType: 'audio', signal: AbortSignal.abort(reason) })
    expect(await opening.catch((error: unknown) => error)).to.equal(reason)
  })

  it('has room for six participants, or four with pictures, on any machine', () => {
    const { audio, video } = stage.mixer.limit
    expect([audio >= 6, video >= 4]).to.deep.equal([true, true])
  })
})

describe('the levels of a conference', () => {
  let stage: ConferenceStage

  beforeEach(async () => {
    stage = await ConferenceStage.open('audio')
  })
  afterEach(() => stage.close())

  it('tell who speaks, and how loud, the host among them', async () => {
    stage.host(500).speak(0.1)
    stage.join('alice', 800).speak(0.3)
    const host = await stage.level('host', 'is at -23 dB', ({ level }) => level > 0.5 && level < 0.9)
    const alice = await stage.level('alice', 'is louder', ({ level }) => level >= 0.9)
    expect([host.speaking, alice.speaking, alice.silent]).to.deep.equal([true, true, false])
  })

  it('tell by real connections who pauses, and then that they are silent', async () => {
    const alice = stage.party('alice', 800)
    await alice.join(stage.mixer)
    await stage.level('alice', 'speaks', ({ speaking }) => speaking)
    alice.speak(0)
    await stage.level('alice', 'pauses', ({ speaking, level }) => !speaking && level === 0)
    await stage.level('alice', 'is silent', ({ silent }) => silent)
    alice.speak(0.3)
    await stage.level('alice', 'speaks again', ({ speaking, silent }) => speaking && !silent)
  })

  it('tell by real connections of one who muted their microphone that they are silent', async () => {
    const alice = stage.party('alice', 800)
    await alice.join(stage.mixer)
    await stage.level('alice', 'speaks', ({ speaking }) => speaking)
    alice.sent.getAudioTracks()[0]!.enabled = false
    await stage.level('alice', 'is silent', ({ silent }) => silent)
  })

  it('do not count as silent who is only quiet', async () => {
    const alice = stage.party('alice', 800)
    alice.speak(0.0005)
    await alice.join(stage.mixer)
    // Who joins is silent before their first sound.
    stage.join('bob', 1200)
    await stage.level('bob', 'speaks', ({ speaking }) => speaking)
    const level = await stage.level('alice', 'is not silent', ({ silent }) => !silent)
    expect([level.level, level.speaking]).to.deep.equal([0, false])
  })

  it('are zero for one who is silenced, who still sends sound', async () => {
    stage.join('alice', 800)
    await stage.level('alice', 'speaks', ({ speaking }) => speaking)
    stage.mixer.setSilenced('alice', true)
    const level = await stage.level('alice', 'is not heard', ({ speaking }) => !speaking)
    expect(level).to.deep.equal({ level: 0, speaking: false, silent: false })
  })

  it('are told of nobody who was removed', async () => {
    stage.join('alice', 800)
    stage.join('bob', 1200)
    await stage.level('alice', 'speaks', ({ speaking }) => speaking)
    const next = new Promise<readonly string[]>((resolve) =>
      stage.mixer.events.on('levels', (levels) => {
        if (!levels.has('alice')) resolve([...levels.keys()])
      }),
    )
    stage.mixer.remove('alice')
    expect(await next).to.deep.equal(['host', 'bob'])
  })
})

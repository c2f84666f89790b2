import { waitUntil } from '@open-wc/testing'
import '../define/phone-provider.ts'
import '../define/att-call-view.ts'
import {
  callSnapshot,
  expect,
  forcedPhone,
  html,
  inCall,
  oneEvent,
  participantSnapshot,
  rings,
  showing,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttCallView } from './att-call-view.ts'
import type { CallSnapshot, ParticipantSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

const tag = html`<att-call-view></att-call-view>`
const partOf = (view: AttCallView, name: string): HTMLElement | null => view.shadowRoot!.querySelector(`[part=${name}]`)
const statusOf = (view: AttCallView): string => textOf(partOf(view, 'status')!)
const party = (address: string, displayName?: string): CallSnapshot['remote'] => ({
  address,
  uri: `sip:${address}`,
  ...(displayName !== undefined && { displayName }),
})

describe('<att-call-view>', () => {
  it('shows the picture of both sides of a video call', async () => {
    const { callee } = await inCall('video')
    const view = await within<AttCallView>(callee, tag)
    const remote = partOf(view, 'remote') as HTMLVideoElement
    await oneEvent(remote, 'playing')
    await view.updateComplete
    expect(view.matches(':state(video)')).to.be.true
    expect((partOf(view, 'local') as HTMLVideoElement).srcObject).to.equal(callee.snapshot.calls[0]!.localStream)
  })

  it('never sounds: that is the matter of the phone', async () => {
    const { callee } = await inCall('video')
    const view = await within<AttCallView>(callee, tag)
    expect([...view.shadowRoot!.querySelectorAll('video')].map(({ muted }) => muted)).to.deep.equal([true, true])
  })

  it('plays on when it renders again', async () => {
    const { callee } = await inCall('video')
    const view = await within<AttCallView>(callee, tag)
    const remote = partOf(view, 'remote') as HTMLVideoElement
    await oneEvent(remote, 'playing')
    let restarted = false
    remote.addEventListener('emptied', () => (restarted = true))
    await callee.mute()
    view.requestUpdate()
    await view.updateComplete
    expect(restarted).to.be.false
  })

  it('shows a person, not a black box, in an audio call', async () => {
    const { callee } = await inCall()
    const view = await within<AttCallView>(callee, tag)
    expect(partOf(view, 'remote')).to.be.null
    expect(textOf(partOf(view, 'avatar')!)).to.equal('U')
  })

  it('counts the time of the call', async () => {
    const call = callSnapshot({ connectedAt: Date.now() - 161_000 })
    const view = await within<AttCallView>(forcedPhone({ calls: [call] }), tag)
    expect(statusOf(view)).to.equal('02:41')
    const counted = new Promise((resolve) =>
      new MutationObserver(resolve).observe(view.shadowRoot!, { characterData: true, subtree: true }),
    )
    await counted
    expect(statusOf(view)).to.equal('02:42')
  })

  it('follows a call from ringing to its end', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    const view = await within<AttCallView>(callee, tag)
    expect(statusOf(view)).to.equal('No call')
    await rings(caller, callee)
    await showing(view, 'incoming')
    expect(statusOf(view)).to.equal('Incoming call')
    await callee.answer({})
    await showing(view, 'connected')
    expect(statusOf(view)).to.match(/^00:0\d$/)
    await callee.hold()
    await showing(view, 'held')
    expect(statusOf(view)).to.match(/^On hold · 00:0\d$/)
    await caller.hangup()
    await showing(view, 'ready')
    expect(statusOf(view)).to.match(/ hung up · 00:0\d$/)
  })

  it('says who holds the call', async () => {
    const hold = { local: false, remote: true, explicit: false }
    const view = await within<AttCallView>(forcedPhone({ calls: [callSnapshot({ hold })] }), tag)
    expect(statusOf(view)).to.contain('bob put you on hold')
  })

  it('shows a number as people write it', async () => {
    const calls = [callSnapshot({ remote: party('+18005550199') })]
    const view = await within<AttCallView>(forcedPhone({ calls }), tag)
    expect(textOf(partOf(view, 'name')!)).to.equal('1 (800) 555-0199')
  })

  it('shows the address beside the name of who calls', async () => {
    const remote = party('bob@example.com', 'Bob Kimura')
    const calls = [callSnapshot({ remote, direction: 'incoming', progress: 'ringing', connectedAt: null })]
    const view = await within<AttCallView>(forcedPhone({ calls }), tag)
    expect(textOf(partOf(view, 'avatar')!)).to.equal('BK')
    expect(textOf(view)).to.contain('bob@example.com')
  })

  it('shows markup in a name as text', async () => {
    const name = '<img src=x onerror="alert(1)">'
    const calls = [callSnapshot({ remote: party('evil@example.com', name) })]
    const view = await within<AttCallView>(forcedPhone({ calls }), tag)
    expect(textOf(partOf(view, 'name')!)).to.equal(name)
    expect(view.shadowRoot!.querySelector('img')).to.be.null
  })

  it('keeps its place when it is moved in the page', async () => {
    const { callee } = await inCall()
    const view = await within<AttCallView>(callee, tag)
    const place = document.createElement('div')
    view.before(place)
    place.append(view)
    await callee.hold()
    await showing(view, 'held')
  })

  describe('of a conference', () => {
    const hosting = (...participants: readonly ParticipantSnapshot[]): Partial<PhoneSnapshot> => ({
      calls: [callSnapshot({ callType: 'conference', remote: party('') })],
      conference: {
        index: 1,
        role: 'host',
        mix: 'browser',
        mediaType: 'audio',
        participants,
        limit: 8,
        atLimit: false,
        allSilenced: false,
      },
    })
    const [bob, carol] = [participantSnapshot('bob'), participantSnapshot('carol')]
    const tiles = (view: AttCallView): readonly string[] =>
      [...view.shadowRoot!.querySelectorAll('[part=tile]')].map((tile) => textOf(tile.querySelector('.caption')!))
    const shows = (view: AttCallView, ...names: readonly string[]): Promise<void> =>
      waitUntil(() => tiles(view).join() === names.join(), names.join())

    it('shows each who takes part, and what keeps them from being heard', async () => {
      const dave = participantSnapshot('dave', { silenced: true })
      const view = await within<AttCallView>(
        forcedPhone(hosting(bob, { ...carol, muted: true }, dave, participantSnapshot('erin', { state: 'ringing' }))),
        tag,
      )
      await shows(view, 'bob', 'carol · Muted', 'dave · Muted by you')
      expect(textOf(partOf(view, 'name')!)).to.equal('Conference')
    })

    it('shows nobody larger in the grid, no matter who speaks', async () => {
      const view = await within<AttCallView>(forcedPhone(hosting(bob, { ...carol, speaking: true })), tag)
      await shows(view, 'bob', 'carol')
      expect(view.shadowRoot!.querySelector('.large')).to.be.null
    })

    it('shows who speaks first and large, and keeps them there while nobody speaks', async () => {
      const phone = forcedPhone(hosting(bob, carol))
      const view = await within<AttCallView>(phone, html`<att-call-view layout="speaker"></att-call-view>`)
      await shows(view, 'bob', 'carol')
      phone.show(hosting(bob, { ...carol, speaking: true }))
      await shows(view, 'carol', 'bob')
      phone.show(hosting(bob, carol, participantSnapshot('dave')))
      await shows(view, 'carol', 'bob', 'dave')
      expect(textOf(view.shadowRoot!.querySelector('.large .caption')!)).to.equal('carol')
    })

    it('shows the others one by one to a participant who gets them so', async () => {
      const stream = new MediaStream()
      const { calls, conference } = hosting({ ...bob, mediaType: 'video', stream })
      const joined = { ...conference!, role: 'participant', mix: null, mediaType: 'video' } as const
      const view = await within<AttCallView>(forcedPhone({ calls: calls!, conference: joined }), tag)
      await shows(view, 'bob')
      expect(view.shadowRoot!.querySelector<HTMLVideoElement>('[part=tile] video')?.srcObject).to.equal(stream)
      expect(partOf(view, 'remote')).to.be.null
    })

    it('shows a participant who gets one picture of all no tiles', async () => {
      const { conference } = hosting()
      const remoteStream = new MediaStream()
      const call = callSnapshot({ callType: 'conference', mediaType: 'video', remoteStream })
      const joined = { ...conference!, role: 'participant', mix: null, mediaType: 'video' } as const
      const view = await within<AttCallView>(forcedPhone({ calls: [call], conference: joined }), tag)
      await waitUntil(
        () => (partOf(view, 'remote') as HTMLVideoElement | null)?.srcObject === remoteStream,
        'the picture',
      )
      expect(partOf(view, 'tiles')).to.be.null
    })

    it('shows the picture of who sends one', async () => {
      const stream = new MediaStream()
      const view = await within<AttCallView>(forcedPhone(hosting({ ...bob, mediaType: 'video', stream }, carol)), tag)
      await shows(view, 'bob', 'carol')
      const videos = [...view.shadowRoot!.querySelectorAll<HTMLVideoElement>('[part=tile] video')]
      expect(videos.map(({ srcObject, muted }) => [srcObject, muted])).to.deep.equal([[stream, true]])
    })

    it('is accessible', async () => {
      const view = await within<AttCallView>(forcedPhone(hosting(bob, { ...carol, speaking: true })), tag)
      await shows(view, 'bob', 'carol')
      await expect(view).to.be.accessible()
    })
  })

  const states: Readonly<Record<string, Partial<CallSnapshot>>> = {
    dialing: { progress: 'dialing', connectedAt: null },
    incoming: { direction: 'incoming', progress: 'ringing', connectedAt: null },
    connected: {},
    held: { hold: { local: true, remote: false, explicit: true } },
    video: { mediaType: 'video' },
  }
  for (const [state, call] of Object.entries(states)) {
    it(`is accessible while ${state}`, async () => {
      await expect(await within(forcedPhone({ calls: [callSnapshot(call)] }), tag)).to.be.accessible()
    })
  }
})

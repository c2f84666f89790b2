import '../define/all.ts'
import { announcements } from '../testing/announcements.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  html,
  inTwoCalls,
  newPhone,
  rings,
  settled,
  showing,
  signedIn,
} from '../testing/phones.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'

let over = new AbortController()
beforeEach(() => (over = new AbortController()))
afterEach(() => over.abort())

const phoneTag = (phone: AttPhone['phone']): Promise<AttPhone> =>
  fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)

describe('A screen reader is told', () => {
  it('of another host of the conference one is in, and not where one is that host', async () => {
    const party = (name: string) => ({ address: `${name}@example.com`, uri: `sip:${name}@example.com` })
    const phone = forcedPhone()
    const { session } = phone.snapshot
    const hostedBy = (name: string) => ({
      session: { ...session, userId: 'carol@example.com' },
      calls: [callSnapshot({ callType: 'conference', direction: 'incoming', remote: party(name) })],
    })
    phone.show(hostedBy('alice'))
    const element = await phoneTag(phone)
    const told = announcements(over.signal)
    for (const name of ['bob', 'carol']) {
      phone.show(hostedBy(name))
      await drawn(element)
    }
    expect(told).to.deep.equal(['bob hosts the conference now'])
  })

  it('of ringing, connected, held, resumed, muted, ended, each once', async () => {
    const [caller, phone] = await Promise.all([signedIn('Alice'), signedIn()])
    const element = await phoneTag(phone)
    const told = announcements(over.signal)
    await rings(caller, phone)
    await showing(element, 'incoming')
    await phone.answer({})
    await showing(element, 'connected')
    await phone.hold()
    await showing(element, 'held')
    await phone.resume()
    await showing(element, 'connected')
    await caller.hold()
    await showing(element, 'held')
    await caller.resume()
    await showing(element, 'connected')
    await phone.mute()
    await caller.hangup()
    await settled(phone, ({ calls }) => calls.length === 0)
    await showing(element, 'ready')
    await drawn(element)
    // A browser may ask for the microphone, which is said, too.
    expect(told.filter((text) => !text.includes('microphone.'))).to.deep.equal([
      '!Incoming call from Alice',
      'Connected to Alice',
      'Call on hold',
      'Call resumed',
      'Alice put you on hold',
      'Alice took you off hold',
      'Microphone muted',
      'Alice hung up',
    ])
  })

  const up = callSnapshot()
  const rung = callSnapshot({ direction: 'incoming', progress: 'ringing', connectedAt: null })
  const placed = callSnapshot({ progress: 'connecting', connectedAt: null })
  const carol = { address: 'carol@example.com', uri: 'sip:carol@example.com' }
  const behind = callSnapshot({
    index: 2,
    foreground: false,
    remote: { address: 'dave@example.com', uri: 'sip:dave@example.com' },
    hold: { local: true, remote: false, explicit: false },
  })
  const ended = (change: Partial<CallSnapshot>): Partial<PhoneSnapshot> => ({
    calls: [],
    lastCall: callSnapshot({ progress: 'ended', ...change }),
  })
  const changes: Readonly<
    Record<string, readonly [Partial<PhoneSnapshot>, Partial<PhoneSnapshot>, readonly string[]]>
  > = {
    'a call that rings': [{}, { calls: [rung] }, ['!Incoming call from bob']],
    'a call that rings during another': [
      { calls: [{ ...up, index: 2 }] },
      { calls: [{ ...up, index: 2 }, rung] },
      ['!Incoming call from bob'],
    ],
    'muted by the page': [{ calls: [up] }, { calls: [{ ...up, muted: true }] }, ['Microphone muted']],
    'unmuted by the page': [{ calls: [{ ...up, muted: true }] }, { calls: [up] }, ['Microphone on']],
    'a call that became video': [
      { calls: [up] },
      { calls: [{ ...up, mediaType: 'video' }] },
      ['This is a video call now'],
    ],
    'a call that is sound alone again': [
      { calls: [{ ...up, mediaType: 'video' }] },
      { calls: [up] },
      ['This is an audio call now'],
    ],
    'another party': [
      { calls: [up] },
      { calls: [{ ...up, remote: { address: 'carol@example.com', uri: 'sip:carol@example.com' } }] },
      ['You are talking to carol now'],
    ],
    'a request for video, without its buttons': [
      { calls: [up] },
      { calls: [{ ...up, asked: true, newMediaType: 'video' }] },
      ['!Video? The other side would like to see you.'],
    ],
    'a call that is sent on to somebody else': [
      { calls: [{ ...placed, waiting: null }] },
      { calls: [{ ...placed, waiting: 'forwarded' }] },
      ['The call is being forwarded…'],
    ],
    'a call that waits in a queue, once': [
      { calls: [{ ...placed, waiting: 'queued' }] },
      { calls: [{ ...placed, waiting: 'queued', muted: true }] },
      [],
    ],
    'a far side that holds a call as it was answered': [
      { calls: [{ ...up, progress: 'ringing', connectedAt: null }] },
      { calls: [{ ...up, hold: { ...up.hold, remote: true } }] },
      ['Connected to bob', 'bob put you on hold'],
    ],
    'another party while it rings': [
      { calls: [{ ...placed, progress: 'ringing' }] },
      { calls: [{ ...placed, progress: 'ringing', remote: carol }] },
      ['Ringing at carol'],
    ],
    'a better name while it rings in': [
      { calls: [rung] },
      { calls: [{ ...rung, remote: carol }] },
      ['!Incoming call from carol'],
    ],
    'another party who holds': [
      { calls: [up] },
      { calls: [{ ...up, remote: carol, hold: { ...up.hold, remote: true } }] },
      ['You are talking to carol now', 'carol put you on hold'],
    ],
    'a call in the background whose party is another': [
      { calls: [up, behind] },
      { calls: [up, { ...behind, remote: carol }] },
      ['The call on hold is with carol now'],
    ],
    'a connection that is lost': [
      { calls: [up] },
      { calls: [{ ...up, link: 'recovering' }] },
      ['The connection was interrupted. Your call is kept; sound returns in a moment.'],
    ],
    'a connection that is back': [
      { calls: [{ ...up, link: 'recovering' }] },
      { calls: [up] },
      ['The connection is back'],
    ],
    'the network that is gone': [
      {},
      { online: false },
      ['You are offline. Calls work again when your connection is back.'],
    ],
    'the network that is back': [{ online: false }, { online: true }, ['The connection is back']],
    'a missed call, with its name': [
      { calls: [rung] },
      ended({ direction: 'incoming', connectedAt: null, endedReason: 'canceled' }),
      ['Missed call from bob'],
    ],
    'why a call ended': [{ calls: [up] }, ended({ endedReason: 'remote-hangup' }), ['bob hung up']],
  }
  for (const [what, [before, after, words]] of Object.entries(changes)) {
    it(`of ${what}`, async () => {
      const phone = forcedPhone(before)
      const element = await phoneTag(phone)
      const told = announcements(over.signal)
      phone.show(after)
      await drawn(element)
      expect(told).to.deep.equal(words)
    })
  }

  it('of nothing by the announcer that the button which has the focus says itself', async () => {
    const phone = forcedPhone({ calls: [up] })
    const element = await phoneTag(phone)
    const told = announcements(over.signal)
    element.shadowRoot!.querySelector('att-mute-button')!.focus()
    phone.show({ calls: [{ ...up, muted: true }] })
    await drawn(element)
    expect(told).to.be.empty
  })

  it('which of two calls the phone switched to', async () => {
    const { phone, first } = await inTwoCalls()
    const element = await phoneTag(phone)
    const told = announcements(over.signal)
    await phone.switchCall()
    await settled(phone, ({ calls }) => calls[0]!.foreground && !calls[0]!.hold.local)
    await drawn(element)
    expect(told).to.contain(`Connected to ${first.snapshot.session.userId}`)
  })

  it('by one tag only, however many show the call', async () => {
    const phone = forcedPhone()
    const element = await phoneTag(phone)
    await fixture(html`<att-phone manual .phone=${phone}><att-call-view></att-call-view></att-phone>`)
    const told = announcements(over.signal)
    phone.show({ calls: [callSnapshot()] })
    await drawn(element)
    expect(told).to.deep.equal(['Connected to bob'])
  })

  it('by the next tag when the first has gone', async () => {
    const phone = forcedPhone()
    const place = await fixture(
      html`<div>
        <att-phone manual .phone=${newPhone()}><i></i></att-phone><att-phone manual .phone=${phone}><i></i></att-phone>
        <att-phone manual .phone=${phone}><i></i></att-phone>
      </div>`,
    )
    const [, first, second] = place.querySelectorAll('att-phone')
    phone.show({ calls: [callSnapshot({ progress: 'dialing', connectedAt: null })] })
    await showing(first!, 'dialing')
    first!.remove()
    const told = announcements(over.signal)
    phone.show({ calls: [callSnapshot()] })
    await showing(second!, 'connected')
    expect(told).to.deep.equal(['Connected to bob'])
  })

  it('by live regions that stand in the page before anything is said', async () => {
    await phoneTag(forcedPhone())
    const { shadowRoot } = document.querySelector('.att-announcer')!
    const regions = [...shadowRoot!.children].map(({ role, ariaLive, textContent }) => [role, ariaLive, textContent])
    expect(regions.map((region) => region.slice(0, 2))).to.deep.equal([
      ['status', 'polite'],
      ['alert', 'assertive'],
    ])
  })

  it('inside of a dialog that makes the rest of the page silent', async () => {
    const dialog = await fixture<HTMLDialogElement>(html`<dialog></dialog>`)
    dialog.showModal()
    const phone = forcedPhone()
    const element = document.createElement('att-phone')
    Object.assign(element, { manual: true, phone })
    dialog.append(element)
    await drawn(element)
    phone.show({ calls: [callSnapshot()] })
    await drawn(element)
    expect(dialog.querySelector('.att-announcer')!.shadowRoot!.textContent).to.equal('Connected to bob')
  })
})

describe('What gets the focus when a call comes', () => {
  it('says who calls', async () => {
    const phone = forcedPhone()
    const element = await phoneTag(phone)
    element.shadowRoot!.querySelector('att-dialpad')!.focus()
    phone.show({ calls: [callSnapshot({ direction: 'incoming', progress: 'ringing', connectedAt: null })] })
    await drawn(element)
    const focused = element.shadowRoot!.activeElement!
    expect([focused.className, focused.getAttribute('aria-label')]).to.deep.equal([
      'root phone call',
      'Incoming call from bob',
    ])
  })
})

import { waitUntil } from '@open-wc/testing'
import '../define/phone-provider.ts'
import '../define/att-conference-panel.ts'
import {
  callSnapshot,
  expect,
  forcedPhone,
  html,
  oneEvent,
  participantSnapshot,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import { en } from '../locales/en.ts'
import { furtherEnglish } from '../locales/further-english.ts'
import { rosterAnnouncements } from './roster-announcements.ts'
import type { AttConferencePanel } from './att-conference-panel.ts'
import type { RequestEventMap } from '../events/request-event.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot, ConferenceSnapshot, ParticipantSnapshot } from '../../src/phone/snapshot.ts'

const tag = html`<att-conference-panel></att-conference-panel>`

const conference = (change: Partial<ConferenceSnapshot> = {}): ConferenceSnapshot => ({
  index: 1,
  role: 'host',
  mix: 'browser',
  mediaType: 'audio',
  participants: [],
  limit: 6,
  atLimit: false,
  allSilenced: false,
  ...change,
})

const conferenceCall = callSnapshot({ callType: 'conference', remote: { address: '', uri: '' } })
const hosting = (...participants: readonly ParticipantSnapshot[]): Partial<PhoneSnapshot> => ({
  calls: [conferenceCall],
  conference: conference({ participants }),
})
const bob = participantSnapshot('bob@example.com', { displayName: 'Bob Kimura' })
const ringing = participantSnapshot('+12125550143', { state: 'ringing' })
const invitation: Partial<PhoneSnapshot> = {
  calls: [callSnapshot({ callType: 'conference', direction: 'incoming', progress: 'ringing', connectedAt: null })],
  conference: conference({ role: 'participant', mix: null, limit: 0 }),
}
const taking: Partial<PhoneSnapshot> = {
  calls: [callSnapshot({ callType: 'conference', direction: 'incoming' })],
  conference: conference({ role: 'participant', mix: null, limit: 0 }),
}
const askedToHost: Partial<PhoneSnapshot> = {
  ...taking,
  calls: taking.calls!.map((call) => ({ ...call, handOverAsked: true })),
}

/** Two phones and a mixer take their time on a busy machine. */
const patience = { timeout: 20_000 }

/** A phone of a network that confers. */
function conferring(change: Partial<PhoneSnapshot> = {}): ReturnType<typeof forcedPhone> {
  const phone = forcedPhone()
  const { session } = phone.snapshot
  phone.show({ session: { ...session, capabilities: { ...session.capabilities, conference: true } }, ...change })
  return phone
}

const panelOf = (change: Partial<PhoneSnapshot> = {}): Promise<AttConferencePanel> =>
  within<AttConferencePanel>(conferring(change), tag)

const rows = (panel: AttConferencePanel): readonly string[] =>
  [...panel.shadowRoot!.querySelectorAll('li p')].map((row) => textOf(row))

function button(panel: AttConferencePanel, name: string): HTMLButtonElement {
  const found = [...panel.shadowRoot!.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? textOf(each)) === name,
  )
  if (!found) throw new Error(`There is no button ${name}`)
  return found
}

/** What the panel asks for, and does not do because the page says no. */
async function asked<Name extends keyof RequestEventMap>(
  panel: AttConferencePanel,
  name: Name,
  act: () => void,
): Promise<RequestEventMap[Name]['detail']> {
  panel.addEventListener(name, (event) => event.preventDefault(), { once: true })
  setTimeout(act)
  return (await oneEvent<RequestEventMap[Name]>(panel, name)).detail
}

describe('<att-conference-panel>', () => {
  describe('without a conference', () => {
    it('asks to start one with the media of its attribute', async () => {
      const panel = await panelOf()
      panel.mediaType = 'video'
      await panel.updateComplete
      const detail = await asked(panel, 'att-conference-start-request', () =>
        button(panel, 'Start a conference').click(),
      )
      expect(detail).to.deep.equal({ mediaType: 'video' })
    })

    it('offers to make one of two calls', async () => {
      const calls = [callSnapshot({ foreground: false }), callSnapshot({ index: 2 })]
      const panel = await panelOf({ calls })
      const detail = await asked(panel, 'att-merge-request', () => button(panel, 'Merge the calls').click())
      expect(detail).to.deep.equal({ index: 1 })
    })

    it('says why it cannot where the network has none', async () => {
      const panel = await within<AttConferencePanel>(forcedPhone(), tag)
      expect(textOf(panel)).to.contain('There are no conferences on this line')
      expect(button(panel, 'Start a conference').getAttribute('aria-disabled')).to.equal('true')
    })
  })

  describe('of a host', () => {
    it('lists everybody with how they are there, the host first', async () => {
      const panel = await panelOf(
        hosting(
          bob,
          participantSnapshot('carol@example.com', { muted: true }),
          participantSnapshot('dave@example.com', { silenced: true, muted: true }),
          participantSnapshot('erin@example.com', { speaking: true }),
          participantSnapshot('frank@example.com', { state: 'held' }),
          ringing,
        ),
      )
      expect(rows(panel)).to.deep.equal([
        'You Host',
        'Bob Kimura Joined',
        'carol Muted',
        'dave Muted by you',
        'erin Speaking',
        'frank On hold',
        '1 (212) 555-0143 Ringing…',
      ])
    })

    it('is in the state host', async () => {
      expect((await panelOf(hosting())).matches(':state(host)')).to.be.true
    })

    it('asks to add who was typed, and empties the field', async () => {
      const panel = await panelOf(hosting())
      const field = panel.shadowRoot!.querySelector('input')!
      field.value = ' bob@example.com '
      const detail = await asked(panel, 'att-participant-add-request', () => button(panel, 'Add').click())
      expect(detail).to.deep.equal({ participant: 'bob@example.com' })
      expect(field.value).to.equal('')
    })

    it('asks nothing when nothing was typed, and puts the caret into the field', async () => {
      const panel = await panelOf(hosting())
      let told = false
      panel.addEventListener('att-participant-add-request', () => (told = true))
      button(panel, 'Add').click()
      expect(told).to.be.false
      expect(panel.shadowRoot!.activeElement).to.equal(panel.shadowRoot!.querySelector('input'))
    })

    it('has no field when nobody more can join', async () => {
      const panel = await panelOf({ calls: [conferenceCall], conference: conference({ atLimit: true }) })
      expect(panel.shadowRoot!.querySelector('input')).to.be.null
      expect(textOf(panel)).to.contain('the conference is full')
    })

    it('asks to remove somebody', async () => {
      const panel = await panelOf(hosting(bob))
      const detail = await asked(panel, 'att-participant-remove-request', () =>
        button(panel, 'Remove Bob Kimura').click(),
      )
      expect(detail).to.deep.equal({ participant: 'bob@example.com' })
    })

    it('asks to withdraw an invitation', async () => {
      const panel = await panelOf(hosting(ringing))
      const detail = await asked(panel, 'att-participant-remove-request', () =>
        button(panel, 'Cancel the invitation to 1 (212) 555-0143').click(),
      )
      expect(detail).to.deep.equal({ participant: '+12125550143' })
    })

    it('asks to silence somebody, and to let them be heard again', async () => {
      const panel = await panelOf(hosting(bob, participantSnapshot('carol@example.com', { silenced: true })))
      const silence = (name: string) =>
        asked(panel, 'att-participant-mute-request', () => button(panel, `Mute ${name}`).click())
      expect(await silence('Bob Kimura')).to.deep.equal({ participant: 'bob@example.com', muted: true })
      expect(await silence('carol')).to.deep.equal({ participant: 'carol@example.com', muted: false })
    })

    it('asks to mute everyone', async () => {
      const panel = await panelOf(hosting(bob))
      const detail = await asked(panel, 'att-participants-mute-request', () => button(panel, 'Mute everyone').click())
      expect(detail).to.deep.equal({ muted: true })
    })

    it('asks to end it for all', async () => {
      const panel = await panelOf(hosting(bob))
      const detail = await asked(panel, 'att-conference-end-request', () => button(panel, 'End for all').click())
      expect(detail).to.deep.equal({ index: 1 })
    })

    describe('who leaves to somebody else’s hands', () => {
      const carol = participantSnapshot('carol@example.com')
      const able = (change: Partial<PhoneSnapshot>): ReturnType<typeof forcedPhone> => {
        const phone = conferring(change)
        const { session } = phone.snapshot
        phone.show({ session: { ...session, capabilities: { ...session.capabilities, transfer: true } } })
        return phone
      }
      const leaving = async (...participants: readonly ParticipantSnapshot[]): Promise<AttConferencePanel> =>
        within<AttConferencePanel>(able(hosting(...participants)), tag)
      const opened = async (...participants: readonly ParticipantSnapshot[]): Promise<AttConferencePanel> => {
        const panel = await leaving(...participants)
        button(panel, 'Hand over and leave').click()
        await panel.updateComplete
        return panel
      }
      const heirs = (panel: AttConferencePanel): readonly string[] =>
        [...panel.shadowRoot!.querySelectorAll('[part=heirs] button')].map((heir) => textOf(heir))

      it('is asked first whom: everybody who has joined', async () => {
        const panel = await leaving(bob, carol, ringing)
        expect(heirs(panel)).to.deep.equal([])
        button(panel, 'Hand over and leave').click()
        await panel.updateComplete
        expect(heirs(panel)).to.deep.equal(['Bob Kimura', 'carol'])
        expect(button(panel, 'Hand over and leave').getAttribute('aria-expanded')).to.equal('true')
      })

      it('asks to make them the host', async () => {
        const panel = await opened(bob, carol)
        const detail = await asked(panel, 'att-conference-hand-over-request', () =>
          button(panel, 'Make carol the host, and leave').click(),
        )
        expect(detail).to.deep.equal({ participant: 'carol@example.com' })
      })

      it('may think better of it by the keyboard', async () => {
        const panel = await opened(bob, carol)
        const heir = button(panel, 'Make carol the host, and leave')
        heir.focus()
        heir.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }))
        await panel.updateComplete
        expect(heirs(panel)).to.deep.equal([])
        expect(panel.shadowRoot!.activeElement).to.equal(button(panel, 'Hand over and leave'))
      })

      it('cannot while there is one other alone, and hears why', async () => {
        const leave = button(await leaving(bob), 'Hand over and leave')
        expect([leave.getAttribute('aria-disabled'), leave.title]).to.deep.equal(['true', 'Nobody else has joined'])
      })

      it('cannot where the network transfers no calls, and hears why', async () => {
        const leave = button(await panelOf(hosting(bob, carol)), 'Hand over and leave')
        leave.click()
        expect(leave.title).to.equal('You cannot transfer calls on this line')
        expect(leave.getAttribute('aria-expanded')).to.equal('false')
      })

      it('sees that it is under way, and is told of nobody who goes', async () => {
        const phone = able(hosting(bob, carol))
        const panel = await within<AttConferencePanel>(phone, tag)
        const calls = [{ ...conferenceCall, pending: 'transfer' as const }]
        phone.show({ ...hosting(bob, carol), calls })
        await waitUntil(() => textOf(panel).includes('Handing over…'), 'it is seen')
        phone.show({ ...hosting(bob), calls })
        await waitUntil(() => rows(panel).length === 2, 'Carol is gone')
        expect(textOf(panel.shadowRoot!.querySelector('[role=status]')!)).to.equal('')
      })

      it('is accessible', async () => {
        await expect(await opened(bob, carol)).to.be.accessible()
      })

      it('fits into 240 px from right to left', async () => {
        const panel = await opened(bob, carol, participantSnapshot(`${'dora'.repeat(20)}@example.com`))
        panel.dir = 'rtl'
        panel.style.inlineSize = '240px'
        await panel.updateComplete
        expect(panel.scrollWidth).to.be.at.most(240)
      })
    })

    it('says once who joined, left, or did not join', async () => {
      const phone = conferring(hosting(ringing, { ...bob, state: 'ringing' }))
      const panel = await within<AttConferencePanel>(phone, tag)
      const status = panel.shadowRoot!.querySelector('[role=status]')!
      const said = async (...participants: readonly ParticipantSnapshot[]): Promise<string> => {
        const before = textOf(status)
        phone.show(hosting(...participants))
        await waitUntil(() => textOf(status) !== before, 'something is said')
        return textOf(status)
      }
      expect(await said(ringing, bob)).to.equal('Bob Kimura joined.')
      expect(await said(bob)).to.equal('1 (212) 555-0143 did not join.')
      expect(await said()).to.equal('Bob Kimura left.')
    })

    it('says nothing at a participant, who knows but whose pictures come', () => {
      const seeing = (...participants: readonly ParticipantSnapshot[]): ConferenceSnapshot =>
        conference({ role: 'participant', participants })
      expect(rosterAnnouncements(conferring(), seeing(), seeing(bob), { ...en, ...furtherEnglish })).to.deep.equal([])
    })

    it('shows markup in a name as text', async () => {
      const displayName = '<img src=x onerror="alert(1)">'
      const panel = await panelOf(hosting({ ...bob, displayName }))
      expect(rows(panel)[1]).to.contain(displayName)
      expect(panel.shadowRoot!.querySelector('img')).to.be.null
    })

    it('keeps the focus on a participant when others come and go', async () => {
      const phone = conferring(hosting(ringing, bob))
      const panel = await within<AttConferencePanel>(phone, tag)
      const remove = button(panel, 'Remove Bob Kimura')
      remove.focus()
      phone.show(hosting(bob))
      await waitUntil(() => rows(panel).length === 2, 'the other is gone')
      expect(panel.shadowRoot!.activeElement).to.equal(remove)
    })
  })

  it('says that it begins, and invites nobody before', async () => {
    const panel = await panelOf({ calls: [{ ...conferenceCall, progress: 'connecting' }], conference: conference() })
    expect(textOf(panel)).to.contain('Connecting…')
    expect(panel.shadowRoot!.querySelector('input')).to.be.null
  })

  describe('of who is invited', () => {
    it('says who invites', async () => {
      expect(textOf(await panelOf(invitation))).to.contain('bob invites you to a conference.')
    })

    it('asks to join', async () => {
      const panel = await panelOf(invitation)
      const detail = await asked(panel, 'att-conference-join-request', () => button(panel, 'Join').click())
      expect(detail).to.deep.equal({ index: 1, mediaType: 'audio', action: null })
    })

    it('offers video where it is offered', async () => {
      const [call] = invitation.calls!
      const panel = await panelOf({ ...invitation, calls: [{ ...call!, mediaType: 'video' }] })
      const detail = await asked(panel, 'att-conference-join-request', () => button(panel, 'Join with video').click())
      expect(detail).to.deep.equal({ index: 1, mediaType: 'video', action: null })
    })

    it('says that joining holds the call one is in', async () => {
      const panel = await panelOf({
        ...invitation,
        calls: [...invitation.calls!, callSnapshot({ index: 2, remote: { address: 'carol', uri: 'sip:carol' } })],
      })
      expect(textOf(panel)).to.contain('Joining puts your call on hold.')
      const detail = await asked(panel, 'att-conference-join-request', () => button(panel, 'Join').click())
      expect(detail.action).to.equal('hold')
    })

    it('asks to decline', async () => {
      const panel = await panelOf(invitation)
      const detail = await asked(panel, 'att-conference-decline-request', () => button(panel, 'Decline').click())
      expect(detail).to.deep.equal({ index: 1 })
    })

    it('says whose conference it is, and leaves it', async () => {
      const panel = await panelOf(taking)
      expect(textOf(panel)).to.contain('Conference of bob')
      const detail = await asked(panel, 'att-conference-end-request', () => button(panel, 'Leave').click())
      expect(detail).to.deep.equal({ index: 1 })
    })
  })

  it('says to whom a conference was handed over that they are its host', async () => {
    const phone = conferring(taking)
    const panel = await within<AttConferencePanel>(phone, tag)
    phone.show({ calls: [{ ...conferenceCall, index: 2 }], conference: conference({ index: 2, participants: [bob] }) })
    const status = panel.shadowRoot!.querySelector('[role=status]')!
    await waitUntil(() => textOf(status) !== '', 'something is said')
    expect(textOf(status)).to.equal('You are the host now.')
  })

  describe('with real phones', function () {
    this.timeout(120_000)
    const userOf = (phone: Phone): string => phone.snapshot.session.userId ?? ''
    const invite = (panel: AttConferencePanel, address: string): void => {
      panel.shadowRoot!.querySelector('input')!.value = address
      button(panel, 'Add').click()
    }
    const lists = (panel: AttConferencePanel, name: string, state: string): Promise<void> =>
      waitUntil(() => rows(panel).includes(`${name} ${state}`), `${name} is ${state}`, patience)
    const shows = (panel: AttConferencePanel, name: string): Promise<void> =>
      waitUntil(() => panel.matches(`:state(${name})`), name, patience)

    const hosts = (panel: AttConferencePanel): Promise<void> =>
      waitUntil(() => panel.shadowRoot!.querySelector('input'), 'people can be invited', patience)

    it('brings people together, and ends it for all', async () => {
      const [host, bob, carol] = await Promise.all([signedIn(), signedIn(), signedIn()])
      const panel = await within<AttConferencePanel>(host, tag)
      const others = [await within<AttConferencePanel>(bob, tag), await within<AttConferencePanel>(carol, tag)]
      button(panel, 'Start a conference').click()
      await hosts(panel)
      for (const phone of [bob, carol]) invite(panel, userOf(phone))
      for (const other of others) {
        await shows(other, 'invited')
        button(other, 'Join').click()
        await shows(other, 'participant')
      }
      await Promise.all([bob, carol].map((phone) => lists(panel, userOf(phone), 'Joined')))
      button(panel, 'End for all').click()
      await Promise.all(others.map((other) => waitUntil(() => !other.matches(':state(participant)'), 'over', patience)))
    })

    it('leaves it to somebody else', async () => {
      const [host, bob, carol] = await Promise.all([signedIn(), signedIn(), signedIn()])
      const panel = await within<AttConferencePanel>(host, tag)
      const ofBob = await within<AttConferencePanel>(bob, tag)
      await host.startConference({ mediaType: 'audio' })
      for (const guest of [bob, carol]) {
        await host.addParticipant(userOf(guest))
        await waitUntil(() => guest.snapshot.conference, 'the guest is invited', patience)
        await guest.joinConference({ mediaType: 'audio' })
        await lists(panel, userOf(guest), 'Joined')
      }
      button(panel, 'Hand over and leave').click()
      await panel.updateComplete
      button(panel, `Make ${userOf(bob)} the host, and leave`).click()
      await waitUntil(() => ofBob.shadowRoot!.querySelector('[part=question]'), 'Bob is asked', patience)
      button(ofBob, 'Accept').click()
      await shows(ofBob, 'host')
      await lists(ofBob, userOf(carol), 'Joined')
      await waitUntil(() => !panel.matches(':state(host)'), 'the host is out', patience)
    })

    it('removes who declines from the list', async () => {
      const [host, bob] = await Promise.all([signedIn(), signedIn()])
      const panel = await within<AttConferencePanel>(host, tag)
      const other = await within<AttConferencePanel>(bob, tag)
      await host.startConference({ mediaType: 'audio' })
      await hosts(panel)
      invite(panel, userOf(bob))
      await shows(other, 'invited')
      button(other, 'Decline').click()
      await waitUntil(() => rows(panel).length === 1, 'the guest is gone', patience)
    })

    it('says that somebody is in the conference already', async () => {
      const [host, bob] = await Promise.all([signedIn(), signedIn()])
      const panel = await within<AttConferencePanel>(host, tag)
      await host.startConference({ mediaType: 'audio' })
      await hosts(panel)
      invite(panel, userOf(bob))
      await waitUntil(() => rows(panel).length === 2, 'the guest is invited', patience)
      invite(panel, userOf(bob))
      await waitUntil(() => panel.shadowRoot!.querySelector('[part=error]'), 'it is said', patience)
      expect(textOf(panel.shadowRoot!.querySelector('[part=error]')!)).to.match(/already/i)
    })
  })

  const states: Readonly<Record<string, Partial<PhoneSnapshot>>> = {
    'there is none': {},
    hosting: hosting(bob, ringing, participantSnapshot('carol@example.com', { silenced: true })),
    full: { calls: [conferenceCall], conference: conference({ atLimit: true }) },
    invited: invitation,
    'taking part': taking,
    'asked to host': askedToHost,
  }
  for (const [state, change] of Object.entries(states)) {
    it(`is accessible while ${state}`, async () => {
      await expect(await panelOf(change)).to.be.accessible()
    })

    it(`fits into 240 px from right to left while ${state}`, async () => {
      const panel = await panelOf(change)
      panel.dir = 'rtl'
      panel.style.inlineSize = '240px'
      await panel.updateComplete
      expect(panel.scrollWidth).to.be.at.most(240)
    })
  }
})

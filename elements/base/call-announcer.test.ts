import '../define/att-phone.ts'
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
import type { AttPhone } from '../att-phone/att-phone.ts'

/** What a screen reader was told, in order. */
function listen(root: ShadowRoot): string[] {
  const told: string[] = []
  for (const region of root.querySelectorAll('.said')) {
    new MutationObserver(() => region.textContent && told.push(region.textContent)).observe(region, {
      characterData: true,
      childList: true,
      subtree: true,
    })
  }
  return told
}

describe('A screen reader is told', () => {
  it('of ringing, connected, held, resumed, ended, each once', async () => {
    const [caller, phone] = await Promise.all([signedIn('Alice'), signedIn()])
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
    const told = listen(element.shadowRoot!)
    await rings(caller, phone)
    await showing(element, 'incoming')
    await phone.answer({})
    await showing(element, 'connected')
    await phone.hold()
    await showing(element, 'held')
    await phone.resume()
    await showing(element, 'connected')
    await phone.mute()
    await caller.hangup()
    await settled(phone, ({ calls }) => calls.length === 0)
    await showing(element, 'ready')
    expect(told).to.deep.equal([
      'Incoming call from Alice',
      'Connected to Alice',
      'Call on hold',
      'Call resumed',
      'Alice hung up',
    ])
  })

  it('which of two calls the phone switched to', async () => {
    const { phone, first } = await inTwoCalls()
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
    const told = listen(element.shadowRoot!)
    await phone.switchCall()
    await settled(phone, ({ calls }) => calls[0]!.foreground && !calls[0]!.hold.local)
    await drawn(element)
    expect(told.at(-1)).to.equal(`Connected to ${first.snapshot.session.userId}`)
  })

  it('of a call that rings at once, not when it suits', async () => {
    const phone = forcedPhone()
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
    phone.show({ calls: [callSnapshot({ direction: 'incoming', progress: 'ringing', connectedAt: null })] })
    await showing(element, 'incoming')
    expect(element.shadowRoot!.querySelector('.said[role=alert]')!.textContent).to.equal('Incoming call from bob')
  })

  it('by one tag only, however many show the call', async () => {
    const phone = forcedPhone()
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
    const view = element.shadowRoot!.querySelector('att-call-view')!
    phone.show({ calls: [callSnapshot()] })
    await Promise.all([showing(element, 'connected'), showing(view, 'connected')])
    const said = [element, view].flatMap(({ shadowRoot }) => [...shadowRoot!.querySelectorAll('.said')])
    expect(said.map(({ textContent }) => textContent).filter(Boolean)).to.deep.equal(['Connected to bob'])
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
    phone.show({ calls: [callSnapshot()] })
    await showing(second!, 'connected')
    expect(second!.shadowRoot!.textContent).to.contain('Connected to bob')
  })
})

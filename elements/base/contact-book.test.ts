/* eslint-disable no-console -- what the author of a page is told there is what these tests are about */
import '../define/att-phone.ts'
import { eventually } from '../../src/media/testing/eventually.ts'
import '../define/att-call-list.ts'
import { Phone } from '../../src/phone/phone.ts'
import { hostileTexts } from '../testing/hostile-texts.ts'
import { drawn, expect, mounted, newUser, rings, settled, signedIn } from '../testing/phones.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'
import type { Contact, ResolveContact } from './contact-book.ts'

const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='

/** A whole phone that `bob` rings, on a page that knows people by `resolve`. */
async function rung(resolve: ResolveContact | null): Promise<AttPhone> {
  const element = await mounted()
  element.resolveContact = resolve
  await rings(await signedIn(`bob-${newUser()}`), element.phone!)
  await drawn(element)
  return element
}

const view = (element: AttPhone): ShadowRoot => element.shadowRoot!.querySelector('att-call-view')!.shadowRoot!
const nameIn = (element: AttPhone): string => view(element).querySelector('[part=name]')?.textContent?.trim() ?? ''
const label = (element: AttPhone): string => element.shadowRoot!.querySelector('.phone')!.getAttribute('aria-label')!

/** What the page was warned of while `act` ran, or `act` waited for. */
async function warned(act: (first: Promise<string>) => Promise<unknown>): Promise<readonly string[]> {
  const { warn } = console
  const lines: string[] = []
  let tell: (line: string) => void = () => {}
  const first = new Promise<string>((resolve) => (tell = resolve))
  console.warn = (line: unknown) => {
    lines.push(String(line))
    tell(String(line))
  }
  try {
    await act(first)
  } finally {
    console.warn = warn
  }
  return lines
}

describe('resolveContact', () => {
  it('names a party, shows the picture, and links the name', async () => {
    const element = await rung(() => ({ name: 'Bob Kimura', picture: dot, link: 'https://crm.example/bob' }))
    await eventually('the name of the page', () => nameIn(element) === 'Bob Kimura')
    expect([nameIn(element), label(element)]).to.deep.equal(['Bob Kimura', 'Incoming call from Bob Kimura'])
    expect(view(element).querySelector('img')?.src).to.equal(dot)
    const link = view(element).querySelector('a')!
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://crm.example/bob',
      '_blank',
      'noopener noreferrer',
    ])
    await expect(element).to.be.accessible()
  })

  it('may take its time: the words of the network stand until then', async () => {
    let know: (contact: Contact) => void = () => {}
    const element = await rung(() => new Promise((resolve) => (know = resolve)))
    expect(nameIn(element)).to.match(/^bob-/)
    know({ name: 'Bob Kimura' })
    await eventually('the name of the page', () => nameIn(element) === 'Bob Kimura')
  })

  it('is asked once for each address, with the party', async () => {
    const asked: string[] = []
    const element = await rung((address, party) => {
      asked.push(`${address} ${party.uri}`)
      return null
    })
    await element.phone!.answer({ mediaType: 'audio' })
    await settled(element.phone!, ({ calls }) => calls[0]?.progress === 'connected')
    await drawn(element)
    expect(asked).to.have.length(1)
    expect(asked[0]).to.match(/^(bob-\w+) sip:\1@local$/)
  })

  it('can be another one, or none', async () => {
    const element = await rung(() => ({ name: 'Bob' }))
    element.resolveContact = () => ({ name: 'Robert' })
    await drawn(element)
    await drawn(element.shadowRoot!.querySelector('att-call-view')!)
    expect(nameIn(element)).to.equal('Robert')
    element.resolveContact = null
    await drawn(element)
    await drawn(element.shadowRoot!.querySelector('att-call-view')!)
    expect(nameIn(element)).to.match(/^bob-/)
  })

  it('is shown as text, and leads nowhere that could run something', async () => {
    const all = hostileTexts.map((text) => ({ name: text, picture: text, link: text }))
    const schemes = ['javascript:alert(1)', 'data:text/html,<script>', 'blob:x', ' JAVASCRIPT:alert(1)', 'vbscript:x']
    for (const contact of [...all, ...schemes.map((link) => ({ name: 'Bob', picture: `x-${link}`, link }))]) {
      const element = await rung(() => contact)
      for (const { href } of view(element).querySelectorAll('a')) expect(href).to.match(/^(https?|mailto|tel):/)
      for (const { src } of view(element).querySelectorAll('img')) expect(src).to.match(/^(https?|blob|data:image)/)
      expect(view(element).querySelector('script, iframe, [onerror], [onload], [onmouseover]')).to.equal(null)
      expect(nameIn(element).length).to.be.lessThan(81)
      expect(nameIn(element)).not.to.include('\u202E')
      await element.phone!.logout()
      element.remove()
    }
    expect('attacked' in window).to.equal(false)
  })

  it('takes nothing but text from a page that gives something else', async () => {
    for (const odd of ['Bob', 7, [], { name: 7, picture: {}, link: [] }, { name: '' }]) {
      const element = await rung(() => odd as Contact)
      expect(nameIn(element)).to.match(/^bob-/)
      expect(view(element).querySelector('a, img')).to.equal(null)
      await element.phone!.logout()
      element.remove()
    }
  })

  for (const [how, resolve] of [
    [
      'throws',
      () => {
        throw new Error('the address book is closed')
      },
    ],
    ['rejects', () => Promise.reject(new Error('the address book is shut'))],
  ] as const) {
    it(`tells the author where it ${how}, and the words of the network stand`, async () => {
      let element: AttPhone | undefined
      const [line = ''] = await warned(async (first) => {
        element = await rung(resolve)
        await first
      })
      expect(line).to.match(
        /^att-phone: resolveContact failed: Error: the address book is (closed|shut)\..*console\.md#resolve-contact$/,
      )
      expect(nameIn(element!)).to.match(/^bob-/)
    })
  }

  it('gives the initials where a picture cannot be loaded', async () => {
    const element = await rung(() => ({ name: 'Bob Kimura', picture: 'data:image/png;base64,AAAA' }))
    const avatar = view(element).querySelector('[part=avatar]')!
    while (!avatar.textContent?.includes('BK')) {
      await new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve(null)
        })
        observer.observe(avatar, { subtree: true, childList: true, characterData: true })
      })
    }
    expect(avatar.querySelector('img')).to.equal(null)
  })
})

describe('the picture of the other person', () => {
  it('is the one the page names', async () => {
    const element = await rung(null)
    element.avatar = dot
    await drawn(element)
    await drawn(element.shadowRoot!.querySelector('att-call-view')!)
    expect(view(element).querySelector('img')?.src).to.equal(dot)
  })

  it('is what the page puts into the slot, which fills no phone', async () => {
    const element = await rung(null)
    const own = document.createElement('img')
    own.slot = 'avatar'
    own.alt = ''
    own.src = dot
    element.append(own)
    await new Promise((resolve) => element.shadowRoot!.addEventListener('slotchange', resolve, { once: true }))
    await drawn(element)
    expect([element.filled, own.assignedSlot?.name]).to.deep.equal([false, 'avatar'])
    expect(own.checkVisibility()).to.equal(true)
  })
})

describe('display-name', () => {
  it('is what the other side sees', async () => {
    const element = document.createElement('att-phone')
    element.userId = newUser()
    element.displayName = ' Alice\u202E\nMüller '
    element.phone = new Phone()
    document.body.append(element)
    const phone = element.phone
    await settled(phone, ({ session }) => session.state === 'ready')
    const callee = await signedIn()
    await rings(phone, callee)
    expect(callee.snapshot.calls[0]?.remote.displayName).to.equal('Alice Müller')
    element.remove()
    await phone.dispose()
  })

  it('of who answers is known to the caller then', async () => {
    const [caller, callee] = [await signedIn(), new Phone()]
    await callee.login({ userId: newUser(), displayName: 'Bob Kimura' })
    await rings(caller, callee)
    expect(caller.snapshot.calls[0]?.remote.displayName).to.equal(undefined)
    await callee.answer({ mediaType: 'audio' })
    await settled(caller, ({ calls }) => calls[0]?.progress === 'connected')
    expect(caller.snapshot.calls[0]?.remote.displayName).to.equal('Bob Kimura')
    await callee.dispose()
  })
})

import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-call-history.ts'
import {
  callSnapshot,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  inCall,
  rings,
  settled,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { CallRecord } from './call-record.ts'
import { dayGroups } from './day-groups.ts'
import type { AttCallHistory } from './att-call-history.ts'

const tag = html`<att-call-history></att-call-history>`
const kept = html`<att-call-history keep="desk"></att-call-history>`
const key = 'att.call-history:desk'

const part = (history: AttCallHistory, name: string): HTMLElement | null =>
  history.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)
const rowsOf = (history: AttCallHistory): string[] =>
  [...history.shadowRoot!.querySelectorAll('[part=call]')].map((row) => textOf(row.querySelector('.who')!))

function record(change: Partial<CallRecord> = {}): CallRecord {
  return {
    id: crypto.randomUUID(),
    at: Date.now(),
    direction: 'incoming',
    address: '+12125550143',
    name: 'Bob Kimura',
    mediaType: 'audio',
    outcome: 'answered',
    duration: 65_000,
    ...change,
  }
}

/** Lists these calls, as an earlier visit left them. */
async function listing(...records: readonly unknown[]): Promise<AttCallHistory> {
  localStorage.setItem(key, JSON.stringify(records))
  return within<AttCallHistory>(forcedPhone(), kept)
}

/** What another tab of the site does with the storage. */
async function inAnotherTab(act: (storage: Storage) => void): Promise<void> {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="Another tab"></iframe>`)
  const heardHere = new Promise((resolve) => addEventListener('storage', resolve, { once: true }))
  act(frame.contentWindow!.localStorage)
  await heardHere
}

describe('dayGroups', () => {
  const now = new Date(2026, 2, 15, 12).getTime()
  const at = (...date: [number, number, number, number]): number => new Date(...date).getTime()
  const calls = [
    record({ at: at(2026, 2, 15, 0) }),
    record({ at: at(2026, 2, 14, 23) }),
    record({ at: at(2026, 2, 2, 9) }),
    record({ at: at(2025, 11, 31, 9) }),
  ]
  const days: Record<string, string[]> = {
    en: ['Today', 'Yesterday', 'Monday, March 2', 'Wednesday, December 31, 2025'],
    de: ['Heute', 'Gestern', 'Montag, 2. März', 'Mittwoch, 31. Dezember 2025'],
  }
  for (const [locale, names] of Object.entries(days)) {
    it(`names the days in ${locale}`, () =>
      expect(dayGroups(calls, locale, now).map(({ day }) => day)).to.deep.equal(names))
  }
})

describe('<att-call-history>', () => {
  afterEach(() => localStorage.clear())

  describe('records', () => {
    it('a call that was talked in, at both sides, with its duration', async () => {
      const { caller, callee } = await inCall()
      const history = await within<AttCallHistory>(caller, tag)
      const other = await within<AttCallHistory>(callee, tag)
      await Promise.all([heard(callee, 'call:disconnected'), caller.hangup()])
      await Promise.resolve()
      await Promise.all([history.updateComplete, other.updateComplete])
      expect(rowsOf(history)[0]).to.match(/Outgoing · 00:0\d$/)
      expect(rowsOf(other)[0]).to.match(/Incoming · 00:0\d$/)
    })

    it('a call that nobody answered as missed', async () => {
      const [caller, callee] = await Promise.all([signedIn(), signedIn()])
      const history = await within<AttCallHistory>(callee, tag)
      await rings(caller, callee)
      await Promise.all([heard(callee, 'call:canceled'), caller.cancel()])
      await settled(callee, ({ calls }) => calls.length === 0)
      await history.updateComplete
      expect(rowsOf(history)[0]).to.contain('Missed call')
    })

    it('a call that was declined, and that it was not answered at the caller', async () => {
      const [caller, callee] = await Promise.all([signedIn(), signedIn()])
      const history = await within<AttCallHistory>(callee, tag)
      const other = await within<AttCallHistory>(caller, tag)
      await rings(caller, callee)
      await Promise.all([heard(caller, 'call:rejected'), callee.reject()])
      await settled(caller, ({ calls }) => calls.length === 0)
      await Promise.all([history.updateComplete, other.updateComplete])
      expect([history.records[0]?.outcome, other.records[0]?.outcome]).to.deep.equal(['declined', 'unanswered'])
    })

    it('not a call that another device has answered', async () => {
      const phone = forcedPhone()
      const history = await within<AttCallHistory>(phone, tag)
      const call = callSnapshot({ direction: 'incoming', connectedAt: null, endedReason: 'answered-elsewhere' })
      phone.show({ calls: [call] })
      await Promise.resolve()
      phone.show({ calls: [], lastCall: call })
      await Promise.resolve()
      expect(history.records).to.be.empty
    })

    it('each call once, however many tags list it', async () => {
      const phone = forcedPhone()
      const place = await within<HTMLElement>(phone, html`<div>${kept}${kept}</div>`)
      phone.show({ calls: [callSnapshot()] })
      await Promise.resolve()
      phone.show({ calls: [], lastCall: callSnapshot({ endedReason: 'hangup' }) })
      await Promise.resolve()
      expect(place.querySelector('att-call-history')!.records).to.have.length(1)
    })
  })

  describe('keeps', () => {
    const end = async (phone: ReturnType<typeof forcedPhone>): Promise<void> => {
      phone.show({ calls: [], lastCall: callSnapshot({ endedReason: 'hangup' }) })
      await Promise.resolve()
    }

    it('nothing in the browser where the page does not say so', async () => {
      const phone = forcedPhone()
      const history = await within<AttCallHistory>(phone, tag)
      await end(phone)
      expect(history.records).to.have.length(1)
      expect(localStorage).to.have.length(0)
    })

    it('the calls of the user who is signed in apart from those of others', async () => {
      const phone = forcedPhone()
      await within<AttCallHistory>(phone, html`<att-call-history keep></att-call-history>`)
      await end(phone)
      expect(Object.keys(localStorage)).to.deep.equal(['att.call-history:4711@local'])
    })

    it('nothing any more when the page takes it back', async () => {
      const history = await listing(record())
      history.keep = null
      await history.updateComplete
      expect(localStorage.getItem(key)).to.equal(null)
      expect(history.records).to.be.empty
    })

    it('no more than 200 calls', async () => {
      const many = Array.from({ length: 300 }, (_, index) => record({ at: index * 100_000, id: String(index) }))
      const history = await listing(...many)
      expect(history.records).to.have.length(200)
      expect(history.records[0]?.id).to.equal('299')
    })

    it('a call that rang in several tabs once', async () => {
      const missed = { outcome: 'missed', duration: 0 } as const
      const history = await listing(record({ at: 5000, ...missed }), record({ at: 5900, ...missed }))
      expect(history.records).to.have.length(1)
    })

    it('what it can, where the storage is full', async () => {
      const phone = forcedPhone()
      const history = await within<AttCallHistory>(phone, html`<att-call-history keep="full"></att-call-history>`)
      const setItem = Object.getOwnPropertyDescriptor(Storage.prototype, 'setItem')!
      const full = (): never => {
        throw new DOMException('', 'QuotaExceededError')
      }
      Object.defineProperty(Storage.prototype, 'setItem', { ...setItem, value: full })
      try {
        await end(phone)
      } finally {
        Object.defineProperty(Storage.prototype, 'setItem', setItem)
      }
      expect(history.records).to.have.length(1)
    })
  })

  describe('agrees with other tabs', () => {
    it('on a call that one of them had', async () => {
      const history = await listing()
      await inAnotherTab((storage) => storage.setItem(key, JSON.stringify([record()])))
      await history.updateComplete
      expect(rowsOf(history)).to.deep.equal(['Bob Kimura Incoming · 01:05'])
    })

    it('that the list was cleared', async () => {
      const history = await listing(record())
      await inAnotherTab((storage) => storage.clear())
      await history.updateComplete
      expect(part(history, 'empty')!.textContent).to.equal('No calls yet')
    })
  })

  it('calls again, with what it was called with', async () => {
    const phone = await signedIn()
    localStorage.setItem(key, JSON.stringify([record({ address: 'echo', name: '', mediaType: 'video' })]))
    const history = await within<AttCallHistory>(phone, kept)
    const connected = heard(phone, 'call:connected')
    part(history, 'redial')!.click()
    const { to, mediaType } = await connected
    expect([to, mediaType]).to.deep.equal(['echo', 'video'])
  })

  it('says why nobody can be called again now', async () => {
    localStorage.setItem(key, JSON.stringify([record()]))
    const history = await within<AttCallHistory>(forcedPhone({ calls: [callSnapshot()] }), kept)
    expect(part(history, 'redial')!.title).to.equal('End the call first')
  })

  it('lets the page call again in its own way', async () => {
    const history = await listing(record())
    let detail: unknown
    history.addEventListener('att-dial-request', (event) => {
      event.preventDefault()
      detail = event.detail
    })
    part(history, 'redial')!.click()
    expect(detail).to.deep.equal({ destination: '+12125550143', mediaType: 'audio' })
  })

  describe('is cleared', () => {
    it('by the keyboard, after a question whose first answer keeps the calls', async () => {
      const history = await listing(record())
      part(history, 'clear')!.focus()
      await sendKeys({ press: 'Enter' })
      await history.updateComplete
      expect(history.shadowRoot!.activeElement?.textContent).to.equal('Keep')
      await sendKeys({ press: 'Tab' })
      await sendKeys({ press: 'Enter' })
      await history.updateComplete
      expect(localStorage.getItem(key)).to.equal(null)
      expect(history.shadowRoot!.activeElement).to.equal(part(history, 'head'))
    })

    for (const answer of ['Enter', 'Escape']) {
      it(`not when ${answer} is the answer`, async () => {
        const history = await listing(record())
        part(history, 'clear')!.click()
        await history.updateComplete
        await sendKeys({ press: answer })
        await history.updateComplete
        expect(history.records).to.have.length(1)
        expect(history.shadowRoot!.activeElement).to.equal(part(history, 'clear'))
      })
    }
  })

  describe('shows what others wrote', () => {
    it('as text', async () => {
      const hostile = '<img src=x onerror=alert(1)>'
      const history = await listing(record({ name: hostile, address: '"><script>alert(1)</script>' }))
      expect(part(history, 'name')!.textContent).to.equal(hostile)
      expect(history.shadowRoot!.querySelector('img, script')).to.equal(null)
    })

    const broken = { 'no list': '{"length":1}', 'no JSON': 'calls', 'no records': '[1,null,{"id":"x","at":"now"}]' }
    for (const [what, text] of Object.entries(broken)) {
      it(`as nothing where the storage has ${what}`, async () => {
        localStorage.setItem(key, text)
        const history = await within<AttCallHistory>(forcedPhone(), kept)
        expect(history.records).to.be.empty
      })
    }
  })

  describe('is accessible', () => {
    const some = [
      record(),
      record({ direction: 'outgoing', at: 0, name: '' }),
      record({ outcome: 'missed', duration: 0, at: 1e12 }),
    ]

    it('empty', async () => expect(await within<AttCallHistory>(forcedPhone(), tag)).to.be.accessible())

    it('with calls', async () => expect(await listing(...some)).to.be.accessible())

    it('with its question', async () => {
      const history = await listing(...some)
      part(history, 'clear')!.click()
      await history.updateComplete
      await expect(history).to.be.accessible()
    })

    it('read from the right, 240 pixels wide', async () => {
      const history = await listing(...some)
      history.dir = 'rtl'
      history.style.inlineSize = '240px'
      await history.updateComplete
      await expect(history).to.be.accessible()
      expect(history.scrollWidth).to.be.at.most(240)
    })
  })
})

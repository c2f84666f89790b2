import { expect } from '@open-wc/testing'
import { Phone, PhoneError } from '../index.ts'
import { legacyPhone } from './legacy-phone.ts'

describe('the old face of a phone', () => {
  let phone: Phone

  beforeEach(() => {
    phone = legacyPhone(new Phone())
  })
  afterEach(() => phone.dispose())

  /** What the `error` event tells, from now on. */
  function heardErrors(): readonly string[] {
    const codes: string[] = []
    phone.on('error', ({ ErrorCode }) => codes.push(ErrorCode))
    return codes
  }

  function thrownBy(task: () => void): unknown {
    try {
      task()
    } catch (error) {
      return error
    }
    return undefined
  }

  it('is the phone itself', () => {
    const plain = new Phone()
    expect(legacyPhone(plain)).to.equal(plain)
    return plain.dispose()
  })

  it('is put on once', () => {
    const before = Object.entries(Object.getOwnPropertyDescriptors(phone))
    const after = Object.entries(Object.getOwnPropertyDescriptors(legacyPhone(phone)))
    expect(after).to.deep.equal(before)
  })

  it('has methods that work detached from it', () => {
    const { getIceTransport } = phone as { readonly getIceTransport: () => string }
    expect(getIceTransport()).to.equal('all')
  })

  it('passes on what a detached method is given', () => {
    const { setIpv6 } = phone as { readonly setIpv6: (ipv6: boolean) => void }
    setIpv6(true)
    expect(phone.getIpv6()).to.equal(true)
  })

  for (const [method, code, refused] of [
    ['setIceServers', '4811', (p: Phone) => p.setIceServers('stun' as unknown as [])],
    ['setIceTransport', '4821', (p: Phone) => p.setIceTransport('udp' as 'all')],
    ['setIpv6', '4831', (p: Phone) => p.setIpv6('yes' as unknown as boolean)],
    ['setup', '5101', (p: Phone) => p.setup(null as unknown as object)],
    ['getParticipants', '3401', (p: Phone) => void p.getParticipants()],
  ] as const) {
    it(`tells of a refused ${method} by the error event and does not throw`, () => {
      const codes = heardErrors()
      refused(phone)
      expect(codes).to.deep.equal([code])
    })
  }

  it('throws for an unknown event what reads as the string of the original', () => {
    const thrown = thrownBy(() => phone.on('call:exploded' as 'error', () => {}))
    expect(String(thrown)).to.equal("Event 'call:exploded' not defined")
  })

  it('throws for an unknown event an error with its code', () => {
    const thrown = thrownBy(() => phone.on('call:exploded' as 'error', () => {}))
    expect(thrown).to.be.instanceOf(PhoneError)
    expect((thrown as PhoneError).ErrorCode).to.equal('4902')
  })

  it('throws for an event without a handler', () => {
    const thrown = thrownBy(() => phone.on('error', undefined as unknown as () => void))
    expect((thrown as PhoneError).ErrorCode).to.equal('4901')
  })

  it('leaves no rejection behind that nobody handled', async () => {
    const unhandled: unknown[] = []
    const hear = (event: PromiseRejectionEvent) => unhandled.push(event.reason)
    addEventListener('unhandledrejection', hear)
    const told = new Promise((resolve) => phone.on('error', resolve))
    void phone.hangup()
    await told
    // Browsers report once the tasks that are under way are done.
    await new Promise((resolve) => setTimeout(resolve))
    removeEventListener('unhandledrejection', hear)
    expect(unhandled).to.be.empty
  })
})

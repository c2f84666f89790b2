import { expect } from '@open-wc/testing'
import { Phone } from '../index.ts'
import type { LegacyError } from './legacy-error.ts'
import { legacyPhone, type LegacyPhone } from './legacy-phone.ts'

describe('the old face of a phone', () => {
  let phone: LegacyPhone

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

  /** Resolves with the next error. */
  const nextError = (): Promise<LegacyError> =>
    new Promise((resolve) => phone.on('error', (error) => resolve(error as unknown as LegacyError)))

  it('shows the snapshot of the phone, which is another object', () => {
    const plain = new Phone()
    const face = legacyPhone(plain)
    expect(face).not.to.equal(plain)
    expect(face.snapshot).to.equal(plain.snapshot)
    return face.dispose()
  })

  it('is one for each phone', () => {
    const plain = new Phone()
    expect(legacyPhone(plain)).to.equal(legacyPhone(plain))
    return plain.dispose()
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
    ['setIceServers', '4811', (p: LegacyPhone) => p.setIceServers('stun' as unknown as [])],
    ['setIceServers with an empty list', '4811', (p: LegacyPhone) => p.setIceServers([])],
    ['setIceTransport', '4821', (p: LegacyPhone) => p.setIceTransport('udp' as 'all')],
    ['setIpv6', '4831', (p: LegacyPhone) => p.setIpv6('yes' as unknown as boolean)],
    ['setup', '5101', (p: LegacyPhone) => p.setup(null as unknown as object)],
    ['getParticipants', '3401', (p: LegacyPhone) => void p.getParticipants()],
  ] as const) {
    it(`tells of a refused ${method} by the error event, once it has returned, and does not throw`, async () => {
      const codes = heardErrors()
      const told = nextError()
      refused(phone)
      expect(codes).to.deep.equal([])
      await told
      expect(codes).to.deep.equal([code])
    })
  }

  it('tells by the error event of an event that it does not know', async () => {
    const told = nextError()
    phone.on('call:exploded' as 'error', () => {})
    expect(await told).to.include({ ErrorCode: '4902', JSMethod: 'on' })
  })

  it('tells by the error event of an event without a handler', async () => {
    const told = nextError()
    phone.on('error', undefined as unknown as () => void)
    expect((await told).ErrorCode).to.equal('4901')
  })

  it('tells an error that is no Error, with every field of the original, and itself below', async () => {
    const told = nextError()
    void phone.hangup()
    const error = await told
    expect(error).not.to.be.instanceOf(Error)
    expect(error).to.include({ JSObject: 'phone', JSMethod: 'hangup', ErrorCode: '2401', APIError: '', MessageId: '' })
    expect(error.timeStamp).to.be.instanceOf(Date)
    expect(error.error).to.equal(error)
    expect(Object.keys(JSON.parse(JSON.stringify(error)) as object)).not.to.include('error')
  })

  it('has a session without an id while signed out', () => {
    expect(phone.getSession().getId()).to.equal(null)
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

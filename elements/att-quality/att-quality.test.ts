import '../define/phone-provider.ts'
import '../define/att-quality.ts'
import { sendKeys } from '@web/test-runner-commands'
import { callSnapshot, expect, forcedPhone, html, inCall, textOf, within } from '../testing/phones.ts'
import type { CallQuality, DirectionQuality, QualityListener } from '../../src/phone/quality-watch.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { AttQuality } from './att-quality.ts'

const tag = html`<att-quality></att-quality>`

const direction: DirectionQuality = { loss: 0.004, jitter: 3.2, mos: 4.36, codec: 'opus', silence: null }
const good: CallQuality = { index: 1, sent: direction, received: direction, roundTrip: 24.4, rating: 'good' }
const bad: CallQuality = { ...good, received: { ...direction, loss: 0.3, mos: 1.9 }, rating: 'bad' }
const nothingComes: CallQuality = {
  ...good,
  received: { ...direction, mos: null, loss: null, silence: 'nothing-received' },
}

/** A phone in a call whose quality is what a test says. */
class MeasuredPhone {
  readonly phone: Phone & { show(change: object): void }
  readonly signals: AbortSignal[] = []
  #listener: QualityListener = () => {}

  constructor() {
    this.phone = forcedPhone({ calls: [callSnapshot()] })
    Object.assign(this.phone, {
      watchQuality: (listener: QualityListener, { signal }: { signal: AbortSignal }) => {
        this.#listener = listener
        this.signals.push(signal)
        return Promise.resolve()
      },
    })
  }

  /** Whether somebody watches. */
  get watched(): boolean {
    return this.signals.some(({ aborted }) => !aborted)
  }

  async tell(element: AttQuality, quality: CallQuality | null): Promise<void> {
    this.#listener(quality)
    await element.updateComplete
  }
}

const part = (element: AttQuality, name: string) => element.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)!
const said = (element: AttQuality) => element.shadowRoot!.querySelector('[role=status]')!.textContent
const bars = (element: AttQuality) => element.shadowRoot!.querySelectorAll('.bars .on').length

describe('<att-quality>', function () {
  this.timeout(120_000)
  let measured: MeasuredPhone
  let element: AttQuality

  beforeEach(async () => {
    measured = new MeasuredPhone()
    element = await within<AttQuality>(measured.phone, tag)
  })

  it('says how well a real call is heard', async () => {
    const { caller } = await inCall()
    const real = await within<AttQuality>(caller, tag)
    await new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        if (part(real, 'label').textContent !== 'Good') return
        observer.disconnect()
        resolve()
      }).observe(real.shadowRoot!, { subtree: true, childList: true, characterData: true })
    })
    expect(bars(real)).to.equal(4)
  })

  it('is empty without a call, and measures nothing', async () => {
    measured.phone.show({ calls: [] })
    // A snapshot is told once the code that changed it is done.
    await Promise.resolve()
    await element.updateComplete
    expect(textOf(element)).to.equal('')
    expect(measured.watched).to.be.false
  })

  it('measures until it leaves the page', () => {
    expect(measured.watched).to.be.true
    element.remove()
    expect(measured.watched).to.be.false
  })

  it('measures again when it comes back', () => {
    const place = element.parentElement!
    element.remove()
    place.append(element)
    expect(measured.watched).to.be.true
  })

  it('says that it measures before it knows', () => {
    expect(part(element, 'label').textContent).to.equal('Measuring…')
    expect(bars(element)).to.equal(0)
  })

  for (const [rating, word, on] of [
    ['good', 'Good', 4],
    ['fair', 'Fair', 3],
    ['poor', 'Poor', 2],
    ['bad', 'Bad', 1],
  ] as const) {
    it(`shows ${on} bars and a word where it is ${rating}`, async () => {
      await measured.tell(element, { ...good, rating })
      expect([part(element, 'label').textContent, bars(element)]).to.deep.equal([word, on])
      expect(element.matches(`:state(${rating})`)).to.be.true
    })
  }

  it('says why nothing is heard', async () => {
    await measured.tell(element, nothingComes)
    expect(part(element, 'label').textContent).to.equal('No sound comes from the other side')
    expect([element.matches(':state(silent)'), bars(element)]).to.deep.equal([true, 0])
  })

  it('shows the figures of both directions when asked', async () => {
    await measured.tell(element, good)
    part(element, 'button').click()
    await element.updateComplete
    const cells = [...element.shadowRoot!.querySelectorAll('tbody td')].map(({ textContent }) => textContent?.trim())
    expect(cells).to.deep.equal(['4.4', '4.4', '0.4%', '0.4%', '3 ms', '3 ms', 'opus', 'opus', '24 ms'])
  })

  it('opens and closes by the keyboard', async () => {
    part(element, 'button').focus()
    await sendKeys({ press: 'Enter' })
    await element.updateComplete
    expect([element.open, part(element, 'button').getAttribute('aria-expanded')]).to.deep.equal([true, 'true'])
    await sendKeys({ press: ' ' })
    await element.updateComplete
    expect([element.open, part(element, 'details').hidden]).to.deep.equal([false, true])
  })

  it('tells a screen reader when it becomes bad, and not that it is good', async () => {
    await measured.tell(element, good)
    expect(said(element)).to.equal('')
    await measured.tell(element, bad)
    expect(said(element)).to.equal('The connection is bad')
    await measured.tell(element, good)
    expect(said(element)).to.equal('')
  })

  it('tells a screen reader of silence, but for what the person did', async () => {
    await measured.tell(element, nothingComes)
    expect(said(element)).to.equal('No sound comes from the other side')
    await measured.tell(element, { ...good, sent: { ...direction, silence: 'muted' } })
    expect(said(element)).to.equal('')
  })

  it('is not drawn again by figures that nobody sees', async () => {
    await measured.tell(element, good)
    void measured.tell(element, { ...good, roundTrip: 31 })
    expect(element.isUpdatePending).to.be.false
  })

  it('shows the name of a codec as text', async () => {
    const codec = '<img src=x onerror=alert(1)>'
    await measured.tell(element, { ...good, received: { ...direction, codec } })
    element.open = true
    await element.updateComplete
    expect(element.shadowRoot!.querySelector('img')).to.be.null
    expect(textOf(element)).to.contain(codec)
  })

  it('fits where it is read from the right', async () => {
    element.dir = 'rtl'
    element.open = true
    await measured.tell(element, nothingComes)
    const [outer, inner] = [element.getBoundingClientRect(), part(element, 'details').getBoundingClientRect()]
    expect(inner.left >= outer.left - 1 && inner.right <= outer.right + 1).to.be.true
  })

  for (const [name, quality, open] of [
    ['while it measures', null, false],
    ['while it is good', good, false],
    ['with its figures shown', good, true],
    ['while it is bad', bad, true],
    ['while it is silent', nothingComes, true],
  ] as const) {
    it(`is accessible ${name}`, async () => {
      element.open = open
      await measured.tell(element, quality)
      await expect(element).to.be.accessible()
    })
  }
})

import '../define/all.ts'
import { callSnapshot, expect, fixture, forcedPhone, html } from '../testing/phones.ts'
import type { PhoneElement } from './phone-element.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

/** What a tag renders from; the class itself keeps it to itself. */
interface Rendering {
  readonly state: string
  select(snapshot: PhoneSnapshot): readonly unknown[]
}

const remote = { address: 'bob@example.com', uri: 'sip:bob@example.com', displayName: 'Bob' }
const incoming = callSnapshot({ remote, direction: 'incoming', progress: 'ringing', connectedAt: null })
const talking = callSnapshot({ remote, direction: 'incoming', connectedAt: Date.now() })
const error = null
const devices = { microphone: 'granted', camera: 'granted', output: 'blocked' } as const

/** What happens to a phone in a while, step by step. */
const story: Readonly<Record<string, Partial<PhoneSnapshot>>> = {
  'the network goes': { online: false },
  'the network comes back': { online: true },
  'a call comes in': { calls: [incoming] },
  'the browser keeps the page silent': { devices },
  'the call is answered': { calls: [talking] },
  'its codecs become known': { calls: [{ ...talking, codecs: ['opus'] }] },
  'the microphone is muted': { calls: [{ ...talking, muted: true }] },
  'the call is held': { calls: [{ ...talking, hold: { local: true, remote: false, explicit: true } }] },
  'the call is over': { calls: [], lastCall: { ...talking, progress: 'ended', endedReason: 'hangup' } },
  'nothing changes': { error },
}

describe('A page with all tags', () => {
  const phone = forcedPhone()
  let tags: readonly PhoneElement[] = []
  const rendered = new Set<string>()
  const { setTimeout: native } = globalThis

  // No second passes: the time of a call is drawn anew with each, on a busy machine within any step.
  before(() => {
    globalThis.setTimeout = ((task: () => void, delay = 0) =>
      delay > 0 ? 0 : native(task)) as unknown as typeof setTimeout
  })
  after(() => {
    globalThis.setTimeout = native
  })

  const sliceOf = (tag: PhoneElement): readonly unknown[] => {
    const rendering = tag as unknown as Rendering
    return [rendering.state, ...rendering.select(phone.snapshot)]
  }

  async function page(): Promise<void> {
    const names = Object.keys((await import('../define/further-tags.ts')).furtherTags)
      .concat(Object.keys((await import('../define/phone-tags.ts')).phoneTags))
      .filter((name) => name !== 'att-phone' && name !== 'att-call-button')
    const provider = await fixture(html`<att-phone manual .phone=${phone}></att-phone>`)
    provider.append(...names.map((name) => document.createElement(name)))
    tags = [...provider.children].filter((tag): tag is PhoneElement => 'updateComplete' in tag)
    for (const tag of tags) tag.addController({ hostUpdated: () => void rendered.add(tag.localName) })
    await Promise.all(tags.map((tag) => tag.updateComplete))
  }

  /** Resolves when nothing that was begun is left to render. */
  async function settled(): Promise<void> {
    do {
      await new Promise((resolve) => setTimeout(resolve))
      await Promise.all(tags.map((tag) => tag.updateComplete))
    } while (tags.some((tag) => tag.isUpdatePending))
  }

  it('renders only those whose part of the snapshot changed', async () => {
    await page()
    expect(tags.length).to.be.greaterThan(10)
    await settled()
    for (const [step, change] of Object.entries(story)) {
      const before = new Map(tags.map((tag) => [tag, sliceOf(tag)]))
      rendered.clear()
      phone.show(change)
      await settled()
      const idle = tags.filter((tag) => {
        const [was, is] = [before.get(tag) ?? [], sliceOf(tag)]
        return is.length === was.length && is.every((value, index) => Object.is(value, was[index]))
      })
      const needless = idle.filter(({ localName }) => rendered.has(localName)).map(({ localName }) => localName)
      expect(needless, step).to.deep.equal([])
    }
  })

  it('renders the control that shows a change, and no other', async () => {
    await page()
    phone.show({ calls: [talking] })
    await settled()
    rendered.clear()
    phone.show({ calls: [{ ...talking, muted: true }] })
    await settled()
    const controls = [...rendered].filter((name) => /^att-(mute|hold|hangup|camera|answer|reject|dial)-/.test(name))
    expect(controls).to.deep.equal(['att-mute-button'])
  })
})

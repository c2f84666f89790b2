import { expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing'
import type { TemplateResult } from 'lit'
import { Phone } from '../../src/phone/phone.ts'
import { SnapshotStore } from '../../src/base/snapshot-store.ts'
import type {} from '../base/call-sight.ts'
import type { PhoneEvents } from '../../src/phone/phone-events.ts'
import type { CallSnapshot, ParticipantSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'

const phones = new Set<Phone>()
let users = 0

/** A user nobody else on this network is. */
export function newUser(): string {
  return `user${++users}`
}

/** A phone of its own, ended after the test. */
export function newPhone(): Phone {
  const phone = new Phone()
  phones.add(phone)
  return phone
}

/** A signed-in phone on the local network. */
export async function signedIn(userId = newUser()): Promise<Phone> {
  const phone = newPhone()
  await phone.login({ userId })
  return phone
}

/** Resolves at the next event of that name. */
export function heard<Name extends keyof PhoneEvents>(phone: Phone, name: Name): Promise<PhoneEvents[Name]> {
  const once = new AbortController()
  return new Promise((resolve) => {
    phone.on(
      name,
      (payload) => {
        once.abort()
        resolve(payload)
      },
      { signal: once.signal },
    )
  })
}

/** Resolves when the snapshot is as asked, at once if it is already. */
export function settled(phone: Phone, test: (snapshot: PhoneSnapshot) => boolean): Promise<void> {
  if (test(phone.snapshot)) return Promise.resolve()
  const once = new AbortController()
  return new Promise((resolve) => {
    phone.subscribe(
      (snapshot) => {
        if (!test(snapshot)) return
        once.abort()
        resolve()
      },
      { signal: once.signal },
    )
  })
}

/** Resolves when the element shows this state. */
export async function showing(
  element: HTMLElement & { updateComplete: Promise<boolean> },
  state: string,
): Promise<void> {
  if (element.getAttribute('state') !== state) {
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (element.getAttribute('state') !== state) return
        observer.disconnect()
        resolve()
      })
      observer.observe(element, { attributes: true, attributeFilter: ['state'] })
    })
  }
  await element.updateComplete
}

/** Resolves when the element has drawn what its phone says now: a change is told in a microtask. */
export async function drawn(element: { readonly updateComplete: Promise<boolean> }): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
  await element.updateComplete
}

/** Two phones in a call: the first dialled, the second answered. */
export async function inCall(mediaType: 'audio' | 'video' = 'audio'): Promise<{ caller: Phone; callee: Phone }> {
  const [caller, callee] = await Promise.all([signedIn(), signedIn()])
  await rings(caller, callee, mediaType)
  const connected = heard(caller, 'media:established')
  await callee.answer({ mediaType })
  await connected
  return { caller, callee }
}

/** A phone in two calls: `first` is on hold, `second` answered after it. */
export async function inTwoCalls(): Promise<{ phone: Phone; first: Phone; second: Phone }> {
  const [{ caller: phone, callee: first }, second] = await Promise.all([inCall(), signedIn()])
  const ringing = settled(second, ({ calls }) => calls.some(({ progress }) => progress === 'ringing'))
  await phone.addCall({ destination: second.snapshot.session.userId ?? '', mediaType: 'audio' })
  await ringing
  await second.answer({ mediaType: 'audio' })
  await settled(phone, ({ calls }) => calls.every(({ progress, pending }) => progress === 'connected' && !pending))
  return { phone, first, second }
}

/** `caller` dials `callee`, which rings. */
export async function rings(caller: Phone, callee: Phone, mediaType: 'audio' | 'video' = 'audio'): Promise<void> {
  const ringing = settled(callee, ({ calls }) => calls.some(({ progress }) => progress === 'ringing'))
  const destination = callee.snapshot.session.userId
  if (!destination) throw new Error('The called phone is not signed in')
  await caller.dial({ destination, mediaType })
  await ringing
}

/** A whole phone signed in on the local network. */
export async function mounted(phone: Phone = newPhone()): Promise<AttPhone> {
  const element = await fixture<AttPhone>(html`<att-phone .phone=${phone} user-id=${newUser()}></att-phone>`)
  await showing(element, 'ready')
  return element
}

/** A tag inside a provider of `phone`. */
export async function within<Tag extends HTMLElement>(phone: Phone, tag: TemplateResult): Promise<Tag> {
  const provider = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}>${tag}</att-phone>`)
  const element = provider.firstElementChild as Tag & { readonly updateComplete: Promise<boolean> }
  await element.updateComplete
  return element
}

/** The one button of a control. */
export function buttonOf(control: HTMLElement): HTMLButtonElement {
  const button = control.shadowRoot?.querySelector('button')
  if (!button) throw new Error('The control has no button')
  return button
}

/** What a person sees of an element, its shadow included. */
export function textOf(element: Element): string {
  return (element.shadowRoot ?? element).textContent?.replace(/\s+/g, ' ').trim() ?? ''
}

const quiet: PhoneSnapshot = {
  session: {
    state: 'ready',
    userId: '4711@local',
    id: '1',
    network: 'local',
    capabilities: { video: true, transfer: false, blindTransfer: false, move: false, conference: false, trickle: true },
  },
  online: true,
  calls: [],
  lastCall: null,
  conference: null,
  devices: { microphone: 'granted', camera: 'granted', output: 'ok' },
  error: null,
}

/** A call as a snapshot tells of it: connected, audio, with `bob`, where nothing else is said. */
export function callSnapshot(change: Partial<CallSnapshot> = {}): CallSnapshot {
  return {
    index: 1,
    callType: 'call',
    direction: 'outgoing',
    remote: { address: 'bob@example.com', uri: 'sip:bob@example.com' },
    mediaType: 'audio',
    newMediaType: null,
    asked: false,
    transferTo: null,
    handOverAsked: false,
    progress: 'connected',
    earlyMedia: false,
    hold: { local: false, remote: false, explicit: false },
    muted: false,
    camera: false,
    screen: false,
    link: 'ok',
    pending: null,
    foreground: true,
    connectedAt: Date.now(),
    endedReason: null,
    localStream: null,
    remoteStream: null,
    codecs: [],
    ...change,
  }
}

/** A participant as the snapshot of a host tells of them: joined and silent, where nothing else is said. */
export function participantSnapshot(address: string, change: Partial<ParticipantSnapshot> = {}): ParticipantSnapshot {
  return {
    address,
    uri: `sip:${address}`,
    state: 'joined',
    muted: false,
    silenced: false,
    level: 0,
    speaking: false,
    mediaType: 'audio',
    stream: null,
    ...change,
  }
}

/** A phone whose snapshot says what a test wants it to say: for states that no network gives at will. */
export function forcedPhone(
  change: Partial<PhoneSnapshot> = {},
): Phone & { show(change: Partial<PhoneSnapshot>): void } {
  const phone = newPhone()
  const store = new SnapshotStore<PhoneSnapshot>({ ...quiet, ...change })
  Object.defineProperty(phone, 'snapshot', { get: () => store.snapshot })
  return Object.assign(phone, {
    subscribe: store.subscribe.bind(store),
    show: (next: Partial<PhoneSnapshot>) => store.update(next),
  })
}

/** The phones of tests that are over: a call that is left in one is no call of a person. */
const past = new WeakSet<Phone>()
document.addEventListener('att-unseen-call', (event) => past.has(event.detail.phone) && event.preventDefault())

afterEach(async () => {
  // That of the page is looked at, and not made.
  const pagePhone = (globalThis as Record<symbol, Phone | undefined>)[Symbol.for('att.phone')]
  // One without a call may be that of the next test: a tag makes the page's phone anew when a test has disposed of it.
  for (const phone of [pagePhone, ...phones]) if (phone?.snapshot.calls.length) past.add(phone)
  fixtureCleanup()
  await Promise.all([...phones].map((phone) => phone.dispose()))
  phones.clear()
})

export { expect, fixture, html, oneEvent }

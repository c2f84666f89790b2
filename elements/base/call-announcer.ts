import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { noticesOf, type Notice } from '../att-phone/notices.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { callName, sayIncoming } from './call-words.ts'
import { endedText, isMissed } from './ended-text.ts'
import { partyName } from './party-name.ts'
import { announce, prepareAnnouncer } from './page-announcer.ts'
import { activeCall, incomingCall, shownCall } from './phone-state.ts'

const key = Symbol.for('att.announcers')
type Announcers = WeakMap<Phone, CallAnnouncer>

/** A change of a phone, from one snapshot to the next. */
interface Change {
  readonly phone: Phone
  readonly now: PhoneSnapshot
  readonly before: PhoneSnapshot
  readonly text: Messages
}

/** The call as it was in the snapshot before. */
function callBefore({ before }: Change, call: CallSnapshot): CallSnapshot | undefined {
  return before.calls.find(({ index }) => index === call.index)
}

function* progress(change: Change, call: CallSnapshot): Generator<string> {
  const { phone, now, text } = change
  const was = callBefore(change, call)
  const name = callName(phone, call, text)
  const isNamedAnew = was !== undefined && name !== callName(phone, was, text)
  if (call === incomingCall(now)) {
    if (!was || isNamedAnew) yield sayIncoming(phone, call, text)
  } else if (call.progress !== was?.progress) {
    if (call.progress === 'ringing') yield text.sayRinging(name)
    else if (call.progress === 'connected') yield text.sayConnected(name)
    else if (!was) yield text.sayDialing(name)
  } else if (isNamedAnew && call.direction === 'outgoing' && call.connectedAt === null)
    yield call.progress === 'ringing' ? text.sayRinging(name) : text.sayDialing(name)
  if (call.waiting && call.waiting !== was?.waiting) yield text[call.waiting]
}

function* hold({ now, text }: Change, call: CallSnapshot, was: CallSnapshot, name: string): Generator<string> {
  if (call.hold.local && !was.hold.local) yield text.sayHeld
  // Of two calls it is said which one it is.
  else if (was.hold.local && !call.hold.local) yield now.calls.length > 1 ? text.sayConnected(name) : text.sayResumed
  if (call.hold.remote && !was.hold.remote) yield text.heldByRemote(name)
  else if (was.hold.remote && !call.hold.remote) yield text.resumedByRemote(name)
}

/** Whether the person has the focus on a tag of that name, which speaks for itself when it is pressed. */
function isFocused(tag: string): boolean {
  for (let { activeElement: at } = document; at; at = at.shadowRoot?.activeElement ?? null) {
    if (at.localName === tag) return true
  }
  return false
}

/** The conference has another host, who is not this person: that the panel tells. */
function* newHost({ phone, now, text }: Change, call: CallSnapshot, was: CallSnapshot): Generator<string> {
  const { address } = call.remote
  if (call.callType !== 'conference' || call.direction !== 'incoming') return
  if (address === was.remote.address || address === now.session.userId) return
  yield text.sayHost(partyName(phone, call.remote, text))
}

function isAnotherParty({ phone, text }: Change, call: CallSnapshot, was: CallSnapshot): boolean {
  return call.callType === 'call' && callName(phone, call, text) !== callName(phone, was, text)
}

/** Who is at the far end of a call that waits, and what they do. */
function* waiting(change: Change, call: CallSnapshot): Generator<string> {
  const { phone, text } = change
  const was = callBefore(change, call)
  if (was?.progress !== 'connected' || call.progress !== 'connected') return
  const name = callName(phone, call, text)
  if (isAnotherParty(change, call, was)) yield text.sayOtherWaiting(name)
  if (call.hold.remote && !was.hold.remote) yield text.heldByRemote(name)
  else if (was.hold.remote && !call.hold.remote) yield text.resumedByRemote(name)
}

/** What changed about a call that is up. */
function* inCall(change: Change, call: CallSnapshot): Generator<string> {
  const { phone, text } = change
  const was = callBefore(change, call)
  if (!was || call.progress !== 'connected') return
  const name = callName(phone, call, text)
  // Who holds may do so with the very answer.
  if (was.progress !== 'connected') {
    yield* hold(change, call, was, name)
    return
  }
  if (isAnotherParty(change, call, was)) yield text.sayOtherParty(name)
  yield* newHost(change, call, was)
  yield* hold(change, call, was, name)
  if (call.muted !== was.muted && !isFocused('att-mute-button')) yield call.muted ? text.sayMuted : text.sayUnmuted
  if (call.mediaType !== was.mediaType) yield call.mediaType === 'video' ? text.sayVideo : text.sayAudio
}

function* ended({ phone, now, before, text }: Change): Generator<string> {
  const call = now.lastCall
  if (!call || call === before.lastCall) return
  // An error says better what became of the call.
  if (now.error && now.error !== before.error && call.endedReason === 'failed') return
  yield isMissed(call) ? text.missedFrom(callName(phone, call, text)) : endedText(phone, call, text)
}

function isIll({ online, session, calls }: PhoneSnapshot): boolean {
  return !online || session.state === 'recovering' || calls.some(({ link }) => link !== 'ok')
}

function isNew(notice: Notice, before: PhoneSnapshot, told: readonly Notice[]): boolean {
  if (notice.error) return notice.error !== before.error
  return !told.some(({ text }) => text[0] === notice.text[0])
}

/** What trouble there is now that was not there before, in the words of the screen; what a button says is no part of it. */
function* troubles(change: Change): Generator<string> {
  const { now, before, text } = change
  const told = noticesOf(change.phone, before, text)
  for (const notice of noticesOf(change.phone, now, text)) if (isNew(notice, before, told)) yield notice.text.join(' ')
  const up = now.session.state !== 'signed-out' && now.session.state !== 'expired'
  if (up && isIll(before) && !isIll(now)) yield text.sayBack
}

/** All that a screen reader is told of a change, in order. */
function* announcements(change: Change): Generator<string> {
  const call = shownCall(change.now)
  const active = activeCall(change.now)
  if (call) yield* progress(change, call)
  if (active) yield* inCall(change, active)
  for (const other of change.now.calls) if (other !== call && other !== active) yield* waiting(change, other)
  yield* ended(change)
  yield* troubles(change)
}

function announcersOfPage(): Announcers {
  const page = globalThis as { [key]?: Announcers | undefined }
  return (page[key] ??= new WeakMap())
}

/**
 * Tells a screen reader how the call goes, each thing once. Of the tags that could speak for a phone only one does; when
 * it leaves the page the next takes over.
 */
export class CallAnnouncer implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly messages: () => Messages,
  ) {
    host.addController(this)
  }

  hostConnected(): void {
    prepareAnnouncer(this.host)
  }

  /** Speaks for `phone` until `signal` aborts, unless another tag does already. */
  follow(phone: Phone, signal: AbortSignal): void {
    const announcers = announcersOfPage()
    signal.addEventListener('abort', () => announcers.get(phone) === this && announcers.delete(phone))
    const listen = (now: PhoneSnapshot, before: PhoneSnapshot): void => {
      if (!announcers.has(phone)) announcers.set(phone, this)
      if (announcers.get(phone) !== this) return
      const rings = incomingCall(now) !== null || now.calls.some(({ asked }) => asked)
      for (const said of announcements({ phone, now, before, text: this.messages() })) {
        announce(this.host, said, rings ? 'assertive' : 'polite')
      }
    }
    phone.subscribe(listen, { signal })
  }
}

import { isField } from '../base/field-keys.ts'
import { activeCall, incomingCall, isSpokenInto } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { Messages } from '../locales/locale-table.ts'
import type { PageBehaviour, PagePhone, Shortcut } from './page-behaviour.ts'

function answer(host: PagePhone, phone: Phone): boolean {
  const call = incomingCall(phone.snapshot)
  if (!call) return false
  const { index, mediaType } = call
  const options = activeCall(phone.snapshot) ? ({ action: 'hold' } as const) : {}
  if (!request(host, 'att-answer-request', { index, mediaType, action: options.action ?? null })) return true
  // An invitation rings as a call does, and is taken by joining.
  void (call.callType === 'conference'
    ? phone.joinConference({ mediaType, ...options })
    : phone.answer({ mediaType, ...options }))
  return true
}

function decline(host: PagePhone, phone: Phone): boolean {
  const call = incomingCall(phone.snapshot)
  if (!call) return false
  if (request(host, 'att-reject-request', { index: call.index })) {
    void (call.callType === 'conference' ? phone.rejectConference() : phone.reject())
  }
  return true
}

function mute(host: PagePhone, phone: Phone): boolean {
  const call = activeCall(phone.snapshot)
  if (!call || !isSpokenInto(call)) return false
  const { index, muted } = call
  if (request(host, muted ? 'att-unmute-request' : 'att-mute-request', { index })) {
    void (muted ? phone.unmute() : phone.mute())
  }
  return true
}

function hold(host: PagePhone, phone: Phone): boolean {
  const call = activeCall(phone.snapshot)
  if (call?.progress !== 'connected' || call.pending !== null) return false
  const { index } = call
  const { local } = call.hold
  if (request(host, local ? 'att-resume-request' : 'att-hold-request', { index })) {
    void (local ? phone.resume() : phone.hold())
  }
  return true
}

function end(host: PagePhone, phone: Phone): boolean {
  const call = activeCall(phone.snapshot)
  if (!call || call.progress === 'ending') return false
  if (request(host, 'att-hangup-request', { index: call.index })) {
    void (call.direction === 'outgoing' && call.connectedAt === null ? phone.cancel() : phone.hangup())
  }
  return true
}

/** Letters that begin the English word; they stay the same in every language, as on a keyboard they are learned once. */
export const shortcuts: readonly Shortcut[] = [
  { letter: 'a', label: ({ answer: label }) => label, run: answer },
  { letter: 'd', label: ({ decline: label }) => label, run: decline },
  { letter: 'm', label: ({ mute: label }) => label, run: mute },
  { letter: 'h', label: ({ hold: label }) => label, run: hold },
  { letter: 'e', label: ({ hangup }) => hangup, run: end, chordOnly: true },
]

/** Whether `element` takes text now. */
function isOpenField(element: EventTarget | undefined): boolean {
  return isField(element) && !element.matches('[readonly], :disabled')
}

/** Whether a text is being typed. */
function isTyping(event: KeyboardEvent): boolean {
  return event.isComposing || isOpenField(event.composedPath()[0])
}

/** Whether a field stands open in `root`, for which a letter may be meant; one dials with the keypad while nothing is up. */
function hasOpenField(root: Element | ShadowRoot): boolean {
  for (const element of root.querySelectorAll('*')) {
    if (isOpenField(element) && element.checkVisibility({ visibilityProperty: true })) return true
    const isDialpad = element.localName === 'att-dialpad' && !element.hasAttribute('add')
    if (element.shadowRoot && !isDialpad && hasOpenField(element.shadowRoot)) return true
  }
  return false
}

/** The Latin letter on the key, no matter which alphabet it writes now and what Alt makes of it. */
function letterOf({ key, code, altKey }: KeyboardEvent): string {
  if (!altKey && /^[a-z?]$/i.test(key)) return key.toLowerCase()
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? ''
}

/**
 * Letter keys while the phone has the focus, with Alt and Shift or without; with both on the whole page where it says so.
 * Single letters work nowhere else, not while something is open that they may be meant for, and not at all where the page
 * turns them off (WCAG 2.2, 2.1.4). `?` shows them.
 */
export function listenToKeys({ host, phone, messages, isOpen, signal }: PageBehaviour): void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || isTyping(event)) return
    const inPhone = event.composedPath().includes(host)
    if (!inPhone && host.shortcuts !== 'page') return
    const chord = event.altKey && event.shiftKey
    const single = inPhone && !event.altKey
    if (!chord && !single) return
    const letter = letterOf(event)
    if (single && letter === '?') {
      void showHelp(host, messages())
      return event.preventDefault()
    }
    if (single && (event.shiftKey || isOpen() || host.shadowRoot?.querySelector('dialog[open]'))) return
    const shortcut = shortcuts.find((known) => known.letter === letter && (chord || !known.chordOnly))
    if (!shortcut || (single && (hasOpenField(host) || (host.shadowRoot && hasOpenField(host.shadowRoot))))) return
    if (shortcut.run(host, phone)) event.preventDefault()
  }
  window.addEventListener('keydown', pressed, { signal })
}

async function showHelp(host: PagePhone, messages: Messages): Promise<void> {
  try {
    const { showShortcutHelp } = await import('./shortcut-help.ts')
    showShortcutHelp(host, shortcuts, messages)
  } catch {
    // The browser has said which file it could not load; the keys work without their list.
  }
}

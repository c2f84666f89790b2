import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { endedText } from './ended-text.ts'
import { callName } from './call-words.ts'
import { incomingCall, isHeld, shownCall } from './phone-state.ts'

const key = Symbol.for('att.announcers')
type Announcers = WeakMap<Phone, CallAnnouncer>

/** What a screen reader is told of a change; `null` when there is nothing new to say. */
function announcement(phone: Phone, now: PhoneSnapshot, before: PhoneSnapshot, text: Messages): string | null {
  const call = shownCall(now)
  if (!call) return now.lastCall && now.lastCall !== before.lastCall ? endedText(phone, now.lastCall, text) : null
  const was: CallSnapshot | undefined = before.calls.find(({ index }) => index === call.index)
  const name = callName(phone, call, text)
  if (call === incomingCall(now)) return was ? null : sayIncoming(call, name, text)
  if (call.progress !== was?.progress) {
    if (call.progress === 'ringing') return text.sayRinging(name)
    if (call.progress === 'connected') return text.sayConnected(name)
    return was ? null : text.sayDialing(name)
  }
  if (isHeld(call) === isHeld(was)) return null
  // Of two calls it is said which one it is.
  if (!isHeld(call)) return now.calls.length > 1 ? text.sayConnected(name) : text.sayResumed
  return call.hold.remote ? text.heldByRemote(name) : text.sayHeld
}

function sayIncoming({ callType, mediaType }: CallSnapshot, name: string, text: Messages): string {
  return callType === 'conference' ? text.invitesYou(name) : text.sayIncoming(name, mediaType === 'video')
}

function announcersOfPage(): Announcers {
  const page = globalThis as { [key]?: Announcers | undefined }
  return (page[key] ??= new WeakMap())
}

/**
 * Tells a screen reader how the call goes: ringing, connected, held, ended, each once. Of the tags that could speak for
 * a phone only one does; when it leaves the page the next takes over.
 */
export class CallAnnouncer implements ReactiveController {
  #polite = ''
  #urgent = ''

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly messages: () => Messages,
  ) {
    host.addController(this)
  }

  hostConnected(): void {
    this.#polite = this.#urgent = ''
  }

  /** Speaks for `phone` until `signal` aborts, unless another tag does already. */
  follow(phone: Phone, signal: AbortSignal): void {
    const announcers = announcersOfPage()
    signal.addEventListener('abort', () => announcers.get(phone) === this && announcers.delete(phone))
    const listen = (now: PhoneSnapshot, before: PhoneSnapshot): void => {
      if (!announcers.has(phone)) announcers.set(phone, this)
      if (announcers.get(phone) !== this) return
      const said = announcement(phone, now, before, this.messages())
      if (said === null) return
      const urgent = incomingCall(now) !== null
      this.#polite = urgent ? '' : said
      this.#urgent = urgent ? said : ''
      this.host.requestUpdate()
    }
    phone.subscribe(listen, { signal })
  }

  render(): TemplateResult {
    return html`<div class="said" role="status">${this.#polite}</div>
      <div class="said" role="alert">${this.#urgent}</div>`
  }
}

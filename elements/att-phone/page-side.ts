import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { partyName } from '../base/party-name.ts'
import { incomingCall } from '../base/phone-state.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { Messages } from '../locales/locale-table.ts'
import type { PageBehaviour, PagePhone } from './page-behaviour.ts'
import { cueTitle } from './title-cue.ts'

type Start = (behaviour: PageBehaviour) => void

interface Lazy {
  readonly wanted: (host: PagePhone, focused: boolean) => boolean
  readonly load: () => Promise<Start>
}

const behaviours: readonly Lazy[] = [
  {
    wanted: ({ captureTel }) => captureTel,
    load: async () => (await import('./tel-links.ts')).captureTelLinks,
  },
  {
    // Before the phone was in use once, no key is meant for it.
    wanted: ({ shortcuts }, focused) => shortcuts === 'page' || (shortcuts !== 'off' && focused),
    load: async () => (await import('./shortcut-keys.ts')).listenToKeys,
  },
  {
    wanted: ({ notifications }) => notifications,
    load: async () => (await import('./incoming-notification.ts')).notifyOfCalls,
  },
]

/** What a phone does to the page around it: its title, its links, its keys, its notifications. */
export class PageSide implements ReactiveController {
  #phone: Phone | null = null
  #focused = false
  #connection: AbortController | null = null
  readonly #running = new Map<Lazy, AbortController>()

  constructor(
    private readonly host: PagePhone & ReactiveControllerHost,
    private readonly now: () => { readonly phone: Phone | null; readonly messages: Messages; readonly isOpen: boolean },
  ) {
    host.addController(this)
  }

  hostConnected(): void {
    this.#connection = new AbortController()
    const { signal } = this.#connection
    document.addEventListener('visibilitychange', () => this.cue(), { signal })
    this.host.addEventListener('focusin', () => this.#focus(), { signal })
  }

  hostDisconnected(): void {
    this.#connection?.abort()
    this.#end()
    cueTitle(this, null)
  }

  hostUpdated(): void {
    const { phone } = this.now()
    if (phone !== this.#phone) this.#end()
    this.#phone = phone
    if (!phone || !this.host.isConnected) return
    for (const behaviour of behaviours) {
      const wanted = behaviour.wanted(this.host, this.#focused)
      const running = this.#running.get(behaviour)
      if (wanted && !running) void this.#begin(behaviour, phone)
      if (!wanted && running) {
        running.abort()
        this.#running.delete(behaviour)
      }
    }
  }

  /** A page that may not ring, or is not looked at, shows in its title who calls. */
  cue(): void {
    const { phone, messages } = this.now()
    const call = phone && incomingCall(phone.snapshot)
    const cue = call && (document.hidden || phone.snapshot.devices.output === 'blocked')
    cueTitle(this, cue ? messages.titleIncoming(partyName(phone, call.remote, messages)) : null)
  }

  #focus(): void {
    if (this.#focused) return
    this.#focused = true
    this.hostUpdated()
  }

  async #begin(behaviour: Lazy, phone: Phone): Promise<void> {
    const running = new AbortController()
    this.#running.set(behaviour, running)
    const { signal } = running
    try {
      const start = await behaviour.load()
      const { host } = this
      if (signal.aborted) return
      start({ host, phone, messages: () => this.now().messages, isOpen: () => this.now().isOpen, signal })
    } catch {
      // The browser has said which file it could not load; the page goes on without.
    }
  }

  #end(): void {
    for (const running of this.#running.values()) running.abort()
    this.#running.clear()
    this.#phone = null
  }
}

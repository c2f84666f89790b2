import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { baseStyles } from '../base/base.styles.ts'
import { PastCalls } from '../base/past-calls.ts'
import { partyName } from '../base/party-name.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { formatDuration } from '../base/running-time.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import { callHistoryStyles } from './att-call-history.styles.ts'
import { callKindIcons } from './call-kind-icons.ts'
import { CallLog } from './call-log.ts'
import { recordCalls } from './call-recorder.ts'
import { dayGroups, type DayGroup } from './day-groups.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { CallRecord } from './call-record.ts'
import '../locales/further-texts.ts'

/**
 * The calls that were: whom, when, how they went and how long they lasted, by day; each can be called again.
 *
 * It records while it is in the page. Whether calls are kept beyond it the page says by `keep`, as its visitors have
 * consented: then they lie in the storage of the browser, at most 200 of them, and every tab of the site shows the
 * same. Without it nothing is written. Taking `keep` away deletes what was kept.
 *
 * @summary The last calls; calls again.
 * @tagname att-call-history
 *
 * @fires {RequestEvent<'att-dial-request'>} att-dial-request - The person wants to call again. Cancelable.
 *
 * @csspart head - Title, and what clears the list.
 * @csspart clear - Asks whether to delete the calls.
 * @csspart question - The question before they are deleted.
 * @csspart delete - Deletes them.
 * @csspart day - Name of a day.
 * @csspart call - One call.
 * @csspart name - Who.
 * @csspart redial - Calls again.
 * @csspart empty - Says that there are no calls.
 * @cssstate empty - There is no call to list.
 */
export class AttCallHistory extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, callHistoryStyles]

  /**
   * Keeps the calls in this browser: under the user who is signed in where it is empty, else under this name. Absent:
   * as long as the page lives.
   */
  @property() keep: string | null = null

  @state() private asking = false

  #log = CallLog.of(null)
  #key: string | null = null
  #listening: AbortController | null = null

  /** The calls that are listed, newest first. */
  get records(): readonly CallRecord[] {
    return this.#log.records
  }

  /** Forgets every call, without a question. */
  clear(): void {
    this.asking = false
    this.#log.clear()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#listen()
    // Days have other names when the person comes back to the page.
    const signal = this.connection ?? AbortSignal.abort()
    document.addEventListener('visibilitychange', () => this.requestUpdate(), { signal })
  }

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    recordCalls(phone, (record) => this.#log.add(record), signal)
  }

  protected override select({ session, calls }: PhoneSnapshot): readonly unknown[] {
    this.#open()
    return [session.state, calls.length > 0]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.get('keep') !== undefined && changed.get('keep') !== null && this.keep === null) this.#log.clear()
    this.#open()
    this.toggleState('empty', this.records.length === 0)
  }

  protected override render(): TemplateResult {
    const { messages, locale, records } = this
    return html`<section class="root" aria-label=${messages.history}>
      <div part="head" class="head" tabindex="-1">${this.asking ? this.#question() : this.#title()}</div>
      ${
        records.length === 0
          ? html`<p part="empty" class="empty">${messages.historyEmpty}</p>`
          : dayGroups(records, locale).map((group) => this.#day(group))
      }
    </section>`
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    if (changed.get('asking') === undefined) return
    // Deleting is never what a second press of Enter does.
    const next = this.asking ? '.keep' : this.records.length > 0 ? '.clear' : '.head'
    this.renderRoot.querySelector<HTMLElement>(next)?.focus()
  }

  #title(): TemplateResult {
    const { messages, records } = this
    return html`<h2>${messages.history}</h2>
      ${
        records.length === 0
          ? nothing
          : html`<button part="clear" type="button" class="plain clear" @click=${() => (this.asking = true)}>
              ${messages.clearHistory}
            </button>`
      }`
  }

  #question(): TemplateResult {
    const { messages } = this
    return html`<p part="question" class="question" id="question">${messages.clearHistoryQuestion}</p>
      <div class="answers" role="group" aria-labelledby="question" @keydown=${this.#escape}>
        <button type="button" class="plain keep" @click=${() => (this.asking = false)}>${messages.keepAll}</button>
        <button part="delete" type="button" class="plain delete" @click=${() => this.clear()}>
          ${messages.deleteAll}
        </button>
      </div>`
  }

  #day({ day, records }: DayGroup): TemplateResult {
    return html`<h3 part="day">${day}</h3>
      <ul>
        ${repeat(
          records,
          ({ id }) => id,
          (record) => this.#call(record),
        )}
      </ul>`
  }

  #call(record: CallRecord): TemplateResult {
    const { messages, locale, followed } = this
    const { direction, address, name, withheld, outcome, mediaType, duration, at } = record
    const party = { address, uri: address, ...(name && { displayName: name }), ...(withheld && { withheld }) }
    const who = followed ? partyName(followed, party, messages) : name || address
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
    const unavailable = this.#unavailable
    return html`<li part="call" class="call ${outcome}">
      <span class="kind">${outcome === 'missed' ? callKindIcons.missed : callKindIcons[direction]}</span>
      <span class="who">
        <b part="name"><bdi>${who}</bdi></b>
        <span>${this.#how(record)}${duration > 0 ? ` · ${formatDuration(duration, locale)}` : ''}</span>
      </span>
      <time datetime=${new Date(at).toISOString()}>${time.format(at)}</time>
      ${
        address
          ? html`<button
              part="redial"
              type="button"
              class="ghost"
              aria-label=${messages.callTo(who)}
              title=${unavailable ?? messages.callTo(who)}
              aria-disabled=${unavailable === null ? nothing : 'true'}
              @click=${() => this.#redial(record)}
            >
              ${mediaType === 'video' ? icons.camera : icons.phone}
            </button>`
          : nothing
      }
    </li>`
  }

  #how({ direction, outcome }: CallRecord): string {
    const { messages } = this
    if (outcome === 'missed') return messages.missed
    if (outcome === 'declined') return messages.declined
    if (outcome === 'unanswered') return messages.notAnswered
    return direction === 'outgoing' ? messages.outgoingCall : messages.incomingCall
  }

  /** Why nobody can be called now; `null` when somebody can. */
  get #unavailable(): string | null {
    const { snapshot, messages } = this
    if (snapshot?.session.state !== 'ready') return messages.signInFirst
    return snapshot.calls.length > 0 ? messages.callActive : null
  }

  #redial({ address: destination, mediaType }: CallRecord): void {
    const { followed } = this
    if (!followed || this.#unavailable !== null) return
    if (request(this, 'att-dial-request', { destination, mediaType })) void followed.dial({ destination, mediaType })
  }

  #escape(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.asking = false
  }

  /** The log of whom `keep` means; who is signed out keeps seeing the calls there were. */
  #open(): void {
    const owner = this.keep === null ? null : this.keep || (this.snapshot?.session.userId ?? null)
    const key = owner === null ? null : `att.call-history:${owner}`
    if (key === this.#key || (key === null && this.keep !== null)) return
    this.#key = key
    this.#log = CallLog.of(key)
    this.#listen()
  }

  /** What was deleted, here or in another tab, does not come back with the next tag that lists calls. */
  #changed(): void {
    if (this.records.length === 0 && this.followed) PastCalls.of(this.followed).forget()
    this.requestUpdate()
  }

  #listen(): void {
    this.#listening?.abort()
    const { connection } = this
    if (!connection) return
    this.#listening = new AbortController()
    this.#log.subscribe(() => this.#changed(), AbortSignal.any([connection, this.#listening.signal]))
    this.requestUpdate()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-call-history': AttCallHistory
  }
}

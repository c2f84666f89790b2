import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { baseStyles } from '../base/base.styles.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { activeCall } from '../base/phone-state.ts'
import { qualityStyles } from './att-quality.styles.ts'
import { asWritten } from '../base/property-values.ts'
import type { CallQuality, DirectionQuality, Silence } from '../../src/phone/quality-watch.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/** How many of the four bars stand for a rating. */
const barsOf = { good: 4, fair: 3, poor: 2, bad: 1 } as const

/** What the person did, and hears of elsewhere. */
const ownDoing: ReadonlySet<Silence> = new Set(['held', 'held-by-remote', 'muted'])

/**
 * How well the call is heard: four bars and a word, and in words why nothing is heard where that is so. A press shows
 * the figures of both directions. A screen reader is told when it becomes bad or silent. Empty without a call.
 *
 * It measures once a second while it is in the page and a call is up, and not otherwise.
 *
 * @summary Shows how well the call is heard, and why it is silent.
 * @tagname att-quality
 *
 * @csspart button - Bars and word; shows and hides the details.
 * @csspart bars - The four bars.
 * @csspart label - The word, or why it is silent.
 * @csspart details - The figures.
 * @cssstate good - Good in both directions.
 * @cssstate fair - The worse direction is fair.
 * @cssstate poor - The worse direction is poor.
 * @cssstate bad - The worse direction is bad.
 * @cssstate silent - Nothing is heard in one direction.
 */
export class AttQuality extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, qualityStyles]

  /** Shows the figures. */
  @asWritten @property({ type: Boolean }) open = false

  @state() private quality: CallQuality | null = null
  @state() private said = ''
  #watch: AbortController | null = null
  #shown = ''

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#rest()
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = activeCall(snapshot)
    const talks = call?.progress === 'connected'
    if (talks) this.#begin()
    else this.#rest()
    return [talks]
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#watch) return nothing
    const { messages, quality } = this
    const silence = this.#silence(quality)
    // What is not heard is not good, however well it would come over.
    const bars = quality?.rating && (!silence || ownDoing.has(silence)) ? barsOf[quality.rating] : 0
    return html`<div class="root">
      <button
        part="button"
        class="summary"
        type="button"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-controls="details"
        @click=${this.#toggle}
      >
        <span part="bars" class="bars" aria-hidden="true">
          ${[1, 2, 3, 4].map((bar) => html`<i class=${bars >= bar ? 'on' : ''}></i>`)}
        </span>
        <span class="said">${messages.quality}: </span>
        <span part="label">${this.#label(quality)}</span>
      </button>
      <div part="details" id="details" class="details" ?hidden=${!this.open}>
        ${this.open ? this.#details(quality) : nothing}
      </div>
      <p class="said" role="status">${this.said}</p>
    </div>`
  }

  #toggle(): void {
    this.open = !this.open
  }

  #begin(): void {
    const { followed } = this
    if (this.#watch || !followed) return
    const watch = (this.#watch = new AbortController())
    // A tag that cannot load the measure shows none.
    followed.watchQuality((quality) => this.#show(quality), watch).catch(() => {})
  }

  #rest(): void {
    this.#watch?.abort()
    this.#watch = null
    this.quality = null
    this.said = this.#shown = ''
    this.#states(null)
  }

  #show(quality: CallQuality | null): void {
    const before = this.#trouble(this.quality)
    const now = this.#trouble(quality)
    if (now !== before) this.said = now
    this.#states(quality)
    // What nobody sees need not be drawn.
    const shown = this.open ? JSON.stringify(quality) : this.#label(quality) + String(quality?.rating)
    if (shown === this.#shown && now === before) return
    this.#shown = shown
    this.quality = quality
  }

  protected override phoneFollowed(): void {
    // Another phone has another call.
    this.#rest()
  }

  /** What a screen reader is to be told; empty while all is well enough. */
  #trouble(quality: CallQuality | null): string {
    const { messages } = this
    const silence = this.#silence(quality)
    if (silence && !ownDoing.has(silence)) return messages.silences[silence]
    return quality?.rating === 'bad' ? messages.sayBadQuality : ''
  }

  /** What is not heard here comes first: it is what one wonders at. */
  #silence(quality: CallQuality | null): Silence | null {
    return quality?.received.silence ?? quality?.sent.silence ?? null
  }

  #label(quality: CallQuality | null): string {
    const { messages } = this
    const silence = this.#silence(quality)
    if (silence) return messages.silences[silence]
    return quality?.rating ? messages.qualityRatings[quality.rating] : messages.measuring
  }

  #states(quality: CallQuality | null): void {
    for (const rating of ['good', 'fair', 'poor', 'bad'] as const) this.toggleState(rating, quality?.rating === rating)
    this.toggleState('silent', this.#silence(quality) !== null)
  }

  #details(quality: CallQuality | null): TemplateResult {
    const { messages } = this
    // The first is said above; the other direction may have a reason of its own.
    const other = quality?.received.silence && quality.sent.silence
    const row = (name: string, value: (direction: DirectionQuality) => string) =>
      html`<tr>
        <th scope="row">${name}</th>
        ${[quality?.received, quality?.sent].map((direction) => html`<td>${direction ? value(direction) : '–'}</td>`)}
      </tr>`
    return html`${other && other !== quality.received.silence ? html`<p>${messages.silences[other]}</p>` : nothing}
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="col">${messages.youHear}</th>
            <th scope="col">${messages.theyHear}</th>
          </tr>
        </thead>
        <tbody>
          ${row(messages.score, ({ mos }) => this.#number(mos, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))}
          ${row(messages.loss, ({ loss }) => this.#number(loss, { style: 'percent', maximumFractionDigits: 1 }))}
          ${row(messages.jitter, ({ jitter }) => this.#milliseconds(jitter))}
          ${row(messages.codec, ({ codec }) => codec ?? '–')}
          <tr>
            <th scope="row">${messages.roundTrip}</th>
            <td colspan="2">${this.#milliseconds(quality?.roundTrip ?? null)}</td>
          </tr>
        </tbody>
      </table>`
  }

  #milliseconds(value: number | null): string {
    return this.#number(value, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 })
  }

  #number(value: number | null, options: Intl.NumberFormatOptions): string {
    return value === null ? '–' : new Intl.NumberFormat(this.locale, options).format(value)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-quality': AttQuality
  }
}

import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { NumberSpacing } from '../att-dialpad/number-spacing.ts'
import { baseStyles } from '../base/base.styles.ts'
import { endedText } from '../base/ended-text.ts'
import { errorWords } from '../base/error-words.ts'
import { partyName } from '../base/party-name.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { request } from '../events/request-event.ts'
import { transferStyles } from './att-transfer.styles.ts'
import { reasonAgainst, standingReason } from './transfer-reasons.ts'
import { choiceButton, type Choice } from './choice-button.ts'
import { transferMethods } from './transfer-methods.ts'
import { transferStage, type TransferStage } from './transfer-stage.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/**
 * Sends the other person of a call to somebody else: at once (blind), or after asking there first (attended), by a
 * second call that is then joined with the first. A failure is told in words, and the call is back.
 *
 * @summary Transfers a call, at once or after asking.
 * @tagname att-transfer
 *
 * @fires {RequestEvent<'att-transfer-request'>} att-transfer-request - The person transfers the call. Cancelable.
 * @fires {RequestEvent<'att-add-call-request'>} att-add-call-request - The person asks there first. Cancelable.
 * @fires {RequestEvent<'att-hangup-request'>} att-hangup-request - The person ends the call to who was asked. Cancelable.
 *
 * @csspart title - Whom this is about.
 * @csspart field - The number field.
 * @csspart choices - The buttons.
 * @csspart ask - Calls there first.
 * @csspart transfer - Transfers at once.
 * @csspart connect - Joins both calls.
 * @csspart end - Ends the call to who was asked.
 * @csspart status - How far it has come, or why it cannot be done.
 * @csspart trouble - What went wrong.
 * @cssproperty [--att-transfer-radius=18px] - Corners of the field.
 * @cssstate unavailable - Nothing can be transferred now.
 * @cssstate asking - Who is to take the call is being called, or on the line.
 * @cssstate busy - The network is transferring.
 */
export class AttTransfer extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, transferStyles]

  /** The number or name to transfer to, as it stands in the field. */
  @state() private number = ''
  /** The trouble that was told before the person went on. */
  @state() private passed: unknown = null
  @query('input') private readonly field!: HTMLInputElement | null
  @query('.choice') private readonly firstChoice!: HTMLButtonElement | null

  /** The call that was made to ask. */
  #asked: number | null = null
  #fieldHadFocus = false
  #spacing = new NumberSpacing(
    () => {
      this.number = this.#spacing.space(this.number)
    },
    () => this.followed?.dialPlan,
  )

  /** The number or name as it stands in the field. */
  get value(): string {
    return this.number
  }

  set value(value: string) {
    this.number = this.#spacing.space(value)
  }

  override focus(options?: FocusOptions): void {
    const target = this.field ?? this.firstChoice
    target?.focus(options)
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const stage = transferStage(snapshot)
    if (stage.name === 'calling' || stage.name === 'join') this.#asked = Math.max(stage.call.index, stage.waiting.index)
    if (stage.name === 'none' && !stage.call) this.number = ''
    const waiting = 'waiting' in stage ? stage.waiting : null
    const { capabilities } = snapshot.session
    return [
      stage.name,
      ...[stage.call, waiting].flatMap((call) => [call?.index, call?.remote, call?.progress]),
      capabilities.transfer,
      capabilities.blindTransfer,
      snapshot.error,
      snapshot.lastCall,
    ]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    this.#fieldHadFocus = this.field !== null && this.shadowRoot?.activeElement === this.field
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    if (this.#fieldHadFocus && !this.field) this.firstChoice?.focus({ preventScroll: true })
  }

  protected override render(): TemplateResult | typeof nothing {
    const { followed, snapshot } = this
    if (!followed || !snapshot) return nothing
    const stage = transferStage(snapshot)
    const asking = stage.name === 'calling' || stage.name === 'join'
    this.toggleState('unavailable', stage.name === 'none')
    this.toggleState('asking', asking)
    this.toggleState('busy', stage.name === 'transferring')
    const trouble = this.#trouble(followed, snapshot)
    return html`<form class="root" aria-labelledby="title" @submit=${this.#submit} @keydown=${ignoreRepeat}>
      <p part="title" class="title" id="title">${this.#title(followed, stage)}</p>
      ${asking ? nothing : this.#fieldOf(stage)}
      <div part="choices" class="choices">${this.#choices(followed, snapshot, stage).map(choiceButton)}</div>
      <div class="told" role="status">
        ${trouble}
        <p part="status" class="status">${trouble === nothing ? this.#status(followed, snapshot, stage) : nothing}</p>
      </div>
    </form>`
  }

  #name(phone: Phone, call: CallSnapshot): string {
    return partyName(phone, call.remote, this.messages)
  }

  #title(phone: Phone, stage: TransferStage): unknown {
    const { messages } = this
    // Who is sent on was there before who is asked.
    const call = 'waiting' in stage && stage.waiting.index < stage.call.index ? stage.waiting : stage.call
    return call ? html`<bdi>${messages.transferOf(this.#name(phone, call))}</bdi>` : messages.transfer
  }

  #fieldOf({ name }: TransferStage): TemplateResult {
    const { messages } = this
    return html`<input
      part="field"
      aria-label=${messages.transferTo}
      placeholder=${messages.transferTo}
      .value=${live(this.number)}
      ?disabled=${name === 'none'}
      ?readonly=${name === 'transferring'}
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      enterkeyhint="go"
      @input=${this.#input}
    />`
  }

  #choices(phone: Phone, snapshot: PhoneSnapshot, stage: TransferStage): readonly Choice[] {
    const { messages } = this
    const { call } = stage
    if (stage.name === 'calling' || stage.name === 'join') return this.#joining(phone, snapshot, stage)
    const { blindTransfer } = snapshot.session.capabilities
    return [
      {
        part: 'ask',
        label: messages.askFirst,
        tone: blindTransfer ? 'quiet' : 'main',
        unavailable: reasonAgainst('transfer', stage, snapshot, this.number, messages),
        activate: () => call && this.#ask(phone, call),
      },
      {
        part: 'transfer',
        label: messages.transferNow,
        tone: blindTransfer ? 'main' : 'quiet',
        unavailable: reasonAgainst('blindTransfer', stage, snapshot, this.number, messages),
        activate: () => call && this.#transfer(phone, call, this.number.trim()),
      },
    ]
  }

  /** In the places of the first two: the person who asked finds the next step where the focus is. */
  #joining(
    phone: Phone,
    snapshot: PhoneSnapshot,
    stage: TransferStage & { readonly name: 'calling' | 'join' },
  ): readonly Choice[] {
    const { messages } = this
    const { call } = stage
    const unanswered = call.connectedAt === null
    return [
      {
        part: 'connect',
        label: messages.transferJoinNow,
        tone: 'main',
        unavailable: reasonAgainst('transfer', stage, snapshot, this.number, messages),
        activate: () => this.#transfer(phone, call, null),
      },
      {
        part: 'end',
        label: unanswered ? messages.cancel : messages.hangupOn(this.#name(phone, call)),
        tone: 'stop',
        unavailable: call.progress === 'ending' ? messages.waiting : null,
        activate: () => this.#end(phone, call),
      },
    ]
  }

  #status(phone: Phone, snapshot: PhoneSnapshot, stage: TransferStage): string {
    const { messages } = this
    if (stage.name === 'transferring') return messages.transferring
    if (stage.name === 'calling') return messages.transferWhileCalling(this.#name(phone, stage.call))
    if (stage.name === 'join') {
      return messages.transferJoin(this.#name(phone, stage.waiting), this.#name(phone, stage.call))
    }
    const { lastCall } = snapshot
    if (!stage.call && lastCall?.endedReason === 'transferred') return endedText(phone, lastCall, messages)
    return standingReason(stage, snapshot, messages) ?? ''
  }

  #trouble(phone: Phone, snapshot: PhoneSnapshot): TemplateResult | typeof nothing {
    const [source, what, remedy] = this.#troubleOf(phone, snapshot)
    if (!source || source === this.passed) return nothing
    return html`<p part="trouble" class="trouble">
      <b><bdi>${what}</bdi></b> ${remedy}
    </p>`
  }

  #troubleOf(
    phone: Phone,
    snapshot: PhoneSnapshot,
  ): readonly [source?: PhoneError | CallSnapshot, what?: string, remedy?: string] {
    const { messages } = this
    const { error, lastCall, calls } = snapshot
    if (error && transferMethods.includes(error.JSMethod)) return [error, ...errorWords(error, snapshot, messages)]
    const refused = calls.length === 1 && lastCall?.index === this.#asked && lastCall?.connectedAt === null
    return refused && lastCall.endedReason !== 'canceled' ? [lastCall, endedText(phone, lastCall, messages)] : []
  }

  #input(): void {
    const { field, followed, snapshot } = this
    if (!field || !followed || !snapshot) return
    const shorter = field.value.length < this.number.length
    const atEnd = field.selectionEnd === field.value.length
    this.number = atEnd && !shorter ? this.#spacing.space(field.value) : field.value
    this.#pass(followed, snapshot)
  }

  /** Takes the way that is coloured, as Enter does in any form. */
  #submit(event: Event): void {
    event.preventDefault()
    const { followed, snapshot } = this
    if (!followed || !snapshot) return
    const choices = this.#choices(followed, snapshot, transferStage(snapshot))
    const main = choices.find(({ tone }) => tone === 'main')
    if (main?.unavailable === null) main.activate()
  }

  /** What went wrong is over once the person goes on. */
  #pass(phone: Phone, snapshot: PhoneSnapshot): void {
    this.passed = this.#troubleOf(phone, snapshot)[0] ?? this.passed
  }

  #ask(phone: Phone, { mediaType }: CallSnapshot): void {
    const destination = this.number.trim()
    if (!request(this, 'att-add-call-request', { destination, mediaType })) return
    this.#pass(phone, phone.snapshot)
    void phone.addCall({ destination, mediaType })
  }

  #transfer(phone: Phone, { index }: CallSnapshot, destination: string | null): void {
    if (!request(this, 'att-transfer-request', { index, destination })) return
    this.#pass(phone, phone.snapshot)
    void phone.transfer(destination === null ? undefined : { destination })
  }

  #end(phone: Phone, { index, connectedAt }: CallSnapshot): void {
    if (!request(this, 'att-hangup-request', { index })) return
    void (connectedAt === null ? phone.cancel() : phone.hangup())
  }
}

/** A key held down since before must not take the next step. */
function ignoreRepeat(event: KeyboardEvent): void {
  if (event.repeat && event.composedPath()[0] instanceof HTMLButtonElement) event.preventDefault()
}

declare global {
  interface HTMLElementTagNameMap {
    'att-transfer': AttTransfer
  }
}

import { html, nothing, type CSSResultGroup, type SVGTemplateResult, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { face } from '../base/avatar.ts'
import { baseStyles } from '../base/base.styles.ts'
import { callName, incomingText, progressWord } from '../base/call-words.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { activeCall, incomingCall } from '../base/phone-state.ts'
import { formatDuration, RunningTime } from '../base/running-time.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import { callListStyles } from './att-call-list.styles.ts'
import { asWritten } from '../base/property-values.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/** One control of a row. */
interface RowControl {
  readonly part: 'switch' | 'merge' | 'end'
  readonly icon: SVGTemplateResult
  readonly label: string
  readonly busy: boolean
  /** Why it cannot be used now; `null` when it can. */
  readonly unavailable: string | null
  readonly activate: () => void
}

/**
 * The calls there are: with whom, how each stands and for how long; switches between them, merges them where the
 * network has conferences, and ends those that can be ended. Each control is a stop of the Tab key.
 *
 * @summary Lists several calls; switches, merges and ends them.
 * @tagname att-call-list
 *
 * @fires {RequestEvent<'att-switch-request'>} att-switch-request - The person wants the other call. Cancelable.
 * @fires {RequestEvent<'att-merge-request'>} att-merge-request - The person wants one conference of both. Cancelable.
 * @fires {RequestEvent<'att-hangup-request'>} att-hangup-request - The person ends a call. Cancelable.
 * @fires {RequestEvent<'att-reject-request'>} att-reject-request - The person declines a call. Cancelable.
 *
 * @csspart list - The list.
 * @csspart call - One call.
 * @csspart avatar - The initials.
 * @csspart name - The name.
 * @csspart status - State of the call and its running time.
 * @csspart switch - Brings the call to the front.
 * @csspart merge - Merges the calls.
 * @csspart end - Ends the call.
 * @csspart empty - Says that there is no call.
 * @cssproperty [--att-call-list-radius=18px] - Corners of a call.
 * @cssstate empty - There is no call to list.
 */
export class AttCallList extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, callListStyles]

  /** Leaves out the call one is in and one that rings: for a page that shows those by itself. */
  @asWritten @property({ type: Boolean, reflect: true }) background = false

  /** A conference is being made of the calls; no state of a call tells so. */
  @state() private merging = false

  #time = new RunningTime(this)

  protected override showsCallsOf(): boolean {
    return true
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    this.#time.since = this.#listed(snapshot).find(({ connectedAt }) => connectedAt !== null)?.connectedAt ?? null
    const { conference } = snapshot.session.capabilities
    return [conference, ...snapshot.calls.flatMap(renderedOf)]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { followed, snapshot, messages } = this
    if (!followed || !snapshot) return nothing
    const calls = this.#listed(snapshot)
    this.toggleState('empty', calls.length === 0)
    if (calls.length === 0) {
      if (this.background) return nothing
      return html`<div class="root"><p part="empty" class="empty">${messages.noCall}</p></div>`
    }
    return html`<div class="root">
      <div part="list" class="list" role="list" aria-label=${messages.calls}>
        ${repeat(
          calls,
          ({ index }) => index,
          (call) => this.#row(followed, snapshot, call),
        )}
      </div>
    </div>`
  }

  #listed(snapshot: PhoneSnapshot): readonly CallSnapshot[] {
    if (!this.background) return snapshot.calls
    const shown = [activeCall(snapshot), incomingCall(snapshot)]
    return snapshot.calls.filter((call) => !shown.includes(call))
  }

  #row(phone: Phone, snapshot: PhoneSnapshot, call: CallSnapshot): TemplateResult {
    const name = callName(phone, call, this.messages)
    const current = snapshot.calls.length > 1 && call === activeCall(snapshot)
    return html`<div part="call" class="call" role="listitem" aria-current=${current ? 'true' : nothing}>
      <span part="avatar" class="avatar" aria-hidden="true">${face(phone, call.remote, name)}</span>
      <p>
        <b part="name"><bdi>${name}</bdi></b>
        <span part="status">${this.#status(snapshot, call, name)}</span>
      </p>
      ${this.#controls(phone, snapshot, call, name).map(control)}
    </div>`
  }

  #status(snapshot: PhoneSnapshot, call: CallSnapshot, name: string): string {
    const { messages } = this
    if (call === incomingCall(snapshot)) return incomingText(call, messages)
    if (call.progress !== 'connected') {
      return progressWord(call, messages)
    }
    const { local, remote } = call.hold
    const word = local ? messages.held : remote ? messages.heldByRemote(name) : messages.onTheLine
    return `${word} · ${formatDuration(Date.now() - (call.connectedAt ?? Date.now()), this.locale)}`
  }

  #controls(phone: Phone, snapshot: PhoneSnapshot, call: CallSnapshot, name: string): readonly RowControl[] {
    const active = activeCall(snapshot)
    const behind = call !== active && call.connectedAt !== null
    if (!behind) return [this.#end(phone, call, name)]
    const ready = active?.progress === 'connected' && active.pending === null && call.pending === null
    const unavailable = active && active.progress !== 'connected' ? this.messages.notConnected : null
    const together = { busy: !ready && unavailable === null, unavailable }
    const both: RowControl[] = [
      {
        ...together,
        part: 'switch',
        icon: icons.swap,
        label: this.messages.switchTo(name),
        activate: () => request(this, 'att-switch-request', { index: call.index }) && void phone.switchCall(),
      },
    ]
    if (snapshot.session.capabilities.conference) {
      both.push({
        ...together,
        busy: together.busy || this.merging,
        part: 'merge',
        icon: icons.merge,
        label: this.messages.merge,
        activate: () => {
          if (request(this, 'att-merge-request', { index: call.index })) this.#track(phone.merge())
        },
      })
    }
    // Beside the call one is in there is no other place to end the one that waits.
    return this.background ? [...both, this.#end(phone, call, name)] : both
  }

  #end(phone: Phone, call: CallSnapshot, name: string): RowControl {
    const { messages } = this
    const { index, direction, connectedAt, progress } = call
    const unanswered = connectedAt === null
    const incoming = unanswered && direction === 'incoming'
    return {
      part: 'end',
      icon: icons.close,
      label: (incoming ? messages.declineFrom : unanswered ? messages.takeBack : messages.hangupOn)(name),
      busy: progress === 'ending',
      unavailable: null,
      activate: () => {
        if (!request(this, incoming ? 'att-reject-request' : 'att-hangup-request', { index })) return
        void (incoming ? phone.reject() : unanswered ? phone.cancel() : phone.hangup({ index }))
      },
    }
  }

  /** The phone tells of a failure by its own event. */
  #track(merge: Promise<void>): void {
    this.merging = true
    const over = (): void => void (this.merging = false)
    merge.then(over, over)
  }
}

/** What a row is drawn from. */
function renderedOf(call: CallSnapshot): readonly unknown[] {
  const { index, callType, remote, mediaType, progress, hold, pending, foreground, connectedAt } = call
  return [index, callType, remote, mediaType, progress, hold, pending, foreground, connectedAt]
}

function control({ part, icon, label, busy, unavailable, activate }: RowControl): TemplateResult {
  return html`<button
    part=${part}
    type="button"
    class="ghost ${part}"
    aria-label=${label}
    title=${unavailable ?? label}
    aria-busy=${busy ? 'true' : nothing}
    aria-disabled=${unavailable === null ? nothing : 'true'}
    @click=${busy || unavailable !== null ? nothing : activate}
  >
    ${icon}
  </button>`
}

declare global {
  interface HTMLElementTagNameMap {
    'att-call-list': AttCallList
  }
}

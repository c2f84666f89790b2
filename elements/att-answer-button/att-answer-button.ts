import { property } from 'lit/decorators.js'
import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall, incomingCall } from '../base/phone-state.ts'
import { RingGuard } from '../base/ring-guard.ts'
import { keyword } from '../base/property-values.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { MediaType, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Answers the call that rings. It never takes the focus, and a key or a click that was meant for what was there before
 * the ring does not answer.
 *
 * @summary Answers an incoming call.
 * @tagname att-answer-button
 *
 * @fires {RequestEvent<'att-answer-request'>} att-answer-request - The person answers the call. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate unavailable - No call rings.
 */
export class AttAnswerButton extends ControlButton {
  /** Answers with sound alone (`audio`), or with picture (`video`); absent: as the caller offers. */
  @property({ attribute: 'media-type', converter: keyword<MediaType | null>(null, 'audio', 'video') })
  mediaType: MediaType | null = null

  /** What becomes of the call that is active already: `hold` keeps it, `end` ends it. */
  @property({ converter: keyword<'hold' | 'end'>('hold', 'end') }) action: 'hold' | 'end' = 'hold'

  #guard = new RingGuard(this)

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    this.#guard.ring(incomingCall(snapshot)?.index ?? null)
    return super.select(snapshot)
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages } = this
    const call = incomingCall(snapshot)
    const video = this.#answerWith(snapshot) === 'video'
    const lessThanOffered = call?.mediaType === 'video' && !video
    const second = call !== null && activeCall(snapshot) !== null
    return {
      icon: video ? icons.camera : icons.phone,
      label: this.#label(second, lessThanOffered),
      ...(lessThanOffered && { action: messages.answerAudio }),
      tone: 'go',
      unavailable: call ? null : messages.noIncoming,
    }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = incomingCall(snapshot)
    if (!call) return
    const mediaType = this.#answerWith(snapshot)
    const action = activeCall(snapshot) ? this.action : null
    if (!request(this, 'att-answer-request', { index: call.index, mediaType, action })) return
    const options = action ? { action } : {}
    // An invitation rings as a call does, and is taken by joining.
    void (call.callType === 'conference'
      ? phone.joinConference({ mediaType, ...options })
      : phone.answer({ mediaType, ...options }))
  }

  #label(second: boolean, lessThanOffered: boolean): string {
    const { messages } = this
    if (second && this.action === 'end') return messages.endAnswer
    if (lessThanOffered) return messages.audio
    return second ? messages.holdAnswer : messages.answer
  }

  /** A caller who offers sound alone is not answered with a picture. */
  #answerWith(snapshot: PhoneSnapshot): MediaType {
    return incomingCall(snapshot)?.mediaType === 'video' && this.mediaType !== 'audio' ? 'video' : 'audio'
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-answer-button': AttAnswerButton
  }
}

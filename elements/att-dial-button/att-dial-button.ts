import { property } from 'lit/decorators.js'
import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { announce } from '../base/page-announcer.ts'
import { numberEntryOf } from '../base/number-entry.ts'
import { asWritten, audioOrVideo } from '../base/property-values.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { MediaType, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Calls the number of the keypad, or the one in `to`. With nothing typed the first press brings back the number dialled
 * last, the second calls it.
 *
 * @summary Starts a call.
 * @tagname att-dial-button
 *
 * @fires {RequestEvent<'att-dial-request'>} att-dial-request - The person wants to call `destination`. Cancelable.
 * @fires {RequestEvent<'att-add-call-request'>} att-add-call-request - The same, for a second call. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate unavailable - Nobody can be called now; the title says why.
 */
export class AttDialButton extends ControlButton {
  /** Number or user to call; absent: what is typed in the keypad of the same phone. */
  @property() to: string | null = null

  /** `audio`, or `video` for sound and picture. */
  @property({ attribute: 'media-type', converter: audioOrVideo }) mediaType: MediaType = 'audio'

  /** Holds the call one is in, and makes a second one. */
  @asWritten @property({ type: Boolean, reflect: true }) add = false

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    numberEntryOf(phone).subscribe(() => this.snapshotChanged(phone.snapshot), { signal })
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages } = this
    const video = this.mediaType === 'video'
    return {
      icon: video ? icons.camera : icons.phone,
      label: video ? messages.videoCall : messages.call,
      ...(this.to && { action: messages.callTo(this.to) }),
      tone: 'go',
      unavailable: this.#unavailable(snapshot),
    }
  }

  protected override activate(phone: Phone): void {
    const entry = numberEntryOf(phone)
    const destination = (this.to ?? entry.snapshot.value).trim()
    if (!destination) {
      const { last } = entry.snapshot
      entry.update({ value: last })
      return announce(this, last, 'polite')
    }
    const mediaType = this.mediaType === 'video' ? 'video' : 'audio'
    if (!request(this, this.add ? 'att-add-call-request' : 'att-dial-request', { destination, mediaType })) return
    entry.update({ last: destination })
    void (this.add ? phone.addCall({ destination, mediaType }) : phone.dial({ destination, mediaType }))
  }

  #unavailable({ session, calls }: PhoneSnapshot): string | null {
    const { messages, followed } = this
    if (session.state !== 'ready') return messages.signInFirst
    if (calls.length > 0 && !this.add) return messages.callActive
    if (calls.length > 1) return messages.twoCalls
    if (calls.some(({ progress }) => progress !== 'connected')) return messages.notConnected
    if (this.mediaType === 'video' && !session.capabilities.video) return messages.noVideo
    const { value, last } = followed ? numberEntryOf(followed).snapshot : { value: '', last: '' }
    return this.to?.trim() || value.trim() || last ? null : messages.noNumber
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-dial-button': AttDialButton
  }
}

import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall, isSpokenInto } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Turns the microphone of the call off and on, also before the other side answers.
 *
 * @summary Mutes and unmutes the microphone.
 * @tagname att-mute-button
 *
 * @fires {RequestEvent<'att-mute-request'>} att-mute-request - The person turns the microphone off. Cancelable.
 * @fires {RequestEvent<'att-unmute-request'>} att-unmute-request - The person turns it on again. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate pressed - The microphone is off.
 * @cssstate unavailable - There is no call to speak into.
 */
export class AttMuteButton extends ControlButton {
  protected override showsCallsOf(): boolean {
    return true
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages } = this
    const call = activeCall(snapshot)
    const muted = call?.muted ?? false
    return {
      icon: muted ? icons.microphoneOff : icons.microphone,
      label: messages.mute,
      pressed: muted,
      unavailable: !call ? messages.noCallNow : isSpokenInto(call) ? null : messages.notConnected,
    }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = activeCall(snapshot)
    if (!call) return
    const { index, muted } = call
    if (request(this, muted ? 'att-unmute-request' : 'att-mute-request', { index })) {
      void (muted ? phone.unmute() : phone.mute())
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-mute-button': AttMuteButton
  }
}

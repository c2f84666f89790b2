import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Puts the call on hold and takes it back.
 *
 * @summary Holds and resumes the call.
 * @tagname att-hold-button
 *
 * @fires {RequestEvent<'att-hold-request'>} att-hold-request - The person puts the call on hold. Cancelable.
 * @fires {RequestEvent<'att-resume-request'>} att-resume-request - The person takes it back. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate pressed - The person holds the call.
 * @cssstate busy - The network has not confirmed the last press yet.
 * @cssstate unavailable - There is no connected call.
 */
export class AttHoldButton extends ControlButton {
  protected override showsCallsOf(): boolean {
    return true
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages } = this
    const call = activeCall(snapshot)
    const held = call?.hold.local ?? false
    return {
      icon: held ? icons.play : icons.pause,
      label: messages.hold,
      pressed: held,
      busy: call?.pending === 'hold' || call?.pending === 'resume',
      unavailable: !call ? messages.noCallNow : call.progress === 'connected' ? null : messages.notConnected,
    }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = activeCall(snapshot)
    if (!call) return
    const { index, hold } = call
    if (request(this, hold.local ? 'att-resume-request' : 'att-hold-request', { index })) {
      void (hold.local ? phone.resume() : phone.hold())
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-hold-button': AttHoldButton
  }
}

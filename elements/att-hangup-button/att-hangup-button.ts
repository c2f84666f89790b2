import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Ends the call, or takes back one that was not answered yet.
 *
 * @summary Hangs up, or cancels a call that is not answered yet.
 * @tagname att-hangup-button
 *
 * @fires {RequestEvent<'att-hangup-request'>} att-hangup-request - The person wants to end the call. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate unavailable - There is no call to end.
 * @cssstate busy - The call is ending.
 */
export class AttHangupButton extends ControlButton {
  protected override showsCallsOf(): boolean {
    return true
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const call = activeCall(snapshot)
    const canceling = call?.direction === 'outgoing' && call.connectedAt === null
    return {
      icon: icons.hangup,
      label: canceling ? this.messages.cancel : this.messages.hangup,
      tone: 'stop',
      busy: call?.progress === 'ending',
      unavailable: call ? null : this.messages.noCallNow,
    }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = activeCall(snapshot)
    if (!call || !request(this, 'att-hangup-request', { index: call.index })) return
    void (call.direction === 'outgoing' && call.connectedAt === null ? phone.cancel() : phone.hangup())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-hangup-button': AttHangupButton
  }
}

import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { incomingCall } from '../base/phone-state.ts'
import { RingGuard } from '../base/ring-guard.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Declines the call that rings. A key or a click that was meant for what was there before the ring does nothing.
 *
 * @summary Declines an incoming call.
 * @tagname att-reject-button
 *
 * @fires {RequestEvent<'att-reject-request'>} att-reject-request - The person declines the call. Cancelable.
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
export class AttRejectButton extends ControlButton {
  #guard = new RingGuard(this)

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    this.#guard.ring(incomingCall(snapshot)?.index ?? null)
    return super.select(snapshot)
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { decline, noIncoming } = this.messages
    return { icon: icons.hangup, label: decline, tone: 'stop', unavailable: incomingCall(snapshot) ? null : noIncoming }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = incomingCall(snapshot)
    if (!call || !request(this, 'att-reject-request', { index: call.index })) return
    void (call.callType === 'conference' ? phone.rejectConference() : phone.reject())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-reject-button': AttRejectButton
  }
}

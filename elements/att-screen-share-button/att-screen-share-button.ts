import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall, isHeld } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/**
 * Shows the screen, a window or a tab in place of the camera, and ends that: the camera comes back if it was on. In an
 * audio call the other side is asked for video.
 *
 * @summary Shares the screen in a call.
 * @tagname att-screen-share-button
 *
 * @fires {RequestEvent<'att-screen-share-request'>} att-screen-share-request - The person turns sharing `on` or off. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate pressed - The screen is shared.
 * @cssstate unavailable - There is no call it can be shared in, or the browser cannot.
 */
export class AttScreenShareButton extends ControlButton {
  protected override showsCallsOf(): boolean {
    return true
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages } = this
    const call = activeCall(snapshot)
    const pressed = call?.screen ?? false
    return {
      icon: pressed ? icons.screenOff : icons.screen,
      label: messages.shareScreen,
      action: messages.shareScreenAction,
      pressed,
      unavailable: this.#unavailable(call, snapshot),
    }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = activeCall(snapshot)
    if (!call) return
    const on = !call.screen
    if (request(this, 'att-screen-share-request', { index: call.index, on })) void phone.shareScreen(on)
  }

  #unavailable(call: CallSnapshot | null, { session }: PhoneSnapshot): string | null {
    const { messages } = this
    if (!canShareScreen()) return messages.cannotShareScreen
    if (!call) return messages.noCallNow
    if (call.progress !== 'connected') return messages.notConnected
    if (call.screen) return null
    if (call.mediaType === 'audio') {
      if (!session.capabilities.video) return messages.noVideo
      if (call.callType === 'conference') return messages.audioCall
      if (isHeld(call)) return messages.onHold
    }
    return call.pending || call.asked ? messages.waiting : null
  }
}

/** The browsers of phones let no page show the screen. */
function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function'
}

declare global {
  interface HTMLElementTagNameMap {
    'att-screen-share-button': AttScreenShareButton
  }
}

import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * Turns the own picture of a video call off and on; in an audio call asks the other side for video.
 *
 * @summary Turns the camera off and on, and makes a video call of an audio call.
 * @tagname att-camera-button
 *
 * @fires {RequestEvent<'att-camera-request'>} att-camera-request - The person turns the camera `on` or off. Cancelable.
 * @fires {RequestEvent<'att-upgrade-request'>} att-upgrade-request - The person asks the other side for video. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate pressed - The camera is off.
 * @cssstate busy - The other side is being asked for video.
 * @cssstate unavailable - There is no connected call, or the network has no video.
 */
export class AttCameraButton extends ControlButton {
  protected override showsCallsOf(): boolean {
    return true
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages } = this
    const call = activeCall(snapshot)
    if (call?.mediaType === 'audio') return this.#upgrade(snapshot, call)
    const off = call?.mediaType === 'video' && !call.camera
    return {
      icon: off ? icons.cameraOff : icons.camera,
      label: messages.cameraOff,
      pressed: off,
      unavailable: this.#unavailable(call),
    }
  }

  protected override activate(phone: Phone, snapshot: PhoneSnapshot): void {
    const call = activeCall(snapshot)
    if (!call) return
    if (call.mediaType === 'audio') {
      if (request(this, 'att-upgrade-request', { index: call.index })) void phone.upgrade()
      return
    }
    const on = !call.camera
    if (request(this, 'att-camera-request', { index: call.index, on })) void phone.setCamera(on)
  }

  #upgrade({ session }: PhoneSnapshot, call: CallSnapshot): ControlLook {
    const { messages } = this
    const held = call.hold.local ? messages.onHold : null
    return {
      icon: icons.camera,
      label: messages.video,
      action: messages.askVideo,
      busy: call.pending === 'change',
      unavailable: session.capabilities.video ? (this.#unavailable(call) ?? held) : messages.noVideo,
    }
  }

  #unavailable(call: CallSnapshot | null): string | null {
    const { messages } = this
    if (!call) return messages.noCallNow
    return call.progress === 'connected' ? null : messages.notConnected
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-camera-button': AttCameraButton
  }
}

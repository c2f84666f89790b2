import { state } from 'lit/decorators.js'
import { nothing, type PropertyValues, type TemplateResult } from 'lit'
import { ControlButton, type ControlLook } from '../base/control-button.ts'
import { activeCall } from '../base/phone-state.ts'
import { line } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { documentPictureInPicture, hasVideoPictureInPicture } from './picture-in-picture.ts'
import '../locales/further-texts.ts'

const smallWindow = line('M4 6.5h16v11H4zM12.5 12.5h5v3h-5z')

/**
 * Shows the call in a small window that stays above all others: who, how long, mute, hang up, and the picture of a video
 * call (Document Picture-in-Picture). Where the browser has only windows for videos it shows the picture of a video
 * call, and where it has neither there is no button.
 *
 * @summary Shows the call in a small window above all others.
 * @tagname att-pip-button
 *
 * @fires {RequestEvent<'att-mute-request'>} att-mute-request - Mute was pressed in the window. Cancelable.
 * @fires {RequestEvent<'att-unmute-request'>} att-unmute-request - It was pressed again. Cancelable.
 * @fires {RequestEvent<'att-hangup-request'>} att-hangup-request - Hang up was pressed in the window. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button.
 * @csspart icon - The round part with the icon.
 * @csspart label - The label.
 * @cssproperty [--att-button-size=64px] - Height of the round part, and its width; at least 44px high.
 * @cssproperty [--att-button-width=64px] - Width of the round part.
 * @cssstate pressed - The window is open.
 * @cssstate missing - This browser has no small windows; nothing is shown.
 * @cssstate unavailable - There is no call, or none that the window can show.
 */
export class AttPipButton extends ControlButton {
  @state() private open = false

  #opening = false
  #close: (() => void) | null = null

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // A page builder takes a tag out and puts it back in one go; the window stays then.
    setTimeout(() => !this.isConnected && this.#close?.())
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    this.toggleState('missing', this.#missing)
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.#missing ? nothing : super.render()
  }

  protected override showsCallsOf(): boolean {
    return true
  }

  protected override look(snapshot: PhoneSnapshot): ControlLook {
    const { messages, open } = this
    return {
      icon: smallWindow,
      label: messages.smallWindow,
      action: open ? messages.closeSmallWindow : messages.openSmallWindow,
      pressed: open,
      unavailable: this.#unavailable(snapshot),
    }
  }

  protected override activate(phone: Phone): void {
    if (this.#close) this.#close()
    else void this.#openWindow(phone)
  }

  get #missing(): boolean {
    return !documentPictureInPicture() && !hasVideoPictureInPicture()
  }

  #unavailable(snapshot: PhoneSnapshot): string | null {
    const { messages } = this
    const call = activeCall(snapshot)
    if (!call) return messages.noCallNow
    if (documentPictureInPicture()) return null
    if (call.mediaType !== 'video') return messages.audioCall
    return call.progress === 'connected' ? null : messages.notConnected
  }

  async #openWindow(phone: Phone): Promise<void> {
    if (this.#opening) return
    this.#opening = true
    const closed = (): void => {
      this.#close = null
      this.open = false
    }
    try {
      const { openSmallWindow } = await import('./small-window.ts')
      const messages = (): typeof this.messages => this.messages
      this.#close = await openSmallWindow({ phone, host: this, messages, locale: () => this.locale, closed })
      this.open = true
    } catch {
      // The browser opens none now, for it wants a press of its own; the next press is one.
    } finally {
      this.#opening = false
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-pip-button': AttPipButton
  }
}

import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { baseStyles } from '../base/base.styles.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { activeCall } from '../base/phone-state.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import { devicePickerStyles } from './att-device-picker.styles.ts'
import { DeviceTrials, type TrialRole } from './device-trials.ts'
import { deviceName, deviceTrouble } from './device-words.ts'
import { asWritten } from '../base/property-values.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { Device, DeviceChoice, DeviceRole, DeviceSetup, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

const options = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const

const lists = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers', ringer: 'speakers' } as const

const parts = ['microphone', 'camera', 'speaker', 'ringer', 'options'] as const

type Part = (typeof parts)[number]

const roleIcons = {
  microphone: icons.microphone,
  camera: icons.camera,
  speaker: icons.speaker,
  ringer: icons.ringer,
} as const

/** The segments of the level, a tenth each. */
const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/**
 * Chooses microphone, camera, loudspeaker and what rings, ahead of a call and in one, where the choice holds at once.
 * The microphone shows its level, the camera its picture, what sounds plays a tone.
 *
 * It opens nothing by itself: a device is open while the person tests it, or a call has it open. All is closed when the
 * tag leaves the page.
 *
 * @summary Chooses and tests microphone, camera and loudspeakers.
 * @tagname att-device-picker
 *
 * @fires {RequestEvent<'att-device-request'>} att-device-request - The person chooses a device or an option; `detail` names what changes. Cancelable.
 *
 * @csspart microphone - Microphone, level and test.
 * @csspart camera - Camera and preview.
 * @csspart speaker - Loudspeaker and test tone.
 * @csspart ringer - What rings, and a test of it.
 * @csspart options - Echo, noise and loudness.
 * @csspart select - Each choice.
 * @csspart test - Each button that tests.
 * @csspart level - The level of the microphone.
 * @csspart preview - The picture of the camera.
 * @csspart trouble - What is wrong with a device, and what to do.
 * @cssstate trouble - Something is wrong with a device.
 */
export class AttDevicePicker extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, devicePickerStyles]

  /**
   * What to show, of `speaker`, `microphone`, `camera`, `ringer` and `options`, as words in any order; absent: all. The
   * order on the screen is that of the words.
   */
  @property() roles: string | null = null

  /** Keeps the choice in this browser, and takes up what was kept before. */
  @asWritten @property({ type: Boolean, reflect: true }) remember = false

  /** What sounds to be tested now. */
  @state() private sounding: 'speaker' | 'ringer' | null = null

  #trials = new DeviceTrials(this)

  protected override phoneFollowed(phone: Phone): void {
    this.#trials.endAll()
    // Without the part that chooses devices the tag says what the browser uses, and no more.
    if (this.remember) void phone.chooseDevices({ remember: true })
    else phone.listDevices().catch(() => {})
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    if (this.followed) this.#trials.follow(this.followed, snapshot, this.#shown)
    return [snapshot.devices, activeCall(snapshot)?.muted, this.#inCall(snapshot)]
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    if (changed.has('remember') && changed.get('remember') !== undefined) {
      void this.followed?.chooseDevices({ remember: this.remember })
    }
    const { snapshot } = this
    const troubled =
      snapshot !== null && this.#shown.some((part) => part !== 'options' && this.#trouble(part, snapshot))
    this.toggleState('trouble', troubled)
  }

  protected override render(): TemplateResult | typeof nothing {
    const { snapshot, messages } = this
    if (!snapshot) return nothing
    const { setup } = snapshot.devices
    const named = setup === undefined || setup.microphones.length + setup.cameras.length > 0
    return html`<div class="root" role="group" aria-label=${messages.devices}>
      ${this.#shown.map((part) => this.#part(part, snapshot))}
      ${named ? nothing : html`<p class="hint">${messages.allowToChoose}</p>`}
      <p class="said" role="status">${this.#said(snapshot)}</p>
    </div>`
  }

  /** What `roles` names, each once. */
  get #shown(): readonly Part[] {
    const words = this.roles?.trim().toLowerCase().split(/\s+/) ?? []
    const named = [...new Set(words)].filter((word): word is Part => (parts as readonly string[]).includes(word))
    return named.length > 0 ? named : parts
  }

  #part(part: Part, snapshot: PhoneSnapshot): TemplateResult | typeof nothing {
    const { messages } = this
    const { setup } = snapshot.devices
    switch (part) {
      case 'microphone':
        return this.#device(part, snapshot, this.#microphone(snapshot))
      case 'camera':
        return this.#device(part, snapshot, this.#camera())
      case 'speaker':
        return this.#device(part, snapshot, this.#sound(part, messages.playTone))
      case 'ringer':
        if (setup?.canChooseOutput === false) return nothing
        return this.#device(part, snapshot, this.#sound(part, messages.ringOnce))
      case 'options':
        return this.#options(setup)
    }
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('select, button, input')?.focus(options)
  }

  #device(role: DeviceRole, snapshot: PhoneSnapshot, test: TemplateResult): TemplateResult {
    const { setup } = snapshot.devices
    const trouble = this.#trouble(role, snapshot)
    const fixed = setup?.canChooseOutput === false && (role === 'speaker' || role === 'ringer')
    const name = html`${roleIcons[role]} ${this.messages[role]}`
    return html`<section part=${role} class="device">
      ${
        fixed
          ? html`<span class="name">${name}</span>
              <p class="hint">${this.messages.noOutputChoice}</p>`
          : html`<label class="name" for=${role}>${name}</label>${this.#choice(role, setup)}`
      }
      <div class="test">${test}</div>
      ${trouble ? html`<p part="trouble" class="trouble"><b>${trouble[0]}</b> ${trouble[1]}</p>` : nothing}
    </section>`
  }

  #choice(role: DeviceRole, setup: DeviceSetup | undefined): TemplateResult {
    const { messages } = this
    const devices: readonly Device[] = setup?.[lists[role]] ?? []
    const chosen = setup?.chosen[role] ?? null
    const absent = chosen !== null && !devices.some(({ id }) => id === chosen)
    const option = (value: string, name: string) =>
      html`<option value=${value} .selected=${live(value === (chosen ?? ''))}>${name}</option>`
    return html`<select part="select" id=${role} @change=${(event: Event) => this.#chooseDevice(role, event)}>
      ${option('', messages.defaultDevice)}
      ${devices.map((device, at) => option(device.id, deviceName(device, at, messages)))}
      ${absent ? option(chosen, messages.absentDevice) : nothing}
    </select>`
  }

  #microphone(snapshot: PhoneSnapshot): TemplateResult {
    const { messages } = this
    const { level } = this.#trials
    const muted = activeCall(snapshot)?.muted && this.#trials.isOpen('microphone')
    return html`${this.#toggle('microphone', messages.testMicrophone, messages.endTest, snapshot)}
      <div
        part="level"
        class="level"
        role="meter"
        aria-label=${messages.microphoneLevel}
        aria-valuemin="0"
        aria-valuemax="10"
        aria-valuenow=${Math.round(level * 10)}
      >
        ${tenths.map((tenth) => html`<i class=${level * 10 >= tenth - 0.5 ? 'on' : ''}></i>`)}
      </div>
      ${muted ? html`<p class="hint">${messages.mutedInCall}</p>` : nothing}`
  }

  #camera(): TemplateResult {
    const { messages } = this
    const stream = this.#trials.stream('camera')
    return html`${this.#toggle('camera', messages.showPreview, messages.hidePreview, this.snapshot)}
    ${
      stream
        ? html`<video
            part="preview"
            class="preview"
            aria-label=${messages.cameraPreview}
            .srcObject=${live(stream)}
            .muted=${true}
            autoplay
            playsinline
          ></video>`
        : nothing
    }`
  }

  /** What a call has open shows without being asked for, and cannot be closed here. */
  #toggle(
    role: TrialRole,
    begin: string,
    end: string,
    snapshot: PhoneSnapshot | null,
  ): TemplateResult | typeof nothing {
    if (snapshot && this.#inCall(snapshot)[role]) return nothing
    const open = this.#trials.isOpen(role)
    return html`<button part="test" type="button" class="tool" @click=${() => this.#try(role)}>
      ${open ? end : begin}
    </button>`
  }

  #sound(role: 'speaker' | 'ringer', name: string): TemplateResult {
    const sounding = this.sounding === role
    return html`<button
      part="test"
      type="button"
      class="tool"
      aria-disabled=${sounding ? 'true' : nothing}
      @click=${() => void this.#play(role)}
    >
      ${name}
    </button>`
  }

  #options(setup: DeviceSetup | undefined): TemplateResult {
    const { messages } = this
    return html`<fieldset part="options" class="options">
      <legend>${messages.soundOptions}</legend>
      ${options.map(
        (name) =>
          html`<label
            ><input
              type="checkbox"
              .checked=${live(setup?.chosen[name] ?? true)}
              @change=${(event: Event) => this.#choose({ [name]: (event.target as HTMLInputElement).checked })}
            />
            ${messages[name]}</label
          >`,
      )}
    </fieldset>`
  }

  /** One sentence at a time, the nearest to the mouth first. */
  #said(snapshot: PhoneSnapshot): string {
    const roles = ['microphone', 'camera', 'speaker', 'ringer'] as const
    return (
      roles
        .filter((role) => this.#shown.includes(role))
        .map((role) => this.#trouble(role, snapshot))
        .find(Boolean)
        ?.join(' ') ?? ''
    )
  }

  #trouble(role: DeviceRole, snapshot: PhoneSnapshot): readonly [string, string] | null {
    return deviceTrouble(role, snapshot, this.#trials, this.messages)
  }

  #inCall({ calls }: PhoneSnapshot): Readonly<Record<TrialRole, boolean>> {
    return {
      microphone: calls.some(({ localStream }) => localStream !== null),
      camera: calls.some(({ camera }) => camera),
    }
  }

  #try(role: TrialRole): void {
    const { followed } = this
    if (!followed) return
    if (this.#trials.isOpen(role)) this.#trials.end(role)
    else void this.#trials.begin(followed, role)
  }

  async #play(role: 'speaker' | 'ringer'): Promise<void> {
    const { followed, connection } = this
    if (!followed || !connection || this.sounding) return
    this.sounding = role
    await followed.testOutput(role, { signal: connection }).catch(() => {})
    this.sounding = null
  }

  #chooseDevice(role: DeviceRole, event: Event): void {
    const { value } = event.target as HTMLSelectElement
    this.#choose({ [role]: value === '' ? null : value })
  }

  #choose(choice: Partial<DeviceChoice>): void {
    const { followed } = this
    if (!followed) return
    // A refusal shows as the error of the phone, and the choice as it was.
    if (request(this, 'att-device-request', choice)) void this.#apply(followed, choice)
    else this.requestUpdate()
  }

  async #apply(phone: Phone, choice: Partial<DeviceChoice>): Promise<void> {
    await phone.chooseDevices({ ...choice, ...(this.remember && { remember: true }) }).catch(() => {})
    this.requestUpdate()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-device-picker': AttDevicePicker
  }
}

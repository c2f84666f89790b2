import { css, html, nothing, render, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { baseStyles } from '../base/base.styles.ts'
import { buttonStyles } from '../base/button.styles.ts'
import { face } from '../base/avatar.ts'
import { partyName } from '../base/party-name.ts'
import { activeCall, isHeld } from '../base/phone-state.ts'
import { formatDuration } from '../base/running-time.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { documentPictureInPicture, hasVideoPictureInPicture } from './picture-in-picture.ts'

/** The call that gets the window, and whom the window belongs to. */
export interface WindowedCall {
  readonly phone: Phone
  /** Gets the requests of the controls, and gives its colours. */
  readonly host: HTMLElement
  readonly messages: () => Messages
  readonly locale: () => string
  /** Called once when the window is gone. */
  readonly closed: () => void
}

const themed = ['surface', 'raised', 'ink', 'muted', 'line', 'go', 'go-ink', 'stop', 'stop-ink', 'accent']

const styles = css`
  :host {
    position: fixed;
    inset: 0;
    color-scheme: light dark;
    font-family: system-ui, sans-serif;
    background: var(--surface);
    --att-button-size: 48px;
  }
  .root {
    position: relative;
    display: grid;
    grid-template-rows: 1fr auto;
    block-size: 100%;
    padding: 12px;
  }
  .person {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 2px;
    min-inline-size: 0;
    text-align: center;
  }
  .person p {
    max-inline-size: 90vw;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
    color: var(--muted);
  }
  .person .name {
    font-weight: 600;
    color: var(--ink);
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    font-weight: 550;
    color: var(--avatar-ink);
    background: var(--avatar);
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    background: #0d0f14;
  }
  .row {
    position: relative;
    grid-row: 2;
    display: flex;
    justify-content: center;
    gap: 16px;
  }
`

/** Opens the small window of this browser: one with controls, else the picture alone. Rejects where it cannot. */
export async function openSmallWindow(call: WindowedCall): Promise<() => void> {
  const windows = documentPictureInPicture()
  if (windows) return showPanel(await windows.requestWindow({ width: 300, height: 240 }), call)
  return showVideo(call)
}

function showPanel(small: Window & typeof globalThis, call: WindowedCall): () => void {
  const { phone, host, messages } = call
  const place = small.document.createElement('div')
  const root = place.attachShadow({ mode: 'open' })
  // A style sheet belongs to the document it was made for.
  root.adoptedStyleSheets = [baseStyles, buttonStyles, styles].map(({ cssText }) => {
    const sheet = new small.CSSStyleSheet()
    sheet.replaceSync(cssText)
    return sheet
  })
  const page = getComputedStyle(host)
  for (const name of themed.map((colour) => `--att-${colour}`)) {
    const value = page.getPropertyValue(name)
    if (value) place.style.setProperty(name, value)
  }
  const { documentElement } = small.document
  documentElement.lang = messages().language
  documentElement.dir = page.direction
  small.document.title = messages().phone
  small.document.body.append(place)
  const ended = new AbortController()
  const draw = (): void => {
    const shown = activeCall(phone.snapshot)
    if (shown) render(panel(call, shown), root)
    else small.close()
  }
  phone.subscribe(draw, { signal: ended.signal })
  const ticking = setInterval(draw, 1000)
  const over = (): void => {
    clearInterval(ticking)
    ended.abort()
    call.closed()
  }
  small.addEventListener('pagehide', over, { once: true })
  draw()
  return () => small.close()
}

function panel(windowed: WindowedCall, call: CallSnapshot): TemplateResult {
  const { phone, messages, locale } = windowed
  const text = messages()
  const name = partyName(phone, call.remote, text)
  const time = call.connectedAt === null ? text.dialing : formatDuration(Date.now() - call.connectedAt, locale())
  const video = call.mediaType === 'video' && call.progress === 'connected' && !isHeld(call)
  return html`<main class="root">
    ${
      video
        ? html`<video
            .srcObject=${guard([call.remoteStream], () => call.remoteStream)}
            .muted=${true}
            autoplay
            playsinline
          ></video>`
        : html`<div class="person">
            <span class="avatar" aria-hidden="true">${face(phone, call.remote, name)}</span>
            <p class="name"><bdi>${name}</bdi></p>
            <p>${isHeld(call) ? `${text.held} · ${time}` : time}</p>
          </div>`
    }
    <div class="row">${muteButton(windowed, call)} ${hangupButton(windowed, call)}</div>
  </main>`
}

function muteButton({ phone, host, messages }: WindowedCall, { index, muted, progress }: CallSnapshot): unknown {
  if (progress !== 'connected') return nothing
  const press = (): void => {
    if (request(host, muted ? 'att-unmute-request' : 'att-mute-request', { index })) {
      void (muted ? phone.unmute() : phone.mute())
    }
  }
  return html`<button
    type="button"
    class="control"
    aria-label=${messages().mute}
    aria-pressed=${muted ? 'true' : 'false'}
    @click=${press}
  >
    <span class="disc">${muted ? icons.microphoneOff : icons.microphone}</span>
  </button>`
}

function hangupButton({ phone, host, messages }: WindowedCall, call: CallSnapshot): TemplateResult {
  const press = (): void => {
    if (!request(host, 'att-hangup-request', { index: call.index })) return
    void (call.direction === 'outgoing' && call.connectedAt === null ? phone.cancel() : phone.hangup())
  }
  return html`<button type="button" class="control stop" aria-label=${messages().hangup} @click=${press}>
    <span class="disc">${icons.hangup}</span>
  </button>`
}

/** The picture of the other person in a window of its own, where the browser has nothing better. */
async function showVideo({ phone, closed }: WindowedCall): Promise<() => void> {
  const stream = activeCall(phone.snapshot)?.remoteStream
  if (!stream || !hasVideoPictureInPicture()) throw new DOMException('No small windows here', 'NotSupportedError')
  const video = document.createElement('video')
  // The sound is the phone's own matter.
  video.muted = video.autoplay = video.playsInline = true
  video.srcObject = stream
  await new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true }))
  await video.requestPictureInPicture()
  const ended = new AbortController()
  const leave = (): void => {
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture().catch(() => {})
  }
  phone.subscribe((snapshot) => activeCall(snapshot)?.mediaType !== 'video' && leave(), { signal: ended.signal })
  const over = (): void => {
    ended.abort()
    video.srcObject = null
    closed()
  }
  video.addEventListener('leavepictureinpicture', over, { once: true })
  return leave
}

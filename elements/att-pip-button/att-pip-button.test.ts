import { sendMouse } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-pip-button.ts'
import { callSnapshot, expect, forcedPhone, heard, html, inCall, textOf, within, buttonOf } from '../testing/phones.ts'
import { documentPictureInPicture } from './picture-in-picture.ts'
import { openSmallWindow } from './small-window.ts'
import type { AttPipButton } from './att-pip-button.ts'

const tag = html`<att-pip-button></att-pip-button>`
const can = documentPictureInPicture() !== null
const onlyWhere = (able: boolean): Mocha.TestFunction | Mocha.PendingTestFunction => (able ? it : it.skip)

/** A press by the mouse: the browser opens a window for nothing less. */
async function press(button: AttPipButton): Promise<void> {
  const { x, y, width, height } = buttonOf(button).getBoundingClientRect()
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] })
}

/** Resolves when the button says whether its window is open. */
async function pressed(button: AttPipButton, open: boolean): Promise<void> {
  while (buttonOf(button).getAttribute('aria-pressed') !== String(open)) {
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect()
        resolve(null)
      })
      observer.observe(buttonOf(button), { attributes: true })
    })
  }
}

interface WindowOwner {
  readonly window: (Window & typeof globalThis) | null
}

const smallWindow = (): Window & typeof globalThis => (documentPictureInPicture() as unknown as WindowOwner).window!
const insideWindow = (): ShadowRoot => smallWindow().document.body.firstElementChild!.shadowRoot!

describe('<att-pip-button>', () => {
  onlyWhere(can)('shows the call in a small window, mutes it there, and ends it there', async () => {
    const { callee } = await inCall()
    const button = await within<AttPipButton>(callee, tag)
    await press(button)
    await pressed(button, true)
    expect(insideWindow().querySelector('.name')!.textContent).to.equal(
      callee.snapshot.calls[0]!.remote.address.split('@')[0],
    )
    const [mute, hangup] = insideWindow().querySelectorAll('button')
    const muted = heard(callee, 'call:muted')
    mute!.click()
    await muted
    const over = heard(callee, 'call:disconnected')
    hangup!.click()
    await over
    await pressed(button, false)
  })

  onlyWhere(can)('closes the window when it is pressed again', async () => {
    const button = await within<AttPipButton>(forcedPhone({ calls: [callSnapshot()] }), tag)
    await press(button)
    await pressed(button, true)
    await press(button)
    await pressed(button, false)
  })

  onlyWhere(can)('closes the window when it has left the page', async () => {
    const button = await within<AttPipButton>(forcedPhone({ calls: [callSnapshot()] }), tag)
    await press(button)
    await pressed(button, true)
    const closed = new Promise((resolve) => smallWindow().addEventListener('pagehide', resolve))
    button.remove()
    await closed
  })

  onlyWhere(can)('shows the colours of the page, and a hostile name as text', async () => {
    const remote = {
      address: 'eve@example.com',
      uri: 'sip:eve@example.com',
      displayName: '<img src=x onerror=alert(1)>',
    }
    const button = await within<AttPipButton>(forcedPhone({ calls: [callSnapshot({ remote })] }), tag)
    button.style.setProperty('--att-surface', 'rgb(1, 2, 3)')
    await press(button)
    await pressed(button, true)
    const host = insideWindow().host
    expect(smallWindow().getComputedStyle(host).backgroundColor).to.equal('rgb(1, 2, 3)')
    expect(textOf(host)).to.contain('<img src=x onerror=alert(1)>')
    expect(insideWindow().querySelector('img')).to.equal(null)
    const closed = new Promise((resolve) => smallWindow().addEventListener('pagehide', resolve))
    smallWindow().close()
    await closed
  })

  onlyWhere(can)('says that there is no call', async () => {
    const button = await within<AttPipButton>(forcedPhone(), tag)
    expect(buttonOf(button).title).to.equal('There is no call')
  })

  it('is accessible', async () => {
    await expect(await within<AttPipButton>(forcedPhone({ calls: [callSnapshot()] }), tag)).to.be.accessible()
  })

  describe('without windows that hold controls', () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'documentPictureInPicture')
    const video = Object.getOwnPropertyDescriptor(Document.prototype, 'pictureInPictureEnabled')

    const offers = (able: boolean): void => {
      Object.defineProperty(document, 'pictureInPictureEnabled', { configurable: true, get: () => able })
    }

    beforeEach(() => {
      Reflect.deleteProperty(globalThis, 'documentPictureInPicture')
    })

    afterEach(() => {
      if (own) Object.defineProperty(globalThis, 'documentPictureInPicture', own)
      Reflect.deleteProperty(document, 'pictureInPictureEnabled')
    })

    it('is nothing where the browser has none for videos either', async () => {
      offers(false)
      const button = await within<AttPipButton>(forcedPhone({ calls: [callSnapshot()] }), tag)
      expect(button.shadowRoot!.querySelector('button')).to.equal(null)
      expect(button.matches(':state(missing)')).to.be.true
    })

    it('says that a call without picture cannot be shown', async () => {
      offers(true)
      const button = await within<AttPipButton>(forcedPhone({ calls: [callSnapshot()] }), tag)
      expect(buttonOf(button).title).to.equal('This is an audio call')
    })

    onlyWhere(video !== undefined)('shows the picture of a video call', async () => {
      const { callee } = await inCall('video')
      const button = await within<AttPipButton>(callee, tag)
      await press(button)
      await pressed(button, true)
      expect(document.pictureInPictureElement).not.to.equal(null)
      await press(button)
      await pressed(button, false)
    })

    it('opens nothing for a call without picture', async () => {
      offers(true)
      const phone = forcedPhone({ calls: [callSnapshot()] })
      const call = { phone, host: document.body, messages: () => null as never, locale: () => 'en', closed: () => {} }
      const error = await openSmallWindow(call).catch((reason: unknown) => reason)
      expect(error).to.be.an.instanceof(DOMException)
    })
  })
})

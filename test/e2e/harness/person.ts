import type { MediaStatistics } from '../../../src/index.ts'
import type { BrowserWindow } from './browser-window.ts'
import { findControl, hearsFrequencies, readPage, readStatistics, type Arrival, type Hearing } from './sight.ts'

/** Packets of one second of sound and somewhat more: the fake microphone of Chromium beeps once a second. */
const moment = 70

/** Less energy than this in a moment is silence: comfort noise, rounding. */
const quiet = 0.0001

/** How often a person listens for a moment before they give up waiting for silence. */
const listenings = 8

/** Somebody at a window with a phone: presses what they see, reads, listens, looks. */
export class Person {
  readonly window: BrowserWindow
  /** What others dial to reach them. */
  readonly address: string

  constructor(window: BrowserWindow, address: string) {
    this.window = window
    this.address = address
  }

  /** Somebody at a phone without a server, which shows its number. */
  static async withNumber(window: BrowserWindow): Promise<Person> {
    const text = await window.until('the phone has a number', readPage, 'Your number: \\d+')
    return new Person(window, /Your number: (\d+)/.exec(text)?.[1] ?? '')
  }

  /** Clicks the control of this name, as soon as it is there and can be used. */
  async press(name: string): Promise<void> {
    await this.window.page.bringToFront()
    const control = await this.window.find(`"${name}" can be pressed`, findControl, name)
    await control.click()
  }

  /** Moves the keyboard to the control of this name, as soon as it is there and can be used. */
  async focus(name: string): Promise<void> {
    await this.window.page.bringToFront()
    const control = await this.window.find(`"${name}" can be pressed`, findControl, name)
    await control.focus()
  }

  /** Types into the number field and presses the green button, or the one that is named. */
  async dial(number: string, button = 'Call'): Promise<void> {
    await this.press('Number or name')
    await this.window.page.keyboard.type(number)
    await this.press(button)
  }

  /** Resolves when this can be read on the page. */
  async sees(text: string | RegExp): Promise<void> {
    const pattern = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source
    try {
      await this.window.until(`to read ${String(text)}`, readPage, pattern)
    } catch (error) {
      throw new Error(`The page reads: ${await this.reads()}`, { cause: error })
    }
  }

  /** Resolves when the running time of a call can be read. */
  seesTheTime(): Promise<void> {
    return this.sees(/\d\d:\d\d/)
  }

  /** All that can be read on the page now. */
  async reads(): Promise<string> {
    return (await this.window.evaluate(readPage)) ?? ''
  }

  /** Whether a control of this name is there and can be used now. */
  async canPress(name: string): Promise<boolean> {
    const handle = await this.window.page.evaluateHandle(findControl, name)
    return handle.asElement() !== null
  }

  /** Resolves when this person is signed out, because the tag went from the page. */
  async leaves(): Promise<void> {
    await this.window.evaluate(async () => {
      const tag = document.querySelector('att-phone')
      const left = new Promise<void>((resolve) => tag?.phone?.on('session:disconnected', () => resolve()))
      tag?.remove()
      await left
    })
  }

  /** Resolves when sound arrives that had not come before. */
  async hearsSound(): Promise<void> {
    const { audio } = await this.statistics()
    await this.#receives('sound', { energy: audio.received.energy + 0.001 })
  }

  /** Resolves when what arrives has been silent for a moment: packets come, and no energy with them. */
  async hearsSilence(): Promise<void> {
    let before = (await this.statistics()).audio.received
    for (let listening = 0; listening < listenings; listening++) {
      const { audio } = await this.#receives('packets of sound', { packets: before.packets + moment })
      if (audio.received.energy - before.energy < quiet) return
      before = audio.received
    }
    throw new Error('It did not become silent')
  }

  /** Resolves when these digits have arrived as tones. */
  async hearsTones(digits: string): Promise<void> {
    await this.window.until(
      `the tones ${digits} arrive`,
      (wanted) => 'heardTones' in window && window.heardTones === wanted,
      digits,
    )
  }

  /** Resolves when these tones are heard at once, and none of those others. */
  async hears(hearing: Hearing): Promise<void> {
    const { heard, unheard } = hearing
    const what = `${this.address} hears ${heard.join(', ') || 'nothing'} and not ${unheard.join(', ')} Hz`
    await this.window.until(what, hearsFrequencies, hearing)
  }

  /** Resolves when pictures arrive that had not come before. */
  async seesPicture(): Promise<void> {
    const { video } = await this.statistics()
    await this.#receives('pictures', { frames: video.received.frames + 5 })
  }

  /** How many packets arrive while the running time of the call goes on by two seconds. */
  async packetsInTwoSeconds(): Promise<number> {
    const total = ({ audio, video }: MediaStatistics): number => audio.received.packets + video.received.packets
    const before = total(await this.statistics())
    const begin = secondsOf(await this.reads())
    await this.sees(new RegExp([2, 3, 4, 5].map((more) => clock(begin + more)).join('|')))
    return total(await this.statistics()) - before
  }

  /** What flowed in the call so far. */
  statistics(): Promise<MediaStatistics> {
    return this.window.until('the call has statistics', readStatistics)
  }

  #receives(what: string, wanted: Arrival): Promise<MediaStatistics> {
    return this.window.until(`${what} arrives`, readStatistics, wanted)
  }
}

function secondsOf(text: string): number {
  const [, minutes = '', seconds = ''] = /(\d+):(\d\d)/.exec(text) ?? []
  return Number(minutes) * 60 + Number(seconds)
}

const clock = (seconds: number): string =>
  [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')

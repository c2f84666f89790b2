import { Tones, type Tone } from '../media/tones.ts'
import type { PhoneSnapshot } from './snapshot.ts'

/** How long the busy tone sounds after a call that was refused, in ms. */
const busyTime = 2500

/** The sounds of the phone itself: what should ring or sound now follows from the snapshot alone. */
export class Sounds {
  /** What rings may sound by another device than what is held to the ear. */
  readonly #ringer: Tones
  readonly #tones: Tones
  readonly #blocked = new Set<'ringer' | 'tones'>()
  #busy: ReturnType<typeof setTimeout> | undefined
  #lastEnded = 0

  constructor(changed: (blocked: boolean) => void) {
    const tell = (by: 'ringer' | 'tones') => (blocked: boolean) => {
      if (blocked) this.#blocked.add(by)
      else this.#blocked.delete(by)
      changed(this.#blocked.size > 0)
    }
    this.#ringer = new Tones(tell('ringer'))
    this.#tones = new Tones(tell('tones'))
  }

  /**
   * Sounds by these output devices from now on, `''` being the default one.
   *
   * @throws {DOMException} when one is gone, or not the page's to use.
   */
  async route({ speaker, ringer }: { readonly speaker: string; readonly ringer: string }): Promise<void> {
    await Promise.all([this.#tones.route(speaker), this.#ringer.route(ringer)])
  }

  /** Follows the state of the phone. */
  follow({ calls, lastCall }: PhoneSnapshot): void {
    const incoming = calls.find(({ direction, progress }) => direction === 'incoming' && progress === 'ringing')
    const talking = calls.some(({ progress }) => progress === 'connected')
    const outgoing = calls.find(({ direction, progress }) => direction === 'outgoing' && progress === 'ringing')
    if (calls.length > 0) this.#endBusy()
    if (lastCall && lastCall.index !== this.#lastEnded) {
      this.#lastEnded = lastCall.index
      const refused = ['rejected', 'busy', 'unavailable'].includes(lastCall.endedReason ?? '')
      if (refused && lastCall.direction === 'outgoing' && calls.length === 0) {
        this.#busy = setTimeout(() => {
          this.#endBusy()
          this.#play(null)
        }, busyTime)
      }
    }
    // Who is talking must not be rung at: the page shows the second call.
    if (incoming && !talking) this.#play(incoming.ring === 'internal' ? 'internalRing' : 'ring')
    else if (outgoing && !outgoing.earlyMedia) this.#play('ringback')
    else this.#play(this.#busy === undefined ? null : 'busy')
  }

  key(digit: string): void {
    this.#tones.key(digit)
  }

  async unlock(): Promise<void> {
    await Promise.all([this.#tones.unlock(), this.#ringer.unlock()])
  }

  close(): void {
    this.#endBusy()
    this.#tones.close()
    this.#ringer.close()
  }

  #play(tone: Tone | null): void {
    this.#ringer.play(tone === 'ring' ? tone : null)
    this.#tones.play(tone === 'ring' ? null : tone)
  }

  #endBusy(): void {
    clearTimeout(this.#busy)
    this.#busy = undefined
  }
}

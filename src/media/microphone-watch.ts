/** How long a question may wait for the browser's first list of devices, in ms: audio services start slowly. */
const patience = 50

/**
 * Knows whether this machine has a microphone, ahead of a call: a call that nobody could speak in is not even offered.
 * It asks nobody, and follows what is plugged in and out until `signal` aborts.
 */
export class MicrophoneWatch {
  #missing = false
  #looking: Promise<void>

  constructor(signal: AbortSignal) {
    this.#looking = this.#look()
    const look = () => void (this.#looking = this.#look())
    globalThis.navigator?.mediaDevices?.addEventListener?.('devicechange', look, { signal })
  }

  /** Whether there surely is none. */
  async missing(): Promise<boolean> {
    // Firefox lists no devices for a tab in the background before it is in front again.
    await Promise.race([this.#looking, new Promise((resolve) => setTimeout(resolve, patience))])
    return this.#missing
  }

  async #look(): Promise<void> {
    try {
      const devices = await navigator.mediaDevices.enumerateDevices()
      this.#missing = !devices.some(({ kind }) => kind === 'audioinput')
    } catch {
      // A browser that lists nothing is asked for the microphone itself.
      this.#missing = false
    }
  }
}

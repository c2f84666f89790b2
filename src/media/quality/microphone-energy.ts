import { MicrophoneLevel } from '../microphone-level.ts'

/** What a reading adds that is not silence: anything above what counts as such. */
const heard = 1

/** Whether a microphone gives sound, for browsers whose statistics leave that out: it is listened to by WebAudio. */
export class MicrophoneEnergy {
  #track: MediaStreamTrack | null = null
  #level: MicrophoneLevel | null = null
  #energy = 0

  /** A sum that grows with each reading unless the track has been silent since the one before. */
  read(track: MediaStreamTrack | null): number {
    if (track !== this.#track) {
      this.close()
      this.#track = track
      this.#level = track && new MicrophoneLevel(new MediaStream([track]))
    }
    if (!this.#level?.read().silent) this.#energy += heard
    return this.#energy
  }

  close(): void {
    this.#level?.close()
    this.#level = this.#track = null
  }
}

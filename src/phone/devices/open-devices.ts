import type { LocalMedia, OpenDevices as Open } from '../../media/local-media.ts'
import type { TrackKind } from '../../media/media-type.ts'
import type { Line } from '../line.ts'

/** Everything that has a microphone or camera of this machine open: the calls, what waits for one, what is tried. */
export class OpenDevices {
  /** What is tried beside the calls. */
  readonly trials = new Set<LocalMedia>()
  readonly #line: Line
  readonly #doubtful: () => void
  readonly #watched = new WeakSet<MediaStreamTrack>()

  /** `doubtful` hears when a device that was open has gone, or one was opened that may not be the chosen one. */
  constructor(line: Line, doubtful: () => void) {
    this.#line = line
    this.#doubtful = doubtful
  }

  /** Looks after what was opened since the last time, by others or, as it should be, `here`. */
  watch(here = false): void {
    for (const kind of ['audio', 'video'] as const) {
      for (const local of this.of(kind)) {
        const track = local.track(kind)
        if (!track || this.#watched.has(track)) continue
        this.#watched.add(track)
        if (!here || track.readyState === 'ended') this.#doubtful()
        track.addEventListener('ended', () => this.#doubtful(), { once: true, signal: this.#line.disposed })
      }
    }
  }

  /** Those that have a device of this kind open. What a screen is shared by is no camera. */
  of(kind: TrackKind): readonly LocalMedia[] {
    const calls = this.#line.calls.all
      .filter(({ ended, snapshot }) => !ended && !(kind === 'video' && snapshot.screen))
      .map(({ local }) => local)
    const { prepared } = this.#line
    return [...calls, ...(prepared ? [prepared] : []), ...this.trials].filter((local) => local.track(kind))
  }

  /** Whether one of them uses a device that has gone, or another one than it should; `null` is any. */
  outOfPlace(kind: TrackKind, wanted: string | null, ids: ReadonlySet<string>): boolean {
    return this.of(kind).some((local) => {
      const track = local.track(kind)
      const { deviceId } = track?.getSettings() ?? {}
      if (track?.readyState === 'ended') return true
      // What no device made, such as a sound of the page's own, has no id.
      if (!deviceId) return false
      return wanted === null ? !ids.has(deviceId) : deviceId !== wanted
    })
  }

  /**
   * Opens a device once and gives it to all that have one open, who go on with it in place of theirs.
   *
   * @throws {CaptureError} when it cannot be opened: everything stays as it was.
   */
  async replace(kind: TrackKind, open: Open): Promise<void> {
    if (this.of(kind).length === 0) return
    const { devices, disposed } = this.#line
    const [track] = await devices.ask([kind], () => open([kind], disposed))
    if (!track) return
    // Who wants it may have gone meanwhile.
    const locals = this.of(kind)
    if (locals.length === 0) track.stop()
    await Promise.all(locals.map((local, index) => local.set(index === 0 ? track : track.clone())))
    this.watch(true)
  }
}

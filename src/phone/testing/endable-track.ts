const buses = new WeakMap<MediaStreamTrack, EventTarget>()

/**
 * Lets a test end a track as a device does that is pulled out, or a person who stops a screen: no browser lets a page do
 * that, and Firefox delivers no event of a page to a track.
 */
export function endable(track: MediaStreamTrack): MediaStreamTrack {
  const bus = new EventTarget()
  const native = EventTarget.prototype.addEventListener.bind(track)
  buses.set(track, bus)
  track.addEventListener = (...listening: Parameters<EventTarget['addEventListener']>): void => {
    if (listening[0] === 'ended') bus.addEventListener(...listening)
    else native(...listening)
  }
  return track
}

/** Ends a track that was made endable, and tells it. */
export function endTrack(track: MediaStreamTrack): void {
  track.stop()
  buses.get(track)?.dispatchEvent(new Event('ended'))
}

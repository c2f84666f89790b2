/** What the far side sends: one stream for the life of a leg, through all its dialogs and connections. */
export class RemoteMedia {
  readonly stream = new MediaStream()
  readonly #changed: (track: MediaStreamTrack) => void

  /** `changed` is told each track that came or went. */
  constructor(changed: (track: MediaStreamTrack) => void) {
    this.#changed = changed
  }

  add(track: MediaStreamTrack): void {
    if (this.stream.getTracks().includes(track)) return
    this.stream.addTrack(track)
    this.#changed(track)
  }

  /** A picture that is not sent any more leaves the stream, or its last frame would stay on the screen. */
  show(picture: MediaStreamTrack | null): void {
    for (const track of this.stream.getVideoTracks()) {
      if (track === picture) continue
      this.stream.removeTrack(track)
      this.#changed(track)
    }
    if (picture) this.add(picture)
  }

  /**
   * Has the sound of another connection alone. The new comes before the old goes: a stream that has no track for a
   * moment ends what plays it.
   */
  renew(connection: RTCPeerConnection): void {
    const sounds = connection.getReceivers().flatMap(({ track }) => (track.kind === 'audio' ? [track] : []))
    for (const track of sounds) this.add(track)
    for (const track of this.stream.getAudioTracks()) {
      if (sounds.includes(track)) continue
      this.stream.removeTrack(track)
      this.#changed(track)
    }
  }

  clear(): void {
    for (const track of this.stream.getTracks()) this.stream.removeTrack(track)
  }
}

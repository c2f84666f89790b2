/** Two peer connections of one page; tracks go from the first to the second. */
export class Loop {
  readonly near = new RTCPeerConnection()
  readonly far = new RTCPeerConnection()

  constructor() {
    const pairs = [
      [this.near, this.far],
      [this.far, this.near],
    ] as const
    for (const [from, to] of pairs) {
      from.addEventListener('icecandidate', ({ candidate }) => void to.addIceCandidate(candidate ?? undefined))
    }
  }

  /** Sends a track; resolves with what arrives of it. */
  async send(track: MediaStreamTrack): Promise<MediaStreamTrack> {
    const arrived = new Promise<MediaStreamTrack>((resolve) => {
      this.far.addEventListener('track', (event) => resolve(event.track), { once: true })
    })
    this.near.addTrack(track)
    await this.near.setLocalDescription()
    if (this.near.localDescription) await this.far.setRemoteDescription(this.near.localDescription)
    await this.far.setLocalDescription()
    if (this.far.localDescription) await this.near.setRemoteDescription(this.far.localDescription)
    return arrived
  }
}

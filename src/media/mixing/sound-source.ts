/**
 * One track as a node of an audio context.
 *
 * Chromium delivers the sound of a remote track to WebAudio only while a media element plays it, too
 * (https://crbug.com/121673): it is the element that pulls the sound out of the connection. So there is one, muted.
 */
export class SoundSource {
  readonly track: MediaStreamTrack
  readonly #node: MediaStreamAudioSourceNode
  readonly #player = new Audio()

  constructor(context: AudioContext, track: MediaStreamTrack, to: readonly AudioNode[]) {
    this.track = track
    const stream = new MediaStream([track])
    this.#player.muted = true
    this.#player.srcObject = stream
    // What is muted may play without a gesture; a refusal is an element that was let go of meanwhile.
    this.#player.play().catch(() => {})
    this.#node = new MediaStreamAudioSourceNode(context, { mediaStream: stream })
    for (const node of to) this.#node.connect(node)
  }

  close(): void {
    this.#node.disconnect()
    this.#player.pause()
    this.#player.srcObject = null
  }
}

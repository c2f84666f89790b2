/** The media of a far phone whose signaling the test does itself: plain connections of the platform. */
class FarMedia {
  readonly #connections = new Map<string, RTCPeerConnection>()
  #context: AudioContext | null = null

  /** Makes, or makes again, an offer of the connection of this name. */
  async offer(name = 'call'): Promise<string> {
    const connection = this.#connection(name)
    if (connection.getTransceivers().length === 0) connection.addTransceiver(this.#tone())
    await connection.setLocalDescription()
    return gathered(connection)
  }

  async accept(sdp: string, name = 'call'): Promise<void> {
    await this.#connection(name).setRemoteDescription({ type: 'answer', sdp })
  }

  async answer(sdp: string, name = 'call'): Promise<string> {
    const connection = this.#connection(name)
    const isNew = connection.getTransceivers().length === 0
    await connection.setRemoteDescription({ type: 'offer', sdp })
    if (isNew) connection.addTrack(this.#tone())
    await connection.setLocalDescription()
    return gathered(connection)
  }

  #connection(name: string): RTCPeerConnection {
    const known = this.#connections.get(name)
    if (known) return known
    const connection = new RTCPeerConnection()
    this.#connections.set(name, connection)
    return connection
  }

  #tone(): MediaStreamTrack {
    this.#context ??= new AudioContext()
    const oscillator = new OscillatorNode(this.#context, { frequency: 500 })
    const destination = new MediaStreamAudioDestinationNode(this.#context)
    oscillator.connect(destination)
    oscillator.start()
    const [track] = destination.stream.getAudioTracks()
    if (!track) throw new Error('No tone')
    return track
  }
}

function gathered(connection: RTCPeerConnection): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      if (connection.iceGatheringState !== 'complete') return
      connection.removeEventListener('icegatheringstatechange', look)
      resolve(connection.localDescription?.sdp ?? '')
    }
    connection.addEventListener('icegatheringstatechange', look)
    look()
  })
}

export type { FarMedia }

declare global {
  var farMedia: FarMedia
}

globalThis.farMedia = new FarMedia()

/** The media of a far side that a test signals for: plain peer connections, by name. */
class FarMedia {
  readonly connections = new Map<string, RTCPeerConnection>()
  #context: AudioContext | null = null
  #microphone: MediaStream | null = null

  /** An offer: of a new connection, or of one that is there, with another direction, or restarted. */
  async offer(
    name = 'call',
    {
      video = false,
      direction,
      restart = false,
      frequency,
    }: { video?: boolean; direction?: RTCRtpTransceiverDirection; restart?: boolean; frequency?: number } = {},
  ): Promise<string> {
    const known = this.connections.get(name)
    const connection = known ?? (await this.#make(name))
    if (!known) this.#send(connection, 'audio', frequency)
    const kinds = connection
      .getTransceivers()
      .filter((transceiver) => transceiver.currentDirection !== 'stopped' && transceiver.direction !== 'stopped')
      .map(({ receiver }) => receiver.track.kind)
    if (video && !kinds.includes('video')) this.#send(connection, 'video')
    if (direction)
      for (const transceiver of connection.getTransceivers())
        if (transceiver.direction !== 'stopped') transceiver.direction = direction
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: restart }))
    return this.#gathered(connection)
  }

  async accept(sdp: string, name = 'call'): Promise<void> {
    await this.#connection(name).setRemoteDescription({ type: 'answer', sdp })
  }

  async answer(
    sdp: string,
    name = 'call',
    { direction, frequency }: { direction?: RTCRtpTransceiverDirection; frequency?: number } = {},
  ): Promise<string> {
    const known = this.connections.get(name)
    const connection = known ?? (await this.#make(name))
    await connection.setRemoteDescription({ type: 'offer', sdp })
    if (!known) {
      for (const transceiver of connection.getTransceivers()) {
        if (transceiver.receiver.track.kind !== 'audio') continue
        await transceiver.sender.replaceTrack(this.#tone(frequency))
        transceiver.direction = 'sendrecv'
      }
    }
    if (direction)
      for (const transceiver of connection.getTransceivers())
        if (transceiver.direction !== 'stopped') transceiver.direction = direction
    await connection.setLocalDescription()
    return this.#gathered(connection)
  }

  /** Closes the section of the picture. */
  stopPicture(name = 'call'): void {
    for (const transceiver of this.#connection(name).getTransceivers())
      if (transceiver.receiver.track.kind === 'video') transceiver.stop()
  }

  async rollback(name = 'call'): Promise<void> {
    await this.#connection(name).setLocalDescription({ type: 'rollback' })
  }

  state(name = 'call'): string {
    return this.connections.get(name)?.connectionState ?? 'none'
  }

  /** Energy of the sound that has arrived so far. */
  async heard(name = 'call'): Promise<number> {
    let energy = 0
    const report = await this.#connection(name).getStats()
    report.forEach((entry: { type: string; kind?: string; totalAudioEnergy?: number }) => {
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') energy += entry.totalAudioEnergy ?? 0
    })
    return energy
  }

  /** How many pictures have come, and how many of them need none before them. */
  async pictures(name = 'call'): Promise<{ readonly all: number; readonly whole: number }> {
    let [all, whole] = [0, 0]
    const report = await this.#connection(name).getStats()
    report.forEach((entry: { type: string; kind?: string; framesDecoded?: number; keyFramesDecoded?: number }) => {
      if (entry.type !== 'inbound-rtp' || entry.kind !== 'video') return
      all += entry.framesDecoded ?? 0
      whole += entry.keyFramesDecoded ?? 0
    })
    return { all, whole }
  }

  close(name = 'call'): void {
    this.connections.get(name)?.close()
    this.connections.delete(name)
  }

  #connection(name: string): RTCPeerConnection {
    const connection = this.connections.get(name)
    if (!connection) throw new Error(`There is no connection ${name}`)
    return connection
  }

  async #make(name: string): Promise<RTCPeerConnection> {
    // A page with a microphone may say its addresses (RFC 8828).
    this.#microphone ??= await navigator.mediaDevices.getUserMedia({ audio: true })
    const connection = new RTCPeerConnection()
    // What nobody plays is not decoded, and has no energy.
    connection.addEventListener('track', ({ track }) => {
      const output = new Audio()
      output.srcObject = new MediaStream([track])
      void output.play().catch(() => {})
    })
    this.connections.set(name, connection)
    return connection
  }

  #send(connection: RTCPeerConnection, kind: 'audio' | 'video', frequency?: number): void {
    const track = kind === 'audio' ? this.#tone(frequency) : this.#picture()
    connection.addTransceiver(track, { direction: 'sendrecv', streams: [new MediaStream()] })
  }

  #tone(frequency = 500): MediaStreamTrack {
    this.#context ??= new AudioContext()
    const oscillator = new OscillatorNode(this.#context, { frequency })
    const destination = new MediaStreamAudioDestinationNode(this.#context)
    oscillator.connect(destination)
    oscillator.start()
    const [track] = destination.stream.getAudioTracks()
    if (!track) throw new Error('A destination has a track')
    return track
  }

  #picture(): MediaStreamTrack {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    setInterval(() => context?.fillRect(0, 0, (Date.now() / 20) % canvas.width, 20), 50)
    const [track] = canvas.captureStream(20).getVideoTracks()
    if (!track) throw new Error('A canvas has a track')
    return track
  }

  async #gathered(connection: RTCPeerConnection): Promise<string> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (connection.iceGatheringState === 'complete' && (connection.localDescription?.sdp ?? '').includes(' typ '))
          resolve()
      }
      connection.addEventListener('icegatheringstatechange', look)
      connection.addEventListener('icecandidate', look)
      look()
    })
    return connection.localDescription?.sdp ?? ''
  }
}

export type { FarMedia }

declare global {
  var farMedia: FarMedia
}

globalThis.farMedia = new FarMedia()

import { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession.js'

/** A browser phone as JsSIP's own documentation builds it: nothing of this project in it. */
class PlainPhone {
  session: RTCSession | null = null
  readonly heard: string[] = []
  readonly #output = new Audio()
  #ua: UA | null = null

  signIn(name: string, url: string): Promise<void> {
    const ua = new UA({ sockets: [new WebSocketInterface(url)], uri: `sip:${name}@127.0.0.1`, password: 'secret' })
    this.#ua = ua
    ua.on('newRTCSession', ({ session }: { session: RTCSession }) => {
      this.session = session
      session.on('confirmed', () => this.#play(session.connection))
      for (const name of ['progress', 'confirmed', 'hold', 'unhold', 'ended', 'failed'] as const) {
        session.on(name, () => this.heard.push(name))
      }
    })
    return new Promise((resolve, reject) => {
      ua.on('registered', () => resolve())
      ua.on('registrationFailed', ({ cause }) => reject(new Error(cause)))
      ua.start()
    })
  }

  dial(to: string, video: boolean): void {
    this.#ua?.call(`sip:${to}`, { mediaConstraints: { audio: true, video } })
  }

  answer(video: boolean): void {
    this.session?.answer({ mediaConstraints: { audio: true, video } })
  }

  change(method: 'hold' | 'unhold'): Promise<void> {
    return new Promise((resolve) => this.session?.[method]({}, resolve))
  }

  async addVideo(): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true })
    for (const track of stream.getTracks()) this.session?.connection.addTrack(track, stream)
    await new Promise<void>((resolve) => this.session?.renegotiate({}, resolve))
  }

  async removeVideo(): Promise<void> {
    for (const transceiver of this.session?.connection.getTransceivers() ?? []) {
      if (transceiver.receiver.track.kind === 'video') transceiver.direction = 'inactive'
    }
    await new Promise<void>((resolve) => this.session?.renegotiate({}, resolve))
  }

  /** Sound that nobody plays has no energy in the statistics. */
  #play(connection: RTCPeerConnection): void {
    this.#output.srcObject = new MediaStream(connection.getReceivers().map(({ track }) => track))
    void this.#output.play()
  }

  /** Energy of the sound and number of pictures that arrived so far. */
  async received(): Promise<{ energy: number; frames: number }> {
    const sum = { energy: 0, frames: 0 }
    for (const report of ((await this.session?.connection.getStats()) ?? new Map<string, RTCStats>()).values()) {
      const { type, totalAudioEnergy = 0, framesDecoded = 0 } = report as RTCInboundRtpStreamStats
      if (type !== 'inbound-rtp') continue
      sum.energy += totalAudioEnergy
      sum.frames += framesDecoded
    }
    return sum
  }
}

export type { PlainPhone }

declare global {
  var plain: PlainPhone
}

globalThis.plain = new PlainPhone()

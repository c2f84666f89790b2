import { abortable } from '../../base/abortable.ts'
import type { ConnectionSettings } from '../../media/connection-settings.ts'
import { isAllowedCandidate, withoutForbiddenCandidates } from '../../media/sdp.ts'
import { CandidateSender } from '../exchange/candidate-sender.ts'
import type { LegEvents } from '../signaling.ts'

/** How a connection is, as a leg tells it. */
export type Link = LegEvents['link']

/** Of two paths of one leg the worse one counts. */
export function worse(one: Link, other: Link): Link {
  return severity.find((link) => link === one || link === other) ?? one
}

/** From bad to good. */
const severity: readonly Link[] = ['lost', 'recovering', 'ok']

const links: Partial<Readonly<Record<RTCPeerConnectionState, Link>>> = {
  connected: 'ok',
  disconnected: 'recovering',
  failed: 'lost',
}

export interface PictureConnectionOptions {
  readonly settings: ConnectionSettings
  /** Sends candidates (RFC 8840) to the other side. */
  readonly transmit: (sdpfrag: string) => Promise<unknown>
  readonly linked: (link: Link) => void
}

/** One connection with the media server that carries pictures in one direction. Its descriptions never wait. */
export class PictureConnection {
  readonly connection: RTCPeerConnection
  readonly #settings: ConnectionSettings
  readonly #candidates: CandidateSender
  readonly #closed = new AbortController()

  constructor({ settings, transmit, linked }: PictureConnectionOptions) {
    this.#settings = settings
    this.#candidates = new CandidateSender(transmit)
    this.connection = new RTCPeerConnection({
      iceServers: [...settings.iceServers],
      iceTransportPolicy: settings.iceTransport === 'relay' ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    })
    const { signal } = this
    this.connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        if (candidate?.candidate && isAllowedCandidate(candidate.candidate, settings)) this.#candidates.send(candidate)
      },
      { signal },
    )
    this.connection.addEventListener(
      'connectionstatechange',
      () => {
        const link = links[this.connection.connectionState]
        if (link) linked(link)
      },
      { signal },
    )
  }

  /** Aborts when it is closed. */
  get signal(): AbortSignal {
    return this.#closed.signal
  }

  /** Our offer, or the answer to theirs. */
  async describe(): Promise<string> {
    await this.#unlessClosed(this.connection.setLocalDescription())
    return withoutForbiddenCandidates(this.connection.localDescription?.sdp ?? '', this.#settings)
  }

  /** What `describe` gave has arrived: candidates may follow. */
  described(): void {
    this.#candidates.open()
  }

  /** Takes the other side's description. */
  async accept(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await this.#unlessClosed(this.connection.setRemoteDescription({ type, sdp }))
  }

  close(): void {
    this.#closed.abort(new DOMException('The connection is closed', 'InvalidStateError'))
    this.#candidates.close()
    this.connection.close()
  }

  /** A step under way when a connection is closed would never settle (W3C webrtc, 4.4.1.2). */
  #unlessClosed<T>(step: Promise<T>): Promise<T> {
    return abortable(step, this.signal)
  }
}

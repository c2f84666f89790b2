import { details, type ExchangeEvent } from '../../exchange/protocol.ts'
import { PeerSession } from '../../media/peer-session.ts'
import { readFragment } from '../../media/sdp-fragment.ts'
import { SignalingError } from '../signaling.ts'
import type { LegCore } from './leg-core.ts'

/**
 * The far side of a call becomes somebody else, or sits at another device: a new connection is built beside the present
 * one, which goes on until the new one is agreed on, and stays if that comes to nothing.
 */
export class Succession {
  readonly #leg: LegCore
  readonly #candidate: (candidate: RTCIceCandidate) => void
  readonly #succeeded: (peer: PeerSession, uri: string, name?: string) => void
  #peer: PeerSession | null = null
  #uri = ''
  #name: string | undefined

  /** `candidate` sends one of the new connection; `succeeded` takes it when it is agreed on. */
  constructor(
    leg: LegCore,
    candidate: (candidate: RTCIceCandidate) => void,
    succeeded: (peer: PeerSession, uri: string, name?: string) => void,
  ) {
    this.#leg = leg
    this.#candidate = candidate
    this.#succeeded = succeeded
  }

  /** Takes a `session-modified` event. */
  async take({ sdp, reason, from = '', fromName, detail }: ExchangeEvent): Promise<void> {
    if (reason !== undefined) {
      this.close()
      return
    }
    if (sdp && this.#peer) {
      await this.#peer.acceptAnswer(sdp)
      this.#succeed()
      return
    }
    this.close()
    this.#uri = from
    this.#name = fromName
    // What mixed the conference, or the page of the far side, is gone: nothing comes by the present connection any more.
    if (detail === details.mediaServerLost || detail === details.renewed) this.#leg.emit('link', 'recovering')
    const peer = (this.#peer = this.#open())
    if (sdp) await peer.acceptOffer(sdp)
    const description = sdp ? await peer.answer() : await peer.offer()
    await this.#leg.port.request({ op: 'rejoin', call: this.#leg.id, sdp: description })
    if (sdp) this.#succeed()
  }

  /** Takes candidates of the other side: for the new connection while there is one, else for the present one. */
  async takeCandidates(fragment: string): Promise<void> {
    await (this.#peer ?? this.#leg.peer()).addCandidates(readFragment(fragment))
  }

  close(): void {
    this.#peer?.close()
    this.#peer = null
  }

  #open(): PeerSession {
    const { media, mediaType } = this.#leg
    if (!media) throw new SignalingError('refused', 'The call has no media yet')
    const peer = new PeerSession(media.local, media.settings, new MediaStream())
    const video = mediaType === 'video'
    peer.setVideo({ send: video, receive: video })
    peer.setHeld(this.#leg.peer().held)
    peer.events.on('candidate', this.#candidate)
    return peer
  }

  #succeed(): void {
    const peer = this.#peer
    this.#peer = null
    if (peer) this.#succeeded(peer, this.#uri, this.#name)
  }
}

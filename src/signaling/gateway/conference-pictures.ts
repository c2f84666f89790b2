import { Emitter } from '../../base/emitter.ts'
import { TaskQueue } from '../../base/task-queue.ts'
import { details, type ExchangeEvent, type PictureReport } from '../../exchange/protocol.ts'
import { partyOf } from '../exchange/party.ts'
import { SignalingError, type ConferencePicture, type LegMedia } from '../signaling.ts'
import type { ConferenceSession } from './conference-session.ts'
import { PictureConnection, worse, type Link } from './picture-connection.ts'

/** What pictures need of the session whose leg they belong to. */
export type PictureSession = Pick<ConferenceSession, 'rest' | 'path' | 'told'>

export interface ConferencePicturesEvents {
  /** Whose pictures come now. */
  changed: readonly ConferencePicture[]
  link: Link
  /** The server takes no picture: there are none in this conference. */
  refused: undefined
}

/**
 * The pictures of one leg of a conference that a media server mixes, beside its sound: one connection sends the own one,
 * another brings those of all the others. It owns both until `close`.
 */
export class ConferencePictures {
  readonly events = new Emitter<ConferencePicturesEvents>()
  readonly #session: PictureSession
  readonly #resource: string
  readonly #media: LegMedia
  readonly #life = new AbortController()
  /** Descriptions, one after the other. */
  readonly #queue = new TaskQueue()
  #sending: PictureConnection | null = null
  #receiving: PictureConnection | null = null
  /** What the gateway calls the present connections: what it says of former ones is of no interest. */
  #modId: string | undefined
  #links = { sending: 'ok', receiving: 'ok' } as Readonly<Record<'sending' | 'receiving', Link>>
  #streams: ReadonlyMap<string, MediaStream> = new Map()

  /** `call` is the id of the leg; what it sends is the picture of `media`. */
  constructor(session: PictureSession, call: string, media: LegMedia) {
    this.#session = session
    this.#resource = `${session.path}/conferences/${encodeURIComponent(call)}`
    this.#media = media
    const take = (event: ExchangeEvent) => {
      if (event.call === call) this.#take(event)
    }
    session.told.on('event', take, { signal: this.#life.signal })
  }

  get connections(): readonly RTCPeerConnection[] {
    return [this.#sending, this.#receiving].flatMap((each) => each?.connection ?? [])
  }

  get link(): Link {
    return worse(this.#links.sending, this.#links.receiving)
  }

  /** Sends the picture, in place of any connection there was. What goes wrong is told by `link` or `refused`. */
  open(): void {
    this.#run(async () => {
      this.#drop()
      const { local } = this.#media
      const sending = (this.#sending = this.#connect('sending'))
      const { sender } = sending.connection.addTransceiver('video', {
        direction: 'sendonly',
        streams: [local.stream],
      })
      await local.bind(sender, 'video', sending.signal)
      this.#modId = await this.#tell('send-picture', sending)
    })
  }

  close(): void {
    this.#life.abort(new DOMException('The conference is over', 'AbortError'))
    this.#drop()
    for (const stream of this.#streams.values()) put(stream, undefined)
    this.events.clear()
  }

  #take(event: ExchangeEvent): void {
    if (event.state === 'picture-answer') this.#run(() => this.#answered(event))
    else if (event.state === 'pictures-changed') this.#run(() => this.#changed(event))
    else if (event.state === 'session-modified' && event.detail === details.mediaServerLost) {
      this.#linked('sending', 'recovering')
      this.open()
    }
  }

  async #answered({ modId, sdp }: ExchangeEvent): Promise<void> {
    if (modId !== this.#modId) return
    if (sdp === undefined) this.#refused()
    else await this.#sending?.accept('answer', sdp)
  }

  async #changed({ modId, sdp, pictures = [] }: ExchangeEvent): Promise<void> {
    if (modId !== this.#modId) return
    if (sdp !== undefined) {
      const receiving = (this.#receiving ??= this.#connect('receiving'))
      await receiving.accept('offer', sdp)
      await this.#tell('receive-pictures', receiving)
    }
    this.#show(pictures)
  }

  #show(pictures: readonly PictureReport[]): void {
    const transceivers = this.#receiving?.connection.getTransceivers() ?? []
    const shown = pictures.map(({ mid, from, speaking }): ConferencePicture => {
      const stream = this.#streams.get(from) ?? new MediaStream()
      put(stream, transceivers.find((transceiver) => transceiver.mid === mid)?.receiver.track)
      return { party: partyOf(from), stream, speaking }
    })
    this.#streams = new Map(shown.map(({ party, stream }) => [party.uri, stream]))
    this.events.emit('changed', shown)
  }

  /** Sends the description of a connection; gives what the gateway calls it. */
  async #tell(action: 'send-picture' | 'receive-pictures', to: PictureConnection): Promise<string> {
    const { headers } = await this.#session.rest.send({
      method: 'PUT',
      path: this.#resource,
      headers: { 'x-conference-action': action },
      body: { conferenceModifications: { sdp: await to.describe() } },
      signal: this.#life.signal,
    })
    to.described()
    return headers.get('x-modId') ?? ''
  }

  #connect(which: 'sending' | 'receiving'): PictureConnection {
    return new PictureConnection({
      settings: this.#media.settings,
      transmit: (body) => {
        const type = 'application/trickle-ice-sdpfrag'
        return this.#session.rest.send({ method: 'PATCH', path: this.#resource, type, body, signal: this.#life.signal })
      },
      linked: (link) => this.#linked(which, link),
    })
  }

  #linked(which: 'sending' | 'receiving', link: Link): void {
    const before = this.link
    this.#links = { ...this.#links, [which]: link }
    if (this.link !== before) this.events.emit('link', this.link)
  }

  #drop(): void {
    this.#sending?.close()
    this.#receiving?.close()
    this.#sending = null
    this.#receiving = null
    this.#modId = undefined
    this.#links = { ...this.#links, receiving: 'ok' }
  }

  #refused(): void {
    this.#drop()
    this.#show([])
    this.events.emit('refused', undefined)
  }

  /** A step that nobody waits for: a network that is away is a link that is lost, a gateway that refuses has its say. */
  #run(step: () => Promise<void>): void {
    this.#queue
      .run(async () => {
        if (!this.#life.signal.aborted) await step()
      })
      .catch((error: unknown) => {
        if (this.#life.signal.aborted) return
        if (error instanceof SignalingError && error.kind === 'refused') this.#refused()
        else this.#linked('sending', 'lost')
      })
  }
}

/** Makes `track` all that is in the stream. */
function put(stream: MediaStream, track: MediaStreamTrack | undefined): void {
  for (const former of stream.getTracks()) if (former !== track) stream.removeTrack(former)
  if (track) stream.addTrack(track)
}

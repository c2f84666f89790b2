/** Moments of one call, in ms since it was asked for; `null` while they have not come. */
export interface Moments {
  readonly offer: number | null
  readonly confirmed: number | null
  readonly audio: number | null
  readonly video: number | null
}

/** One way to make a call, the same to drive as every other. The called side answers at once. */
export interface Contender {
  /** Resolves when calls can come and go. */
  register(name: string, url: string): Promise<void>
  call(to: string, video: boolean): void
  /** Ends the call that is up. */
  hangUp(): Promise<void> | void
}

interface Stage extends Contender {
  /** Makes a call and resolves to its moments once everything it was made for has arrived. */
  measure(to: string, video: boolean): Promise<Moments>
}

/** What our engine asks a camera for: the others get the same picture. */
export const camera: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
  facingMode: 'user',
}

declare global {
  var stage: Stage
  /** Servers every connection of this page gets. */
  var iceServers: RTCIceServer[]
}

globalThis.iceServers = []

let began = 0
let offer: number | null = null
let confirmed: number | null = null
let connection: RTCPeerConnection | null = null

/** What a library says on its WebSocket is the same for all: an INVITE is the offer, an ACK the end of the handshake. */
globalThis.WebSocket = class extends WebSocket {
  override send(data: string | Blob | BufferSource): void {
    const now = performance.now() - began
    if (typeof data === 'string' && data.startsWith('INVITE ')) offer ??= now
    if (typeof data === 'string' && data.startsWith('ACK ')) confirmed ??= now
    super.send(data)
  }
}

const watch = (made: RTCPeerConnection): void => {
  connection = made
}

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    watch(this)
  }
}

/** Whether the first packet of sound, or the first decoded picture, has arrived. */
async function arrived(kind: 'audio' | 'video'): Promise<boolean> {
  const reports = [
    ...((await connection?.getStats()) ?? new Map<string, RTCStats>()).values(),
  ] as RTCInboundRtpStreamStats[]
  return reports.some(
    ({ type, kind: of, packetsReceived = 0, framesDecoded = 0 }) =>
      type === 'inbound-rtp' && of === kind && (kind === 'audio' ? packetsReceived : framesDecoded) > 0,
  )
}

export function takeStage(contender: Contender): void {
  globalThis.stage = Object.assign(contender, {
    async measure(to: string, video: boolean): Promise<Moments> {
      offer = confirmed = connection = null
      began = performance.now()
      contender.call(to, video)
      const moments: { audio: number | null; video: number | null } = { audio: null, video: null }
      while (moments.audio === null || (video && moments.video === null)) {
        await new Promise((resolve) => setTimeout(resolve, 2))
        if (moments.audio === null && (await arrived('audio'))) moments.audio = performance.now() - began
        if (video && moments.video === null && (await arrived('video'))) moments.video = performance.now() - began
      }
      return { offer, confirmed, ...moments }
    },
  })
}

/** What flowed by one kind of media, in one direction. */
export interface FlowStatistics {
  readonly packets: number
  readonly bytes: number
  /** Inbound only: packets that never came. */
  readonly lost: number
  /** Inbound only: variation of the packets' delay, in ms (RFC 3550, 6.4.1). */
  readonly jitter: number
  /** Sound only: energy since the beginning, as the browser sums it; silence adds nothing. */
  readonly energy: number
  /** Pictures only: frames since the beginning. */
  readonly frames: number
}

export interface MediaStatistics {
  readonly audio: { readonly sent: FlowStatistics; readonly received: FlowStatistics }
  readonly video: { readonly sent: FlowStatistics; readonly received: FlowStatistics }
  /** Round trip of the media path, in ms; `null` before it was measured. */
  readonly roundTrip: number | null
}

const nothing: FlowStatistics = Object.freeze({ packets: 0, bytes: 0, lost: 0, jitter: 0, energy: 0, frames: 0 })

interface Report extends RTCStats {
  readonly kind?: 'audio' | 'video'
  readonly packetsSent?: number
  readonly packetsReceived?: number
  readonly bytesSent?: number
  readonly bytesReceived?: number
  readonly packetsLost?: number
  /** s */
  readonly jitter?: number
  readonly totalAudioEnergy?: number
  readonly framesSent?: number
  readonly framesDecoded?: number
  readonly nominated?: boolean
  readonly state?: string
  /** s */
  readonly currentRoundTripTime?: number
  readonly mediaSourceId?: string
}

/**
 * Reads the statistics of connections (W3C webrtc-stats) and sums them by kind and direction; the round trip is that of
 * the first.
 */
export async function mediaStatistics(...connections: readonly RTCPeerConnection[]): Promise<MediaStatistics> {
  const all = await Promise.all(connections.map((connection) => connection.getStats()))
  const reports = all.flatMap((stats) => [...stats.values()] as Report[])
  const energyOf = (id: string | undefined) => reports.find((report) => report.id === id)?.totalAudioEnergy ?? 0
  const flow = (type: 'inbound-rtp' | 'outbound-rtp', kind: 'audio' | 'video'): FlowStatistics =>
    reports
      .filter((report) => report.type === type && report.kind === kind)
      .reduce(
        (sum, report) => ({
          packets: sum.packets + (report.packetsSent ?? report.packetsReceived ?? 0),
          bytes: sum.bytes + (report.bytesSent ?? report.bytesReceived ?? 0),
          lost: sum.lost + (report.packetsLost ?? 0),
          jitter: Math.max(sum.jitter, (report.jitter ?? 0) * 1000),
          energy: sum.energy + (report.totalAudioEnergy ?? energyOf(report.mediaSourceId)),
          frames: sum.frames + (report.framesSent ?? report.framesDecoded ?? 0),
        }),
        nothing,
      )
  const pair = reports.find(
    (report) => report.type === 'candidate-pair' && report.nominated && report.state === 'succeeded',
  )
  const both = (kind: 'audio' | 'video') => ({ sent: flow('outbound-rtp', kind), received: flow('inbound-rtp', kind) })
  return {
    audio: both('audio'),
    video: both('video'),
    roundTrip: pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
  }
}

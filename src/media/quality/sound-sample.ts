/** What one reading of a connection's statistics says of its sound: sums since the beginning, but where it says else. */
export interface SoundSample {
  /** ms */
  readonly at: number
  readonly sent: {
    readonly packets: number
    /** What the far side reports as lost; `null` before its first report. */
    readonly lost: number | null
    /** ms, of now, at the far side; `null` before its first report. */
    readonly jitter: number | null
    /** Energy of the microphone as it is sent; `null` where the browser does not tell. */
    readonly energy: number | null
    readonly codec: string | null
  }
  readonly received: {
    readonly packets: number
    readonly lost: number
    /** Came too late to be heard. */
    readonly discarded: number
    /** ms, of now */
    readonly jitter: number | null
    /** How long packets waited to be heard, in s, and how many sounds were. */
    readonly buffered: number
    readonly emitted: number
    /** Energy of what is heard; `null` where the browser does not tell. */
    readonly energy: number | null
    readonly codec: string | null
  }
  /** ms, of now; `null` before it was measured. */
  readonly roundTrip: number | null
}

/** The fields of W3C webrtc-stats that are read here, times in s. */
interface Report extends RTCStats {
  readonly kind?: string
  readonly packetsSent?: number
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly packetsDiscarded?: number
  readonly jitter?: number
  readonly jitterBufferDelay?: number
  readonly jitterBufferEmittedCount?: number
  readonly totalAudioEnergy?: number
  readonly roundTripTime?: number
  readonly currentRoundTripTime?: number
  readonly nominated?: boolean
  readonly state?: string
  readonly codecId?: string
  readonly mediaSourceId?: string
  readonly mimeType?: string
}

const milliseconds = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1000)

/** Reads what `getStats` answered. Of several streams of one direction, the first counts: a call has one. */
export function readSound(stats: Iterable<RTCStats>, at: number): SoundSample {
  const reports = [...stats] as Report[]
  const sound = (type: string) => reports.find((report) => report.type === type && report.kind === 'audio')
  const byId = (id: string | undefined) => reports.find((report) => report.id === id)
  const codecOf = (report: Report | undefined) => byId(report?.codecId)?.mimeType?.replace(/^audio\//i, '') ?? null
  const [out, remote, inbound] = [sound('outbound-rtp'), sound('remote-inbound-rtp'), sound('inbound-rtp')]
  const path = reports.find(
    ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
  )
  return {
    at,
    sent: {
      packets: out?.packetsSent ?? 0,
      lost: remote?.packetsLost ?? null,
      jitter: milliseconds(remote?.jitter),
      energy: byId(out?.mediaSourceId)?.totalAudioEnergy ?? null,
      codec: codecOf(out),
    },
    received: {
      packets: inbound?.packetsReceived ?? 0,
      lost: inbound?.packetsLost ?? 0,
      discarded: inbound?.packetsDiscarded ?? 0,
      jitter: milliseconds(inbound?.jitter),
      buffered: inbound?.jitterBufferDelay ?? 0,
      emitted: inbound?.jitterBufferEmittedCount ?? 0,
      energy: inbound?.totalAudioEnergy ?? null,
      codec: codecOf(inbound),
    },
    // That of the path is measured every few seconds by every browser; that of the sound where the far side reports.
    roundTrip: milliseconds(path?.currentRoundTripTime ?? remote?.roundTripTime),
  }
}

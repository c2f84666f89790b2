import type { MediaType } from '../../src/media/media-type.ts'
import { gathered, picture } from './side.ts'

/** What the guests got so far, all together. */
export interface Received {
  /** Pictures. */
  readonly frames: number
  /** Of the picture of the first of them. */
  readonly width: number
  /** Samples of sound. */
  readonly samples: number
  /** Of these, the ones that were made up for because nothing came in time. */
  readonly concealed: number
}

declare global {
  /** A guest who wants to join; resolves with their offer. */
  function offer(id: string, mediaType: MediaType): Promise<string>
  function answered(id: string, answer: string): Promise<void>
  function received(): Promise<Received>
}

const guests = new Map<string, RTCPeerConnection>()
let devices: Promise<MediaStream> | null = null

globalThis.offer = async (id, mediaType) => {
  devices ??= navigator.mediaDevices.getUserMedia({ audio: true, video: mediaType === 'video' && picture })
  const stream = await devices
  const connection = new RTCPeerConnection()
  guests.set(id, connection)
  const heard = new MediaStream()
  const player = document.createElement('video')
  player.muted = true
  player.srcObject = heard
  player.autoplay = true
  connection.addEventListener('track', ({ track }) => heard.addTrack(track))
  for (const track of stream.getTracks()) connection.addTrack(track, stream)
  await connection.setLocalDescription()
  return gathered(connection)
}

globalThis.answered = async (id, answer) => {
  await guests.get(id)?.setRemoteDescription({ type: 'answer', sdp: answer })
}

interface Inbound extends RTCStats {
  readonly framesDecoded?: number
  readonly frameWidth?: number
  readonly totalSamplesReceived?: number
  readonly concealedSamples?: number
}

globalThis.received = async () => {
  const all = await Promise.all([...guests.values()].map((connection) => connection.getStats()))
  const reports = all
    .flatMap((report) => [...report.values()] as Inbound[])
    .filter(({ type }) => type === 'inbound-rtp')
  const sum = (read: (report: Inbound) => number | undefined): number =>
    reports.reduce((total, report) => total + (read(report) ?? 0), 0)
  return {
    frames: sum(({ framesDecoded }) => framesDecoded),
    width: reports.find(({ frameWidth }) => frameWidth)?.frameWidth ?? 0,
    samples: sum(({ totalSamplesReceived }) => totalSamplesReceived),
    concealed: sum(({ concealedSamples }) => concealedSamples),
  }
}

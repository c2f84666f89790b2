import { ConferenceMixer } from '../../src/media/mixing/conference-mixer.ts'
import type { MediaType, TrackKind } from '../../src/media/media-type.ts'
import { gathered, picture } from './side.ts'

declare global {
  /** Opens a conference; its host has a microphone, and a camera where pictures are wanted. */
  function openConference(mediaType: MediaType): Promise<void>
  /** Takes a guest in by their offer; resolves with the answer. */
  function admit(id: string, offer: string): Promise<string>
  /** Whether the mixer said that it is at its limit, now or before. */
  function overloaded(): boolean
}

let mixer: ConferenceMixer | null = null
let overload = false
const player = document.createElement('video')

globalThis.openConference = async (mediaType) => {
  mixer = await ConferenceMixer.create({ mediaType, signal: new AbortController().signal })
  mixer.events.on('overload', (now) => (overload ||= now))
  mixer.setHost(await navigator.mediaDevices.getUserMedia({ audio: true, video: mediaType === 'video' && picture }))
  player.srcObject = mixer.stream
  document.body.append(player)
  await player.play()
}

globalThis.admit = async (id, offer) => {
  if (!mixer) throw new Error('There is no conference: open it first')
  const connection = new RTCPeerConnection()
  const remote = new MediaStream()
  connection.addEventListener('track', ({ track }) => {
    remote.addTrack(track)
    mixer?.update(id)
  })
  const mix = mixer.add(id, remote)
  await connection.setRemoteDescription({ type: 'offer', sdp: offer })
  for (const transceiver of connection.getTransceivers()) {
    transceiver.direction = 'sendrecv'
    const kind = transceiver.receiver.track.kind as TrackKind
    await mix.bind(transceiver.sender, kind, new AbortController().signal)
  }
  await connection.setLocalDescription()
  return gathered(connection)
}

globalThis.overloaded = () => overload

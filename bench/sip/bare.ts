import { camera, takeStage } from './contender.ts'

let stop = (): void => {}

/** Two connections of one page and nothing between them: the floor. There is no offer to send and nobody to confirm. */
async function connect(video: boolean): Promise<void> {
  // The caller's is made last: it is the one that is watched.
  const callee = new RTCPeerConnection({ iceServers })
  const caller = new RTCPeerConnection({ iceServers })
  const pairs = [
    [caller, callee],
    [callee, caller],
  ] as const
  for (const [from, to] of pairs)
    from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined)
  const streams = await Promise.all(
    [caller, callee].map(() => navigator.mediaDevices.getUserMedia({ audio: true, video: video && camera })),
  )
  stop = () => {
    for (const stream of streams) for (const track of stream.getTracks()) track.stop()
    for (const connection of [caller, callee]) connection.close()
  }
  streams.forEach((stream, index) => {
    for (const track of stream.getTracks()) [caller, callee][index]?.addTrack(track, stream)
  })
  await caller.setLocalDescription()
  if (caller.localDescription) await callee.setRemoteDescription(caller.localDescription)
  await callee.setLocalDescription()
  if (callee.localDescription) await caller.setRemoteDescription(callee.localDescription)
}

takeStage({
  register: () => Promise.resolve(),
  call: (_to, video) => void connect(video),
  hangUp: () => stop(),
})

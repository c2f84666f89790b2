/** What every camera of the bench gives. */
export const picture: MediaTrackConstraints = { width: 640, height: 360, frameRate: 20 }

/** The description of a connection with all its candidates in it. */
export async function gathered(connection: RTCPeerConnection): Promise<string> {
  if (connection.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve()
      })
    })
  }
  return connection.localDescription?.sdp ?? ''
}

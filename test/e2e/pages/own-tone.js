/*
 * The microphone of this page is one tone, of as many Hz as `tone` in its address says, so that others can tell whom
 * they hear. The camera stays what it is.
 */
const frequency = Number(new URLSearchParams(location.search).get('tone'))
const devices = navigator.mediaDevices
const given = devices.getUserMedia.bind(devices)
const context = new AudioContext()

/** @param {MediaStreamConstraints} [constraints] */
devices.getUserMedia = async ({ audio, video } = {}) => {
  const stream = video ? await given({ video }) : new MediaStream()
  if (!audio) return stream
  const tone = new OscillatorNode(context, { frequency })
  const microphone = new MediaStreamAudioDestinationNode(context)
  tone.connect(new GainNode(context, { gain: 0.3 })).connect(microphone)
  tone.start()
  for (const track of microphone.stream.getAudioTracks()) stream.addTrack(track)
  return stream
}

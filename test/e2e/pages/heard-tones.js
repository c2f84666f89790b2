/*
 * Writes down the tones that arrive by telephone-event (RFC 4733): no browser tells a page of them. `heardTones` holds
 * the digits in their order. Has to run before the first call.
 */
/** @typedef {ReadableWritablePair<RTCEncodedAudioFrame, RTCEncodedAudioFrame>} FrameStreams */

const page = /** @type {{ heardTones: string, RTCPeerConnection: typeof RTCPeerConnection }} */ (
  /** @type {unknown} */ (globalThis)
)
page.heardTones = ''

/** Runs in a worker: tells the page which events pass, and at which moment of the sender each began. */
function watch() {
  addEventListener('rtctransform', (event) => {
    const { transformer } = /** @type {Event & { transformer: FrameStreams }} */ (event)
    const { readable, writable } = transformer
    /** @type {TransformStream<RTCEncodedAudioFrame, RTCEncodedAudioFrame>} */
    const passing = new TransformStream({
      transform(frame, controller) {
        const { mimeType, rtpTimestamp } = frame.getMetadata()
        if (mimeType === 'audio/telephone-event') {
          postMessage({ event: new Uint8Array(frame.data)[0], began: rtpTimestamp ?? frame.timestamp })
        }
        controller.enqueue(frame)
      },
    })
    void readable.pipeThrough(passing).pipeTo(writable)
  })
}

const worker = new Worker(URL.createObjectURL(new Blob([`(${watch})()`])))
/** @type {number | undefined} */
let last
worker.addEventListener('message', ({ data: { event, began } }) => {
  // A tone is told by several packets of the same moment.
  if (began !== last) page.heardTones += '0123456789*#ABCD'[event]
  last = began
})

page.RTCPeerConnection = class extends RTCPeerConnection {
  /** @param {RTCConfiguration} [configuration] */
  constructor(configuration) {
    super(configuration)
    this.addEventListener('track', ({ receiver }) => {
      if (receiver.track.kind === 'audio') receiver.transform = new RTCRtpScriptTransform(worker)
    })
  }
}

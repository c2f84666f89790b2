/*
 * Times calls within one page: each kind of pair captures with the same devices, answers at once, and is watched in
 * the same way. All times are in ms from the moment the call was begun.
 */
import { Phone } from '/cdn/att-phone.js'

/**
 * @typedef {'audio' | 'video'} MediaType
 *
 * @typedef {object} Timing
 * @property {number} offer when the offer left
 * @property {number} audio when the first sound of the other side was there to be heard
 * @property {number} video when the first picture of the other side was shown; 0 in a call without
 *
 * @typedef {object} Pair
 * @property {(mediaType: MediaType, sent: () => void) => Promise<MediaStream>} begin calls, and gives what the caller
 *   receives; `sent` is called as the offer leaves
 * @property {() => Promise<void>} end
 */

/** Connections in the order they were made: that of the caller comes first. @type {RTCPeerConnection[]} */
const connections = []
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  /** @param {RTCConfiguration} [configuration] */
  constructor(configuration) {
    super(configuration)
    connections.push(this)
  }
}

/** @param {() => unknown} test @param {string} what */
async function until(test, what) {
  const deadline = performance.now() + 20_000
  while (!test()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

/** Sound counts when it is handed to the speaker, not when it was received (W3C webrtc, 5.6). */
const soundArrives = () =>
  until(
    () =>
      connections[0]
        ?.getReceivers()
        .some(({ track, getSynchronizationSources }) => track.kind === 'audio' && getSynchronizationSources().length > 0),
    'sound arrives',
  )

/** @param {HTMLVideoElement} screen */
const pictureIsShown = (screen) => new Promise((resolve) => screen.requestVideoFrameCallback(resolve))

/**
 * @param {Pair} pair
 * @param {MediaType} mediaType
 * @returns {Promise<Timing>}
 */
export async function time(pair, mediaType) {
  connections.length = 0
  const screen = document.createElement('video')
  Object.assign(screen, { autoplay: true, muted: true, playsInline: true })
  document.body.append(screen)
  const begin = performance.now()
  const since = () => performance.now() - begin
  let offer = 0
  const sound = soundArrives().then(since)
  const picture = mediaType === 'video' ? pictureIsShown(screen).then(since) : 0
  screen.srcObject = await pair.begin(mediaType, () => {
    offer = since()
  })
  const timing = { offer, audio: await sound, video: await picture }
  await pair.end()
  screen.remove()
  return timing
}

/*
 * Times calls within one page: each kind of pair captures with the same devices, answers at once, and is watched in
 * the same way. All times are in ms from the moment the call was begun.
 */
import { connections, identity, soundArrives, until } from './timing.js'

const bundle = '/cdn/att-phone.js'
const { Phone } = /** @type {typeof import('../../../src/index.ts')} */ (await import(bundle))

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

/** @param {HTMLVideoElement} screen */
const pictureIsShown = (screen) => new Promise((resolve) => screen.requestVideoFrameCallback(resolve))

/** The phone asks for the same. @type {Readonly<Record<MediaType, MediaStreamConstraints>>} */
const constraints = {
  audio: { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
  video: {
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, facingMode: 'user' },
  },
}

/** Two connections without anything around them: as fast as a browser can. @implements {Pair} */
class BarePair {
  #close = () => {}

  /** @param {MediaType} mediaType @param {() => void} sent */
  async begin(mediaType, sent) {
    const caller = new RTCPeerConnection()
    const callee = new RTCPeerConnection()
    const received = new MediaStream()
    const loudspeaker = new Audio()
    loudspeaker.autoplay = true
    loudspeaker.srcObject = received
    /** @type {MediaStreamTrack[]} */
    const captured = []
    this.#close = () => {
      caller.close()
      callee.close()
      captured.forEach((track) => track.stop())
      loudspeaker.srcObject = null
    }
    /** @param {RTCPeerConnection} connection */
    const capture = async (connection) => {
      const stream = await navigator.mediaDevices.getUserMedia(constraints[mediaType])
      captured.push(...stream.getTracks())
      for (const track of stream.getTracks()) connection.addTrack(track, stream)
    }
    caller.addEventListener('track', ({ track }) => received.addTrack(track))
    caller.addEventListener('icecandidate', ({ candidate }) => void callee.addIceCandidate(candidate ?? undefined))
    callee.addEventListener('icecandidate', ({ candidate }) => void caller.addIceCandidate(candidate ?? undefined))

    await capture(caller)
    await caller.setLocalDescription()
    sent()
    await callee.setRemoteDescription(/** @type {RTCSessionDescription} */ (caller.localDescription))
    await capture(callee)
    await callee.setLocalDescription()
    await caller.setRemoteDescription(/** @type {RTCSessionDescription} */ (callee.localDescription))
    return received
  }

  async end() {
    this.#close()
  }
}

/** Two phones; one calls, the other answers as it hears of the call. @implements {Pair} */
class PhonePair {
  #caller = new Phone()
  #callee = new Phone()
  #once = new AbortController()
  #number = ''

  /** @param {(name: string) => Promise<import('../../../src/index.ts').LoginOptions>} account @param {string | null} server */
  async signIn(account, server) {
    const [alice, bob] = await Promise.all([account('alice@bench.example'), account('bob@bench.example')])
    this.#number = 'bob@bench.example'
    for (const phone of [this.#caller, this.#callee]) phone.configure({ server })
    await Promise.all([this.#caller.login(alice), this.#callee.login(bob)])
    return this
  }

  /** @param {readonly RTCIceServer[]} servers */
  setIceServers(servers) {
    for (const phone of [this.#caller, this.#callee]) phone.setIceServers(servers)
  }

  /** @param {MediaType} mediaType @param {() => void} sent */
  async begin(mediaType, sent) {
    const once = (this.#once = new AbortController())
    this.#caller.on('call:connecting', sent, once)
    this.#callee.on('call:incoming', () => void this.#callee.answer({ mediaType }), once)
    await this.#caller.dial({ destination: this.#number, mediaType })
    return /** @type {MediaStream} */ (this.#caller.snapshot.calls[0]?.remoteStream)
  }

  async end() {
    await this.#caller.hangup()
    await until(() => this.#callee.snapshot.calls.length === 0, 'the callee hears the end')
    this.#once.abort()
  }
}

const withoutServer = () => new PhonePair().signIn(async (userId) => ({ userId }), null)

const throughGateway = () => new PhonePair().signIn(identity, location.origin)

/**
 * @param {Pair} pair
 * @param {MediaType} mediaType
 * @returns {Promise<Timing>}
 */
async function time(pair, mediaType) {
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

/** The pairs of phones by the name of their network. */
const phones = { local: await withoutServer(), gateway: await throughGateway() }
const bare = new BarePair()

/**
 * Times one call.
 *
 * @param {'bare' | 'local' | 'gateway'} path
 * @param {MediaType} mediaType
 * @param {readonly RTCIceServer[]} iceServers
 */
const timeOne = (path, mediaType, iceServers) => {
  if (path === 'bare') return time(bare, mediaType)
  phones[path].setIceServers(iceServers)
  return time(phones[path], mediaType)
}

Object.assign(globalThis, { timeCall: timeOne })

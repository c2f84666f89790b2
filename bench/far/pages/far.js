/*
 * Times a sign-in and calls of two phones of one page, whose gateway is at another origin, and far. All times are in
 * ms. Media stays on the machine.
 */
const bundle = '/cdn/att-phone.js'
const { Phone } = /** @type {typeof import('../../../src/index.ts')} */ (await import(bundle))

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
  const deadline = performance.now() + 30_000
  while (!test()) {
    if (performance.now() > deadline) throw new Error(`Waited too long: ${what}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

/** @param {string} userId */
async function identity(userId) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/tokens', { method: 'POST', headers, body: JSON.stringify({ userId }) })
  return { userId, token: (await answer.json()).access_token }
}

/** Requests go by HTTP, each after a preflight, as they did before there was a channel for them. */
function withoutChannel() {
  globalThis.WebSocket = class extends WebSocket {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(String(url).replace(/\/channel$/, '/no-channel'), protocols)
    }
  }
}

/**
 * @param {string} server
 * @param {boolean} channel whether requests may go by the channel of commands
 * @param {string} name
 */
async function signIn(server, channel, name) {
  if (!channel) withoutChannel()
  const [caller, callee] = [new Phone(), new Phone()]
  const [near, far] = await Promise.all([identity(`${name}-a@bench.example`), identity(`${name}-b@bench.example`)])
  for (const phone of [caller, callee]) phone.configure({ server })
  await callee.login(far)
  const begin = performance.now()
  await caller.login(near)
  const ready = performance.now() - begin

  const call = async () => {
    connections.length = 0
    const once = new AbortController()
    const dialled = performance.now()
    const since = () => performance.now() - dialled
    const moments = { rings: 0, connected: 0, sound: 0, ended: 0 }
    callee.on(
      'call:incoming',
      () => {
        moments.rings = since()
        void callee.answer({ mediaType: 'audio' })
      },
      once,
    )
    caller.on('call:connected', () => (moments.connected = since()), once)
    await caller.dial({ destination: far.userId, mediaType: 'audio' })
    await until(() => sourcesOf(connections[0]).length > 0, 'sound arrives')
    moments.sound = since()
    await until(() => moments.connected > 0, 'the call is connected')
    const hungUp = performance.now()
    callee.on('call:disconnected', () => (moments.ended = performance.now() - hungUp), once)
    await caller.hangup()
    await until(() => moments.ended > 0, 'the other side hears of the end')
    once.abort()
    return moments
  }
  return { ready, call }
}

/** Sound counts when it is handed to the speaker (W3C webrtc, 5.6). @param {RTCPeerConnection | undefined} connection */
const sourcesOf = (connection) =>
  connection?.getReceivers().flatMap((receiver) => receiver.getSynchronizationSources()) ?? []

Object.assign(globalThis, {
  /** @param {string} server @param {boolean} channel @param {string} name @param {number} calls */
  measureFar: async (server, channel, name, calls) => {
    const { ready, call } = await signIn(server, channel, name)
    await call()
    const warm = []
    for (let n = 0; n < calls; n++) warm.push(await call())
    return { ready, warm }
  },
})

export {}

/*
 * Times a sign-in and calls of two phones of one page, whose gateway is at another origin, and far. All times are in
 * ms. Media stays on the machine.
 */
import { connections, identity, soundArrives, until } from './timing.js'

const bundle = '/cdn/att-phone.js'
const { Phone } = /** @type {typeof import('../../../src/index.ts')} */ (await import(bundle))

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
    await soundArrives()
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

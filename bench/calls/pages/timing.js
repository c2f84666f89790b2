/*
 * What the pages that time calls have in common.
 */

/** Connections in the order they were made: that of the caller comes first. @type {RTCPeerConnection[]} */
export const connections = []
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  /** @param {RTCConfiguration} [configuration] */
  constructor(configuration) {
    super(configuration)
    connections.push(this)
  }
}

/** @param {() => unknown} test @param {string} what */
export async function until(test, what) {
  const deadline = performance.now() + 30_000
  while (!test()) {
    if (performance.now() > deadline) throw new Error(`Waited too long: ${what}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

/** Sound counts when it is handed to the speaker, not when it was received (W3C webrtc, 5.6). */
export const soundArrives = () =>
  until(
    () =>
      connections[0]
        ?.getReceivers()
        .some((receiver) => receiver.track.kind === 'audio' && receiver.getSynchronizationSources().length > 0),
    'sound arrives',
  )

/** An access token by name: the gateway runs for development. @param {string} userId */
export async function identity(userId) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/tokens', { method: 'POST', headers, body: JSON.stringify({ userId }) })
  return { userId, token: (await answer.json()).access_token }
}

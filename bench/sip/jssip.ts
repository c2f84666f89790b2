import { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { camera, takeStage } from './contender.ts'

/** `#early`: the offer leaves with the first candidate, as JsSIP's documentation shows for impatient pages. */
const early = location.hash === '#early'
let ua: UA
let session: RTCSession | null = null

takeStage({
  register(name, url) {
    ua = new UA({ sockets: [new WebSocketInterface(url)], uri: `sip:${name}@127.0.0.1`, password: 'secret' })
    ua.on('newRTCSession', (event: { session: RTCSession }) => {
      session = event.session
      if (early) session.on('icecandidate', ({ ready }) => ready())
      if ((session.direction as string) === 'outgoing') return
      const video = /^m=video/m.test((event as unknown as { request: { body: string } }).request.body)
      session.answer({ mediaConstraints: { audio: true, video: video && camera }, pcConfig: { iceServers } })
    })
    return new Promise((resolve) => {
      ua.on('registered', () => resolve())
      ua.start()
    })
  },
  call(to, video) {
    ua.call(`sip:${to}@127.0.0.1`, {
      mediaConstraints: { audio: true, video: video && camera },
      pcConfig: { iceServers },
    })
  },
  hangUp: () => session?.terminate(),
})

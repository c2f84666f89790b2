import { SimpleUser } from 'sip.js/lib/platform/web/index.js'
import { camera, takeStage } from './contender.ts'

let user: SimpleUser

takeStage({
  async register(name, url) {
    user = new SimpleUser(url, {
      aor: `sip:${name}@127.0.0.1`,
      media: { constraints: { audio: true, video: true }, remote: { video: document.createElement('video') } },
      userAgentOptions: {
        authorizationUsername: name,
        authorizationPassword: 'secret',
        logLevel: 'error',
        sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers } },
      },
    })
    user.delegate = { onCallReceived: () => void user.answer() }
    await user.connect()
    await new Promise<void>((resolve, reject) => {
      user
        .register({ requestDelegate: { onAccept: () => resolve(), onReject: () => reject(new Error('refused')) } })
        .catch(reject)
    })
  },
  call(to, video) {
    const options = { sessionDescriptionHandlerOptions: { constraints: { audio: true, video: video && camera } } }
    void user.call(`sip:${to}@127.0.0.1`, options)
  },
  hangUp: () => user.hangup(),
})

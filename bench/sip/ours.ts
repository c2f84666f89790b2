import { defaultConnectionSettings } from '../../src/media/connection-settings.ts'
import { LocalMedia } from '../../src/media/local-media.ts'
import type { MediaType } from '../../src/media/media-type.ts'
import { SipSignaling } from '../../src/signaling/sip/sip-signaling.ts'
import type { Leg, LegMedia } from '../../src/signaling/signaling.ts'
import { takeStage } from './contender.ts'

const never = new AbortController().signal
let network: SipSignaling
let leg: Leg | null = null

/** As the engine does it: devices open while the network answers. */
function media(mediaType: MediaType): LegMedia {
  const local = new LocalMedia()
  void local.capture(mediaType, never)
  return { mediaType, local, settings: { ...defaultConnectionSettings, iceServers } }
}

function take(taken: Leg, { local }: LegMedia): void {
  leg = taken
  taken.on('ended', () => local.close())
}

takeStage({
  async register(name, url) {
    network = new SipSignaling({ servers: url })
    network.on('incoming', (incoming) => {
      const answer = media(incoming.mediaType)
      take(incoming, answer)
      void incoming.accept(answer, never)
    })
    await network.connect({ userId: `${name}@127.0.0.1`, password: 'secret' }, never)
  },
  call(to, video) {
    const offer = media(video ? 'video' : 'audio')
    void network.place(`${to}@127.0.0.1`, offer, never).then((placed) => take(placed, offer))
  },
  hangUp: () => leg?.end(),
})

import { expect } from '@open-wc/testing'
import type { MediaType } from '../../media/media-type.ts'
import type { ContractNetwork } from './contract-network.ts'
import { never } from './line.ts'
import type { RecordedLeg } from './recorded-leg.ts'
import { rejection, signalingRejection } from './rejection.ts'
import { useStage } from './stage.ts'

/** Asks for `mediaType`; the far side's user answers with `accept`. */
async function change(
  near: RecordedLeg,
  far: RecordedLeg,
  mediaType: MediaType,
  accept = true,
): ReturnType<RecordedLeg['leg']['change']> {
  const asked = far.heard.filter(({ name }) => name === 'change-requested').length
  const changing = near.leg.change(mediaType, never())
  await far.hears('change-requested', asked + 1)
  await far.leg.answerChange(accept)
  return changing
}

/** The far side's user agrees to everything that is asked for. */
function agrees(leg: RecordedLeg): void {
  leg.leg.on('change-requested', () => {
    // A request that was withdrawn meanwhile cannot be answered any more.
    leg.leg.answerChange(true).catch(() => {})
  })
}

export function changeCases(network: ContractNetwork): void {
  const stage = useStage(network)

  /** A call with sound alone whose sides have their cameras open. */
  async function talkWithCameras(): Promise<readonly [RecordedLeg, RecordedLeg]> {
    const legs = await stage().talk()
    await Promise.all(legs.map(({ local }) => local.capture('video', never())))
    return legs
  }

  describe('asking for a picture', () => {
    it('that is granted brings pictures both ways', async () => {
      const [near, far] = await talkWithCameras()
      expect(await change(near, far, 'video')).to.deep.equal({ accepted: true, mediaType: 'video' })
      await Promise.all([near.receives('video'), far.receives('video')])
      await Promise.all([near.receives('audio'), far.receives('audio')])
    })

    it('tells both sides, in order', async () => {
      const [near, far] = await talkWithCameras()
      await change(near, far, 'video')
      expect(near.story.slice(-1)).to.deep.equal(['changed video'])
      expect(far.story.slice(-2)).to.deep.equal(['change-requested video', 'changed video'])
    })

    it('that is refused brings the picture of who asked alone', async () => {
      const [near, far] = await talkWithCameras()
      const { accepted } = await change(near, far, 'video', false)
      expect(accepted).to.be.false
      await far.receives('video')
      await near.receivesNo('video')
      await near.receives('audio')
    })

    it('that is refused by who keeps the call as it is brings no picture, and asking again does', async () => {
      const [near, far] = await talkWithCameras()
      const changing = near.leg.change('video', never())
      await far.hears('change-requested')
      await far.leg.answerChange(false, true)
      expect(await changing).to.deep.equal({ accepted: false, mediaType: 'audio' })
      expect([near.leg.mediaType, far.leg.mediaType]).to.deep.equal(['audio', 'audio'])
      await Promise.all([near.receivesNo('video'), far.receivesNo('video'), far.receives('audio')])
      expect(await change(near, far, 'video')).to.deep.equal({ accepted: true, mediaType: 'video' })
      await Promise.all([near.receives('video'), far.receives('video')])
    })

    it('fills the remote streams that are there', async () => {
      const [near, far] = await talkWithCameras()
      const { remoteStream } = far.leg
      await change(near, far, 'video')
      await far.hears('track', 2)
      expect(far.leg.remoteStream).to.equal(remoteStream)
      expect(remoteStream.getVideoTracks()).to.have.lengthOf(1)
    })

    it('can be done by the called side as well', async () => {
      const [near, far] = await talkWithCameras()
      expect((await change(far, near, 'video')).accepted).to.be.true
      await Promise.all([near.receives('video'), far.receives('video')])
    })

    it('on both sides at once grants one request, and ends with pictures both ways', async () => {
      const [near, far] = await talkWithCameras()
      agrees(near)
      agrees(far)
      const results = await Promise.all([near.leg.change('video', never()), far.leg.change('video', never())])
      expect(results.filter(({ accepted }) => accepted)).to.have.lengthOf(1)
      await Promise.all([near.receives('video'), far.receives('video')])
    })

    it('can be taken back: it rejects, and the far side is asked no more', async () => {
      const [near, far] = await talkWithCameras()
      const asking = new AbortController()
      const reason = new Error('Taken back')
      const changing = rejection(near.leg.change('video', asking.signal))
      await far.hears('change-requested')
      asking.abort(reason)
      expect(await changing).to.equal(reason)
      await far.hears('change-withdrawn')
      expect([near.leg.mediaType, far.leg.mediaType]).to.deep.equal(['audio', 'audio'])
    })

    it('can be done again after it was taken back', async () => {
      const [near, far] = await talkWithCameras()
      const asking = new AbortController()
      const changing = rejection(near.leg.change('video', asking.signal))
      await far.hears('change-requested')
      asking.abort(new Error('Taken back'))
      await changing
      await far.hears('change-withdrawn')
      expect((await change(near, far, 'video')).accepted).to.be.true
      await Promise.all([near.receives('video'), far.receives('video')])
    })

    it('does not begin when it is aborted before', async () => {
      const [near, far] = await stage().talk()
      const reason = new Error('Not now')
      expect(await rejection(near.leg.change('video', AbortSignal.abort(reason)))).to.equal(reason)
      await near.leg.hold()
      await far.hears('held')
      expect(far.story).not.to.include('change-requested video')
    })

    it('rejects when the far side hangs up instead of answering', async () => {
      const [near, far] = await stage().talk()
      const changing = signalingRejection(near.leg.change('video', never()))
      await far.hears('change-requested')
      await far.leg.end()
      await changing
      expect(near.story.filter((event) => event.startsWith('ended'))).to.deep.equal(['ended remote-hangup'])
    })

    it('rejects when this side hangs up while it waits', async () => {
      const [near, far] = await stage().talk()
      const changing = signalingRejection(near.leg.change('video', never()))
      await far.hears('change-requested')
      await near.leg.end()
      await changing
      expect((await far.ended()).reason).to.equal('remote-hangup')
    })
  })

  describe('going back to sound alone', () => {
    it('stops the pictures and keeps the sound', async () => {
      const [near, far] = await stage().talk('video')
      await Promise.all([near.receives('video'), far.receives('video')])
      expect(await change(near, far, 'audio')).to.deep.equal({ accepted: true, mediaType: 'audio' })
      await Promise.all([near.receivesNo('video'), far.receivesNo('video')])
      await Promise.all([near.receives('audio'), far.receives('audio')])
    })

    it('takes the pictures out of the remote streams', async () => {
      const [near, far] = await stage().talk('video')
      await change(near, far, 'audio')
      await far.hears('changed')
      expect([...near.leg.remoteStream.getVideoTracks(), ...far.leg.remoteStream.getVideoTracks()]).to.deep.equal([])
    })

    it('can be followed by another picture', async () => {
      const [near, far] = await stage().talk('video')
      await change(near, far, 'audio')
      await change(far, near, 'video')
      await Promise.all([near.receives('video'), far.receives('video')])
      expect([near.leg.mediaType, far.leg.mediaType]).to.deep.equal(['video', 'video'])
    })
  })

  describe('answering a request for other media', () => {
    it('that nobody made is refused', async () => {
      const [near] = await stage().talk()
      expect((await signalingRejection(near.leg.answerChange(true))).kind).to.equal('refused')
    })

    it('does not keep this side from hanging up before', async () => {
      const [near, far] = await stage().talk()
      const changing = rejection(near.leg.change('video', never()))
      await far.hears('change-requested')
      await far.leg.end()
      await changing
      await signalingRejection(far.leg.answerChange(true))
    })
  })

  describe('a new media path', () => {
    const ufrag = ({ leg }: RecordedLeg) =>
      /^a=ice-ufrag:(.*)$/m.exec(leg.connection?.currentLocalDescription?.sdp ?? '')?.[1]

    it('has new credentials on both sides, and the media goes on', async () => {
      const [near, far] = await stage().talk('video')
      await near.receives('audio')
      const before = [ufrag(near), ufrag(far)]
      await near.leg.restartMedia()
      await Promise.all([near.receives('audio'), far.receives('audio'), far.receives('video')])
      expect(ufrag(near)).not.to.equal(before[0])
      expect(ufrag(far)).not.to.equal(before[1])
    })

    it('asks nobody, and changes nothing else', async () => {
      const [near, far] = await stage().talk()
      await near.leg.restartMedia()
      expect([near.story.at(-1), far.story.at(-1)]).to.deep.equal(['established audio', 'established audio'])
      expect([near.leg.mediaType, far.leg.mediaType]).to.deep.equal(['audio', 'audio'])
    })

    it('that both sides ask for at once comes once, and the media goes on', async () => {
      const [near, far] = await stage().talk()
      const outcomes = await Promise.allSettled([near.leg.restartMedia(), far.leg.restartMedia()])
      expect(outcomes.map(({ status }) => status)).to.include('fulfilled')
      await Promise.all([near.receives('audio'), far.receives('audio')])
    })
  })
}

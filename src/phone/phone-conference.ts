import type { MediaElements } from './call.ts'
import type { Participant } from './phone-events.ts'
import { PhoneDevices } from './phone-devices.ts'
import { refuse } from './refuse.ts'
import type { MediaType } from './snapshot.ts'

/** How a conference is started. */
export interface ConferenceOptions extends MediaElements {
  /** Default `video`. */
  readonly mediaType?: MediaType
}

/** How a conference is joined. */
export interface JoinOptions extends MediaElements {
  /** What to do with the call one is in. Default `hold`. */
  readonly action?: 'hold' | 'end'
  /** `audio` joins a video conference without a picture. Default: what is offered. */
  readonly mediaType?: MediaType
}

/** Whom the host keeps from being heard. */
export interface ParticipantMute {
  readonly participant: string
  readonly muted: boolean
}

const conferencing = () => import('./conference/conferencing.ts')

/** The conference methods. */
export class PhoneConference extends PhoneDevices {
  /**
   * Starts a conference that this user hosts; the call one is in is held. Fires conference:connecting,
   * conference:connected. Refuses with 3101 to 3131, and 501 where the network has none.
   */
  startConference(options: ConferenceOptions = {}): Promise<void> {
    return this.line.load('startConference', conferencing, options)
  }

  /** Joins the conference one is invited to. Refuses with 3201 to 3241. */
  joinConference(options: JoinOptions): Promise<void> {
    return this.line.load('joinConference', conferencing, options)
  }

  /** Declines an invitation. Refuses with 3301, 3302. */
  rejectConference(): Promise<void> {
    return this.line.load('rejectConference', conferencing)
  }

  /**
   * Invites somebody to the conference one hosts. Resolves when the network has taken the invitation;
   * conference:invitation-accepted or -rejected tells of the answer. Refuses with 3600 where it is full, 3611 to 3641.
   */
  addParticipant(participant: string): Promise<void> {
    return this.line.load('addParticipant', conferencing, participant)
  }

  /**
   * Takes somebody out of the conference one hosts, or their invitation back. Fires conference:participant-removed, or a
   * warning where nobody of that address is in it. Refuses with 3711 to 3731.
   */
  removeParticipant(participant: string): Promise<void> {
    return this.line.load('removeParticipant', conferencing, participant)
  }

  /** Those who take part in the conference one hosts, by address. Refuses with 3401, 3402. */
  getParticipants(): Readonly<Record<string, Participant>> {
    return this.line.check('getParticipants', () => {
      if (!this.line.session.ready) refuse('3401')
      return (this.line.conferences?.hosted ?? refuse('3402')).roster().participants
    })
  }

  /** Ends the conference one hosts, for all, or leaves the one that one joined. Refuses with 3501, 3502. */
  endConference(): Promise<void> {
    return this.line.load('endConference', conferencing)
  }

  /**
   * Makes one conference of the two calls one has, hosted by this user; where one of them is such a conference already,
   * the other joins it. The other parties notice nothing but that they hear each other. Fires conference:connecting,
   * conference:connected, and for each of them call:disconnected here and conference:invitation-accepted. Beyond the
   * seed. Refuses with 3131, 3100 where there are no two calls that can be merged or somebody does not come to the media
   * server that mixes (their call is as it was), 501 where the network has none.
   */
  merge(): Promise<void> {
    return this.line.load('merge', conferencing)
  }

  /**
   * Asks a participant to host the conference one hosts, and leaves it when they agree: it goes on for all the others.
   * Fires conference:disconnecting, conference:ended, and a warning that names those who could not follow and lose it.
   * Beyond the seed. Refuses with 3711 to 3731, 5241 where they decline or do not answer for 30 s, and 3100 where it cannot
   * be done: then nothing has changed.
   */
  handOverConference(participant: string): Promise<void> {
    return this.line.load('handOverConference', conferencing, participant)
  }

  /**
   * Hosts the conference from now on, as its host asked (conference:hand-over-requested); everybody stays in it. Beyond the
   * seed. Refuses with 5301, 5331.
   */
  acceptHandOver(): Promise<void> {
    return this.line.load('acceptHandOver', conferencing)
  }

  /** Lets the host be the host. Beyond the seed. Refuses with 5401, 5431. */
  rejectHandOver(): Promise<void> {
    return this.line.load('rejectHandOver', conferencing)
  }

  /**
   * Keeps a participant of the conference one hosts from being heard by anybody, or no longer; they are not told. Beyond
   * the seed. Refuses with 3711 to 3731.
   */
  setParticipantMuted(options: ParticipantMute): Promise<void> {
    return this.line.load('setParticipantMuted', conferencing, options)
  }

  /** Keeps all participants from being heard, those who join later too, or none any longer. Refuses with 3721, 3731. */
  muteAllParticipants(muted: boolean): Promise<void> {
    return this.line.load('muteAllParticipants', conferencing, muted)
  }
}

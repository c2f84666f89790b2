import { apiError } from './error-catalogue.ts'
import type { MediaElements } from './call.ts'
import { PhoneError } from './phone-error.ts'
import { PhoneSettings } from './phone-settings.ts'
import { refuse, requireAddress, requireMedia, requireMediaType, requireOptions } from './refuse.ts'
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
}

/** The conference methods: each asks for what it needs, in the order of its codes. */
export class PhoneConference extends PhoneSettings {
  /** Starts a conference that this user hosts. Refuses with 3111 to 3131, and 501 where the network has none. */
  startConference(options: ConferenceOptions = {}): Promise<void> {
    return this.line.run('startConference', async () => {
      requireMediaType(options.mediaType, '3111', 'startConference')
      requireMedia(options.localMedia, '3121', 'startConference')
      requireMedia(options.remoteMedia, '3122', 'startConference')
      if (!this.line.session.ready) refuse('3131', 'startConference')
      throw new PhoneError(apiError(501), 'startConference', { additionalInformation: 'This network has no conferences' })
    })
  }

  /** Joins the conference one is invited to. Refuses with 3201 to 3241. */
  joinConference(options: JoinOptions): Promise<void> {
    return this.line.run('joinConference', async () => {
      requireOptions(options, '3201', 'joinConference')
      requireMedia(options.localMedia, '3211', 'joinConference')
      requireMedia(options.remoteMedia, '3212', 'joinConference')
      if (!this.line.session.ready) refuse('3221', 'joinConference')
      refuse('3231', 'joinConference')
    })
  }

  /** Declines an invitation. Refuses with 3301, 3302. */
  rejectConference(): Promise<void> {
    return this.#without('rejectConference', '3301', '3302')
  }

  /** Invites somebody to the conference one hosts. Refuses with 3611 to 3641. */
  addParticipant(participant: string): Promise<void> {
    return this.line.run('addParticipant', async () => {
      requireAddress(participant, '36', 'addParticipant')
      if (!this.line.session.ready) refuse('3621', 'addParticipant')
      refuse('3631', 'addParticipant')
    })
  }

  /** Takes somebody out of the conference one hosts. Refuses with 3711 to 3731. */
  removeParticipant(participant: string): Promise<void> {
    return this.line.run('removeParticipant', async () => {
      if (!participant) refuse('3711', 'removeParticipant')
      if (!this.line.session.ready) refuse('3721', 'removeParticipant')
      refuse('3731', 'removeParticipant')
    })
  }

  /** The participants of the conference one hosts, by address. Refuses with 3401, 3402. */
  getParticipants(): Readonly<Record<string, unknown>> {
    return this.line.check('getParticipants', () => {
      if (!this.line.session.ready) refuse('3401', 'getParticipants')
      return refuse('3402', 'getParticipants')
    })
  }

  /** Ends the conference one hosts, or leaves the one that one joined. Refuses with 3501, 3502. */
  endConference(): Promise<void> {
    return this.#without('endConference', '3501', '3502')
  }

  #without(method: string, signedOutCode: string, noConferenceCode: string): Promise<void> {
    return this.line.run(method, async () => {
      if (!this.line.session.ready) refuse(signedOutCode, method)
      refuse(noConferenceCode, method)
    })
  }
}

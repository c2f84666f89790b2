import type { MediaElements } from './call.ts'
import type * as conferencing from './conferencing.ts'
import type { Line } from './line.ts'
import { PhoneSettings } from './phone-settings.ts'
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
}

type Conferencing = typeof conferencing

/** The conference methods. */
export class PhoneConference extends PhoneSettings {
  /** Starts a conference that this user hosts. Refuses with 3111 to 3131, and 501 where the network has none. */
  startConference(options: ConferenceOptions = {}): Promise<void> {
    return this.#run('startConference', options)
  }

  /** Joins the conference one is invited to. Refuses with 3201 to 3241. */
  joinConference(options: JoinOptions): Promise<void> {
    return this.#run('joinConference', options)
  }

  /** Declines an invitation. Refuses with 3301, 3302. */
  rejectConference(): Promise<void> {
    return this.#run('rejectConference')
  }

  /** Invites somebody to the conference one hosts. Refuses with 3611 to 3641. */
  addParticipant(participant: string): Promise<void> {
    return this.#run('addParticipant', participant)
  }

  /** Takes somebody out of the conference one hosts. Refuses with 3711 to 3731. */
  removeParticipant(participant: string): Promise<void> {
    return this.#run('removeParticipant', participant)
  }

  /** The participants of the conference one hosts, by address. Refuses with 3401, 3402. */
  getParticipants(): Readonly<Record<string, unknown>> {
    return this.line.check('getParticipants', () => {
      if (!this.line.session.ready) refuse('3401')
      return refuse('3402')
    })
  }

  /** Ends the conference one hosts, or leaves the one that one joined. Refuses with 3501, 3502. */
  endConference(): Promise<void> {
    return this.#run('endConference')
  }

  #run<Name extends keyof Conferencing>(
    method: Name,
    ...options: Parameters<Conferencing[Name]> extends [Line, ...infer Rest] ? Rest : never
  ): Promise<void> {
    return this.line.run(method, async () => {
      const methods = await import('./conferencing.ts')
      const run = methods[method] as (line: Line, ...options: readonly unknown[]) => Promise<void>
      await run(this.line, ...options)
    })
  }
}

import type { TaskQueue } from '../../base/task-queue.ts'
import type { PeerSession } from '../../media/peer-session.ts'
import type { Leg, LegEvents, LegMedia, Party } from '../signaling.ts'
import type { MediaType } from '../../media/media-type.ts'
import type { ExchangePort } from './exchange-port.ts'

/** What the parts of one leg share. */
export interface LegCore {
  readonly id: string
  readonly port: ExchangePort
  /** Offers and answers of the leg, one after the other. */
  readonly queue: TaskQueue
  /** What this side puts on the leg, once it is known. */
  readonly media: LegMedia | null
  readonly ended: boolean
  remote: Party
  mediaType: MediaType
  /** Present where the far side wants to know. */
  tellMute?: NonNullable<Leg['tellMute']>
  /** The connection of a live leg. @throws {SignalingError} when the leg has ended. */
  peer(): PeerSession
  emit<Name extends keyof LegEvents>(name: Name, payload: LegEvents[Name]): void
  /** Takes care of a task that no caller waits for: its failure ends the leg. */
  own(task: Promise<void>): void
}

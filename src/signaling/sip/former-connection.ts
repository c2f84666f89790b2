import type { SdpHistory } from '../../media/sdp-history.ts'
import type { IceBudget } from './ice-budget.ts'
import type { MediaLines } from './media-lines.ts'

/** The connection before, until what takes its place is agreed on. */
export interface FormerConnection {
  readonly connection: RTCPeerConnection
  readonly lines: MediaLines
  readonly budget: IceBudget | null
  readonly history: SdpHistory
  readonly managing: AbortController
  /** Gives it its place again. */
  readonly giveBack: () => void
}

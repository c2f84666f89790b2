import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { CallHold } from './call-hold.ts'
import { CallModification } from './call-modification.ts'
import { LinkRecovery } from './link-recovery.ts'

/** What changes a call that is up. Loaded when the call is up: nothing of it changes before. */
export interface CallChanges {
  readonly hold: CallHold
  readonly modification: CallModification
  /** `null` where the call was lost before it had a leg. */
  readonly recovery: LinkRecovery | null
}

export function callChanges(call: Call, context: CallContext): CallChanges {
  const { leg } = call
  return {
    hold: new CallHold(call),
    modification: new CallModification(call, context),
    recovery: leg && new LinkRecovery(leg, (link) => call.set({ link }), call.gone),
  }
}

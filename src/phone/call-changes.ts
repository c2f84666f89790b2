import { diagnosePath, readPath } from '../place/diagnose-path.ts'
import { PlaceError } from '../place/cause.ts'
import type { Leg, LegEvents } from '../signaling/signaling.ts'
import type { Call, ChangeEvent } from './call.ts'
import type { CallContext } from './call-context.ts'
import { CallHold } from './call-hold.ts'
import { CallModification } from './call-modification.ts'
import { HandOverRequest } from './hand-over-request.ts'
import { LinkRecovery, type LinkWatch } from './link-recovery.ts'
import { TransferRequest } from './transfer-request.ts'

/** How long the sound of a call that is up may look for its first way, in ms. */
const firstPathLimit = 15_000

/** What changes a call that is up. */
export interface CallChanges {
  readonly hold: CallHold
  readonly modification: CallModification
  readonly transferRequest: TransferRequest
  readonly handOverRequest: HandOverRequest
  /** `null` where the call was lost before it had a leg. */
  readonly recovery: LinkRecovery | null
  /** Takes what the leg tells of the far side. */
  readonly told: <Name extends ChangeEvent>(name: Name, payload: LegEvents[Name]) => void
}

export function callChanges(call: Call, context: CallContext): CallChanges {
  const { leg } = call
  if (leg) watchFirstPath(call, leg, context)
  // Devices come and go while a call is up; without the part that follows them it goes on with what it has.
  context.devices.settings.get().catch(() => {})
  const hold = new CallHold(call)
  const modification = new CallModification(call, context)
  const transferRequest = new TransferRequest(call, context)
  const handOverRequest = new HandOverRequest(call, context)
  const listeners: { readonly [Name in ChangeEvent]: (payload: LegEvents[Name]) => void } = {
    held: () => hold.heldByRemote(true),
    resumed: () => hold.heldByRemote(false),
    'change-requested': ({ mediaType }) => modification.asked(mediaType),
    'change-withdrawn': () => modification.withdrawn(),
    changed: ({ mediaType }) => modification.changed(mediaType),
    replaced: (remote) => modification.replaced(remote),
    'transfer-requested': ({ to }) => transferRequest.asked(to),
    'transfer-withdrawn': () => transferRequest.withdrawn(),
    'hand-over-requested': () =>
      handOverRequest.asked(
        async (accept) => call.leg?.answerHandOver?.(accept),
        async () => context.signaling.loadConference?.(),
      ),
    'hand-over-withdrawn': () => handOverRequest.withdrawn(),
  }
  return {
    hold,
    modification,
    transferRequest,
    handOverRequest,
    recovery: leg && new LinkRecovery(leg, linkWatch(call), call.gone),
    told: (name, payload) => listeners[name](payload),
  }
}

function linkWatch(call: Call): LinkWatch {
  return {
    changed: (link) => call.set({ link }),
    held: () => call.snapshot.hold.local || call.snapshot.hold.remote,
    abandoned: () => call.abandon(),
  }
}

/** Tells once why no sound gets through, where none ever did. */
function watchFirstPath(call: Call, leg: Leg, context: CallContext): void {
  const watch = new AbortController()
  const signal = AbortSignal.any([call.gone, watch.signal])
  if (leg.connection?.connectionState === 'connected') return
  const tell = async ({ connection }: Leg) => {
    if (connection) context.report(new PlaceError(diagnosePath(await readPath(connection))), 'call')
  }
  const follow = (link: LegEvents['link']) => {
    if (link === 'ok' || link === 'lost') watch.abort()
    if (link !== 'lost') return
    // A connection that is closed meanwhile has no statistics, and nobody who waits for its sound.
    tell(leg).catch(() => {})
  }
  leg.on('link', follow, { signal })
  // A connection that has nothing to try neither works nor fails.
  const timer = setTimeout(() => follow('lost'), firstPathLimit)
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  if (leg.connection?.connectionState === 'failed') follow('lost')
}

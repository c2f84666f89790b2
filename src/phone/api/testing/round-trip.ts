import type { Identity, Signaling } from '../../../signaling/signaling.ts'

/**
 * One round trip to a network's server, by a session of nobody's phone that stays signed in: what was sent to the
 * server before is done when it resolves.
 */
export function roundTrip(make: () => Promise<readonly [Signaling, Identity]>): () => Promise<void> {
  let signedIn: Promise<Signaling> | undefined
  const signIn = async (): Promise<Signaling> => {
    const [signaling, identity] = await make()
    await signaling.connect(identity, new AbortController().signal)
    return signaling
  }
  return async () => {
    const signaling = await (signedIn ??= signIn())
    await signaling.refresh(new AbortController().signal)
  }
}

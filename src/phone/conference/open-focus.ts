import { SignalingError, type LegMedia } from '../../signaling/signaling.ts'
import type * as InPage from './browser-focus.ts'
import { ServerFocus } from './server-focus.ts'
import type { Focus, FocusContext } from './focus.ts'

/** What mixes a conference in the page of its host. */
export const loadBrowserFocus = (): Promise<typeof InPage> => import('./browser-focus.ts')

/**
 * Opens what brings the parties of a conference together: a server of the network, where there is one that can, else the
 * host's page. What it took is given back when `signal` aborts.
 */
export async function openFocus(context: FocusContext, media: LegMedia, signal: AbortSignal): Promise<Focus> {
  const { signaling, takesLegs } = context
  if (signaling.capabilities.mix === 'server' && !takesLegs) {
    const focus = await atServer(context, media, signal)
    if (focus) return focus
  }
  const { BrowserFocus } = await loadBrowserFocus()
  return BrowserFocus.open(context, media, signal)
}

/** `null` where every server is out of order, or passes on no pictures: the host's page can do it as well. */
async function atServer(context: FocusContext, media: LegMedia, signal: AbortSignal): Promise<Focus | null> {
  try {
    return await ServerFocus.open(context, media, signal)
  } catch (error) {
    if (error instanceof SignalingError && error.details.status === 503) return null
    throw error
  }
}

import { LocalMedia } from '../media/local-media.ts'
import { loadSignaling } from '../signaling/registry.ts'
import type { MediaElements } from './call.ts'
import type { Line } from './line.ts'
import { refuse, requireMedia, requireOptions } from './refuse.ts'
import type { MediaType } from './snapshot.ts'

/* What a page may do beside sign-in and calls. Loaded when it is asked for. */

/** Opens the devices; the next call takes them over. */
export async function getUserMedia(
  line: Line,
  options: MediaElements & { readonly mediaType: MediaType },
): Promise<void> {
  requireOptions(options, '5001')
  const { mediaType } = options
  if (mediaType === undefined || mediaType === null) refuse('5011')
  if (mediaType !== 'audio' && mediaType !== 'video') refuse('5012')
  const localMedia = requireMedia(options.localMedia, '5111')
  const local = (line.prepared ??= new LocalMedia())
  await line.devices.open(local, mediaType, line.disposed)
  if (localMedia) {
    localMedia.muted = true
    localMedia.autoplay = true
    localMedia.srcObject = local.stream
  }
  line.publish('media:captured', { mediaType, timestamp: new Date() })
}

/** Ties a token to a user, where the network knows such. */
export async function associateAccessToken(line: Line, userId: string, token: string): Promise<void> {
  const signaling = line.options.signaling?.() ?? (await loadSignaling(line.options))
  await signaling.associateAccessToken?.({ userId, token }, line.disposed)
}

/** Links another emergency address to the session. */
export async function associateE911Id(line: Line, options: { readonly e911Id: string }): Promise<void> {
  requireOptions(options, '2051')
  if (!options.e911Id) refuse('2052')
  if (!line.session.ready) refuse('2053')
  await line.session.signaling.associateE911Id?.(options.e911Id, line.disposed)
  line.publish('address-updated', {})
}

import { abortable } from '../base/abortable.ts'
import type { CaptureError } from '../media/capture.ts'
import { canCaptureScreen } from '../media/screen-capture.ts'
import type { Cause } from '../place/cause.ts'
import { diagnoseCapture, diagnoseScreen, whyNoMicrophone } from '../place/diagnose-capture.ts'
import { looksPrivate } from '../place/address-space.ts'
import { answerFor, asksForLocalNetwork, diagnoseServer, isMixedContent } from '../place/diagnose-server.ts'
import { permissionState, readPlace } from '../place/place-facts.ts'
import { knowsSpaces, readServerAnswers } from '../place/server-answers.ts'
import type { SignalingError } from '../signaling/signaling.ts'

/* Asks the browser why something failed. Loaded with the words of the errors. */

/** How long the list of devices is waited for, in ms. */
const patience = 500

/** Why these devices did not open; `null` for what no browser is known to say. */
export async function causeOfCapture({ kinds, cause }: CaptureError): Promise<Cause | null> {
  const [audio, video, present] = await Promise.all([
    permissionState('microphone'),
    permissionState('camera'),
    presentKinds(),
  ])
  const { name = '', message = '' } = (cause as Error | undefined) ?? {}
  const permissions = { audio, video }
  return diagnoseCapture(readPlace(), { kinds, errorName: name, errorMessage: message, permissions, present })
}

async function presentKinds(): Promise<ReadonlySet<'audio' | 'video'> | null> {
  try {
    // Firefox lists no devices for a tab in the background before it is in front again.
    const devices = await abortable(navigator.mediaDevices.enumerateDevices(), AbortSignal.timeout(patience))
    const kinds = devices.map(({ kind }) => (kind === 'audioinput' ? 'audio' : kind === 'videoinput' ? 'video' : null))
    return new Set(kinds.filter((kind) => kind !== null))
  } catch {
    return null
  }
}

/** What keeps this page from any call, known before one is made; `null` where nothing does. */
export function causeOfPlace(): Cause | null {
  return whyNoMicrophone(readPlace())
}

/** Why the screen could not be shown; `null` where the person took it back. */
export function causeOfScreen(error: unknown): Cause | null {
  const errorMessage = error instanceof Error ? error.message : ''
  return diagnoseScreen(readPlace(), { supported: canCaptureScreen(), errorMessage })
}

/** Why a server could not be reached; `null` where it is down, as far as a browser lets a page see. */
export async function causeOfUnreachable({ details }: SignalingError): Promise<Cause | null> {
  const { url, closeCode, cause } = details
  if (url === undefined || !URL.canParse(url)) return null
  const page = new URL(location.href)
  const server = new URL(url)
  const [newer, thisMachine, older] = await Promise.all(
    ['local-network', 'loopback-network', 'local-network-access'].map(permissionState),
  )
  const localNetwork = newer === 'unknown' ? (older ?? 'unknown') : (newer ?? 'unknown')
  const loopback = thisMachine === 'unknown' ? localNetwork : (thisMachine ?? 'unknown')
  const refused = isWebSocketAddress(server) && cause !== undefined
  const answer = answerFor({ server, localNetwork, loopback })
  const isAsked = !looksPrivate(page.hostname) && (answer === 'prompt' || answer === 'denied')
  const seen = { page, server, closeCode, localNetwork, loopback, knowsSpaces: knowsSpaces(), refused }
  const quiet =
    isMixedContent(page, server, seen.knowsSpaces && !refused) ||
    closeCode === 1015 ||
    (isAsked && asksForLocalNetwork(seen))
  // A browser that would ask the person once more is not made to.
  const { blockedByPolicy, ...answers } = quiet
    ? { blockedByPolicy: false, same: false, other: false }
    : await readServerAnswers(server, page, isAsked ? 'public' : undefined)
  return diagnoseServer(readPlace(), { ...seen, blockedByPolicy, answers })
}

const isWebSocketAddress = ({ protocol }: URL) => protocol === 'ws:' || protocol === 'wss:'

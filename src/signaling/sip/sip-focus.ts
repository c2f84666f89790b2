import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { SignalingError, type Leg, type PlaceOptions } from '../signaling.ts'

/** Header field of ours, beside the `isfocus` of the Contact: what the focus calls for, where that is no invitation. */
const purposeField = 'Focus-Purpose'

const purposes = ['hand-over', 'hand-over-silenced'] as const

/** Header field of ours: the secret that the dialog of a conference was told before, which proves whose focus calls. */
const tokenField = 'Focus-Token'

/** What an INFO of ours brings, that tells the secret. */
const announcementType = 'application/x-att-focus-token'

/** Tells the far side of a session by what secret it knows the legs that hand a conference over to it. */
export function announceHandOver(session: RTCSession, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(new SignalingError('refused', 'The far side takes no conference over', { resource: 'INFO' }))
    session.once('newInfo', ({ info }: { info: { once(name: string, listener: () => void): unknown } }) => {
      info.once('succeeded', () => resolve())
      info.once('failed', fail)
    })
    session.once('ended', fail)
    session.sendInfo(announcementType, token)
  })
}

/** Calls `announced` with each secret that the far side of a session tells. */
export function hearHandOver(session: RTCSession, announced: (token: string) => void): void {
  session.on('newInfo', ({ originator, info }: NewInfo) => {
    if (originator === 'remote' && info.contentType === announcementType && /^[\w-]{32,64}$/.test(info.body ?? ''))
      announced(info.body ?? '')
  })
}

/** What JsSIP tells of an INFO, of ours or theirs. */
export interface NewInfo {
  readonly originator: string
  readonly info: { readonly contentType?: string; readonly body?: string | null }
}

/** The secret an INVITE brings; `null` without one. */
export function tokenOf(request: { getHeader(name: string): string | undefined }): string | null {
  return request.getHeader(tokenField)?.trim() ?? null
}

/** Header fields of an INVITE that say what the focus of a conference calls for. */
export function focusFields(focus: PlaceOptions['focus'], token: string | null): readonly string[] {
  return typeof focus === 'string' ? [`${purposeField}: ${focus}`, ...(token ? [`${tokenField}: ${token}`] : [])] : []
}

/** What an INVITE is, by the parameter of its Contact that tells a focus (RFC 4579, 5.1) and what that says beside it. */
export function conferenceOf(request: { getHeader(name: string): string | undefined }): Leg['conference'] {
  if (!/;\s*isfocus\b/i.test(request.getHeader('Contact') ?? '')) return false
  const said = request.getHeader(purposeField)?.trim().toLowerCase()
  return purposes.find((purpose) => purpose === said) ?? true
}

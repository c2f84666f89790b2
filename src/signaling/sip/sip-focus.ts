import type { Leg, PlaceOptions } from '../signaling.ts'

/** Header field of ours, beside the `isfocus` of the Contact: what the focus calls for, where that is no invitation. */
const purposeField = 'Focus-Purpose'

const purposes = ['hand-over', 'hand-over-silenced'] as const

/** Header fields of an INVITE that say what the focus of a conference calls for. */
export function focusFields(focus: PlaceOptions['focus']): readonly string[] {
  return typeof focus === 'string' ? [`${purposeField}: ${focus}`] : []
}

/** What an INVITE is, by the parameter of its Contact that tells a focus (RFC 4579, 5.1) and what that says beside it. */
export function conferenceOf(request: { getHeader(name: string): string | undefined }): Leg['conference'] {
  if (!/;\s*isfocus\b/i.test(request.getHeader('Contact') ?? '')) return false
  const said = request.getHeader(purposeField)?.trim().toLowerCase()
  return purposes.find((purpose) => purpose === said) ?? true
}

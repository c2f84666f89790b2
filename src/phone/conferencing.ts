import { SignalingError } from '../signaling/signaling.ts'
import type { Line } from './line.ts'
import type { ConferenceOptions, JoinOptions } from './phone-conference.ts'
import { refuse, requireAddress, requireMedia, requireMediaType, requireOptions } from './refuse.ts'

/*
 * What each conference method asks for, in the order of its codes. Loaded with the first of them: most pages have none.
 */

export async function startConference(line: Line, options: ConferenceOptions): Promise<void> {
  requireMediaType(options.mediaType, '3111')
  requireMedia(options.localMedia, '3121')
  requireMedia(options.remoteMedia, '3122')
  if (!line.session.ready) refuse('3131')
  throw new SignalingError('refused', 'This network has no conferences', { status: 501 })
}

export async function joinConference(line: Line, options: JoinOptions): Promise<void> {
  requireOptions(options, '3201')
  requireMedia(options.localMedia, '3211')
  requireMedia(options.remoteMedia, '3212')
  if (!line.session.ready) refuse('3221')
  refuse('3231')
}

export async function rejectConference(line: Line): Promise<void> {
  if (!line.session.ready) refuse('3301')
  refuse('3302')
}

export async function addParticipant(line: Line, participant: string): Promise<void> {
  requireAddress(participant, '36')
  if (!line.session.ready) refuse('3621')
  refuse('3631')
}

export async function removeParticipant(line: Line, participant: string): Promise<void> {
  if (!participant) refuse('3711')
  if (!line.session.ready) refuse('3721')
  refuse('3731')
}

export async function endConference(line: Line): Promise<void> {
  if (!line.session.ready) refuse('3501')
  refuse('3502')
}

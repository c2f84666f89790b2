import { SignalingError, type Leg } from '../../signaling/signaling.ts'
import type { Call } from '../call.ts'
import { isSettled, leave } from '../call-conditions.ts'
import type { Line } from '../line.ts'
import { dialledAddress } from '../numbers/address.ts'
import type { ConferenceOptions, JoinOptions, ParticipantMute } from '../phone-conference.ts'
import { refuse, requireAddress, requireMediaType, requireOptions } from '../refuse.ts'
import { cannot } from './cannot.ts'
import { Conferences } from './conferences.ts'
import type { Conference } from './conference.ts'

/*
 * What each conference method asks for, in the order of its codes. Loaded with the first of them, or with the first
 * invitation: most pages have none.
 */

/** The focus of a conference calls. */
export async function invited(line: Line, leg: Leg): Promise<void> {
  if (typeof leg.conference === 'string') await conferences(line).offered(leg)
  // Another call may have come while this was loaded.
  else if (line.full) line.decline(leg)
  else conferences(line).invited(leg)
}

export async function startConference(line: Line, options: ConferenceOptions): Promise<void> {
  requireOptions(options, '3101')
  const mediaType = requireMediaType(options.mediaType, '3111')
  const elements = line.calling.readMedia(options, '3121', '3122')
  if (!line.session.ready) refuse('3131')
  requireConferences(line)
  if (line.full) cannot('There are two calls already: end one, or merge them')
  await line.calling.makeRoom('hold')
  await conferences(line).start(elements, { mediaType, method: 'startConference' })
}

export async function joinConference(line: Line, options: JoinOptions): Promise<void> {
  requireOptions(options, '3201')
  const elements = line.calling.readMedia(options, '3211', '3212')
  if (!line.session.ready) refuse('3221')
  const call = line.calls.incoming('conference')
  if (!call || line.calling.beginning) return refuse('3231')
  const { action = 'hold', mediaType = call.snapshot.mediaType } = options
  if (action !== 'hold' && action !== 'end') refuse('3241')
  await line.calling.take(call, elements, mediaType, action)
}

export async function rejectConference(line: Line): Promise<void> {
  if (!line.session.ready) refuse('3301')
  await (line.calls.incoming('conference') ?? refuse('3302')).reject()
}

export async function addParticipant(line: Line, participant: string): Promise<void> {
  const address = await line.readNumber(() => requireAddress(participant, '36', line.dialPlan))
  if (!line.session.ready) refuse('3621')
  await hosted(line, '3631').invite(address)
}

export async function removeParticipant(line: Line, participant: string): Promise<void> {
  const conference = conferenceOf(line, participant)
  if (!(await conference.remove(addressOf(line, participant)))) warnOfStranger(line, conference)
}

export async function handOverConference(line: Line, participant: string): Promise<void> {
  await conferenceOf(line, participant).handOver(addressOf(line, participant))
}

export async function acceptHandOver(line: Line): Promise<void> {
  await answerHandOver(line, true, '53')
}

export async function rejectHandOver(line: Line): Promise<void> {
  await answerHandOver(line, false, '54')
}

export async function setParticipantMuted(line: Line, { participant, muted }: ParticipantMute): Promise<void> {
  const conference = conferenceOf(line, participant)
  if (!conference.silence(addressOf(line, participant), muted)) warnOfStranger(line, conference)
}

export async function muteAllParticipants(line: Line, muted: boolean): Promise<void> {
  if (!line.session.ready) refuse('3721')
  hosted(line, '3731').silenceAll(muted)
}

export async function endConference(line: Line): Promise<void> {
  if (!line.session.ready) refuse('3501')
  await leave(line.conferences?.active ?? refuse('3502'))
}

/** Makes one conference of the two calls; where one of them is a conference of this user, the other joins it. */
export async function merge(line: Line): Promise<void> {
  if (!line.session.ready) refuse('3131')
  requireConferences(line)
  const { foreground, background } = line.calls
  if (!foreground || !background) return cannot('There have to be two calls')
  const own = line.conferences?.hosted
  const joining = [background, foreground].filter((call) => call !== own?.call)
  for (const call of joining) {
    if (call.snapshot.callType === 'conference') cannot('Another user hosts one of them')
    if (!isSettled(call)) cannot('Both have to be up, with nothing under way')
  }
  const addresses = joining.map(({ snapshot }) => snapshot.remote.address)
  if (new Set(addresses).size < addresses.length || addresses.some((each) => own?.find(each))) refuse('3641')
  if (own) await adopt(own, joining)
  const conference = own ?? (await merged(line, joining, foreground))
  line.calls.foreground = conference.call
  await conference.call.changes.hold.giveBack()
}

/** A new conference of these calls; where it cannot be, or none of them can be brought in, they are as they were. */
async function merged(line: Line, calls: readonly Call[], foreground: Call): Promise<Conference> {
  const mediaType = calls.some(({ snapshot }) => snapshot.mediaType === 'video') ? 'video' : 'audio'
  let conference: Conference | null = null
  try {
    conference = await conferences(line).start(line.elements, { mediaType, method: 'merge' })
    await adopt(conference, calls)
    return conference
  } catch (error) {
    if (!foreground.ended) line.calls.foreground = foreground
    if (conference && !conference.call.ended) await giveWay(conference, foreground)
    throw error
  }
}

/** A conference that not all have come to: without anybody it ends, and it does not sound beside the call one is in. */
async function giveWay(conference: Conference, foreground: Call): Promise<void> {
  const { call } = conference
  if (conference.isEmpty) await call.hangup()
  else if (!foreground.ended) await call.changes.hold.hold(false)
}

/** Takes all in that can be, at the same time. @throws what kept the first one out who stayed in their call */
async function adopt(conference: Conference, calls: readonly Call[]): Promise<void> {
  // Who was muted in one call is not heard in the conference.
  if (calls.some(({ snapshot }) => snapshot.muted)) conference.call.setMuted(true)
  const results = await Promise.allSettled(calls.map((call) => conference.adopt(call)))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

function conferences(line: Line): Conferences {
  return (line.conferences ??= new Conferences(line))
}

function hosted(line: Line, code: string): Conference {
  return line.conferences?.hosted ?? refuse(code)
}

function conferenceOf(line: Line, participant: unknown): Conference {
  if (typeof participant !== 'string' || participant === '') refuse('3711')
  if (!line.session.ready) refuse('3721')
  return hosted(line, '3731')
}

/** Of two hosts who ask, the one in the foreground is answered first. */
async function answerHandOver(line: Line, accept: boolean, prefix: string): Promise<void> {
  if (!line.session.ready) refuse(`${prefix}01`)
  const asking = line.calls.all.filter(({ snapshot }) => snapshot.handOverAsked)
  const call = asking.find(({ snapshot }) => snapshot.foreground) ?? asking[0] ?? refuse(`${prefix}31`)
  await call.changes.handOverRequest.answer(accept)
}

/** A participant may be named as they were invited, or by their URI. */
function addressOf(line: Line, participant: string): string {
  const read = dialledAddress(participant, line.dialPlan)
  return 'address' in read ? read.address : participant
}

function warnOfStranger(line: Line, { call }: Conference): void {
  const { index, mediaType, codecs } = call.snapshot
  const message = 'Nobody of that address is in the conference'
  line.publish('warning', { message, index, mediaType, codec: codecs, timestamp: new Date() })
}

function requireConferences(line: Line): void {
  if (line.session.snapshot.capabilities.conference) return
  throw new SignalingError('refused', 'This network has no conferences', { status: 501 })
}

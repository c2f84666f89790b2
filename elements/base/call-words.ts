import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { partyName } from './party-name.ts'

/** What a call is called on the screen: as the other party, or who invites, is; or as the conference it is. */
export function callName(phone: Phone, call: CallSnapshot, messages: Messages): string {
  const { callType, direction, remote, connectedAt } = call
  const name = partyName(phone, remote, messages)
  if (callType === 'call' || (direction === 'incoming' && connectedAt === null)) return name
  return direction === 'outgoing' ? messages.conference : messages.conferenceWith(name)
}

/** What rings and who it is, in a sentence: for a screen reader. */
export function sayIncoming(phone: Phone, call: CallSnapshot, messages: Messages): string {
  const name = callName(phone, call, messages)
  return call.callType === 'conference'
    ? messages.invitesYou(name)
    : messages.sayIncoming(name, call.mediaType === 'video')
}

/** How far a call is that is not up. */
export function progressWord({ progress, waiting }: CallSnapshot, messages: Messages): string {
  if (waiting && progress !== 'ending' && progress !== 'ended') return messages[waiting]
  return messages[progress === 'new' ? 'dialing' : progress === 'ended' ? 'ending' : progress]
}

/** What it is that rings. */
export function incomingText({ callType, mediaType }: CallSnapshot, messages: Messages): string {
  return callType === 'conference' ? messages.incomingConference : messages.incoming(mediaType === 'video')
}

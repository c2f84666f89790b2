import { partyName } from '../base/party-name.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { ConferenceSnapshot, ParticipantSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'

const isIn = (participant: ParticipantSnapshot | undefined): boolean =>
  participant?.state === 'joined' || participant?.state === 'held'

/** What a screen reader is told of who came and went between two moments of one conference; empty when nobody did. */
export function rosterAnnouncements(
  phone: Phone,
  now: ConferenceSnapshot | null,
  before: ConferenceSnapshot | null,
  messages: Messages,
): readonly string[] {
  if (now?.role === 'host' && before?.role === 'participant') return [messages.sayYouHost]
  if (!now || before?.index !== now.index) return []
  // A participant knows whose pictures come, and not who is in.
  if (now.role === 'participant') return []
  // Who goes to another host does not leave.
  if (phone.snapshot.calls.some(({ index, pending }) => index === now.index && pending === 'transfer')) return []
  const name = (participant: ParticipantSnapshot): string => partyName(phone, participant, messages)
  const was = new Map(before.participants.map((participant) => [participant.address, participant]))
  const is = new Map(now.participants.map((participant) => [participant.address, participant]))
  const came = now.participants.filter((participant) => isIn(participant) && !isIn(was.get(participant.address)))
  const gone = before.participants.filter(({ address }) => !is.has(address))
  return [
    ...came.map((participant) => messages.sayJoined(name(participant))),
    ...gone.map((participant) =>
      isIn(participant) || participant.state === 'leaving'
        ? messages.sayLeft(name(participant))
        : messages.sayNotJoined(name(participant)),
    ),
  ]
}

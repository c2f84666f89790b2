import type { MediaType, ParticipantSnapshot } from '../snapshot.ts'

/** Somebody at `address` who is about to be invited; nothing else is known of them until the network answers. */
export function newParticipant(address: string, mediaType: MediaType): ParticipantSnapshot {
  return Object.freeze({
    address,
    uri: address,
    state: 'inviting',
    muted: false,
    silenced: false,
    level: 0,
    speaking: false,
    mediaType,
    stream: null,
  })
}

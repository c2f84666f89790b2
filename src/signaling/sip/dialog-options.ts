import type { ConnectionSettings } from '../../media/connection-settings.ts'
import type { Outbox } from '../outbox.ts'
import type { IdentityOptions } from './sip-party.ts'

/** What the dialogs of one account have in common. */
export interface DialogOptions extends IdentityOptions {
  /** For what the far side has to hear when it can be reached again. */
  readonly outbox: Outbox
  /** s */
  readonly sessionExpires: number
}

/** Options of JsSIP for a session whose tracks and transceivers are ours. */
export function sessionOptions(
  settings: ConnectionSettings,
  { sessionExpires }: Pick<DialogOptions, 'sessionExpires'>,
): {
  mediaConstraints: { audio: false; video: false }
  sessionTimersExpires: number
  pcConfig: RTCConfiguration
} {
  return {
    mediaConstraints: { audio: false, video: false },
    sessionTimersExpires: sessionExpires,
    pcConfig: {
      iceServers: [...settings.iceServers],
      iceTransportPolicy: settings.iceTransport === 'relay' ? 'relay' : 'all',
    },
  }
}

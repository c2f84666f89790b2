/** What a gateway with extensions tells of a session. */
export interface SessionAnswer {
  readonly userId?: string
  /** A media server mixes its conferences, with as many participants. */
  readonly mix?: 'server'
  readonly participantLimit?: number
  /** The same with pictures; absent where it passes on none. */
  readonly videoParticipantLimit?: number
  /** Of a session that a page before had: the last event that was handed out. */
  readonly lastEvent?: number
  /** Time between the messages of an open channel, in seconds. */
  readonly pingInterval?: number
  /** How long a poll may go unanswered, in seconds. */
  readonly pollWait?: number
}

/** What the gateway answers to a sign-in; nothing where it is an original one. */
export async function answerOf(response: Response): Promise<SessionAnswer> {
  const body = (await response.json().catch(() => ({}))) as { readonly session?: SessionAnswer } | null
  return body?.session ?? {}
}

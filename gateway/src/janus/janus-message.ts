/** A session description of a Janus handle. */
export interface Jsep {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
  /** False: all its candidates are in it. Default: more may follow. */
  readonly trickle?: boolean
}

/** What a plugin says. `error_code` and `error` are there when it refused. */
export interface PluginData {
  readonly [key: string]: unknown
  readonly error_code?: number
  readonly error?: string
}

/** A message of Janus: the answer to a request, by its transaction, or something that happened. */
export interface JanusMessage {
  readonly janus: string
  readonly transaction?: string
  /** Id of the handle it is about. */
  readonly sender?: number
  readonly data?: { readonly id: number }
  readonly plugindata?: { readonly data: PluginData }
  readonly jsep?: Jsep
  readonly error?: { readonly code: number; readonly reason: string }
  /** Why a connection was hung up. */
  readonly reason?: string
  /** Of a `media` message: whether media comes in. */
  readonly receiving?: boolean
  readonly candidate?: { readonly candidate?: string; readonly sdpMid?: string; readonly completed?: boolean }
}

/** A candidate as Janus takes it. */
export interface JanusCandidate {
  readonly candidate: string
  readonly sdpMid: string
}

/** A request of ours that Janus refused, did not answer in time, or was lost before it did. */
export class JanusError extends Error {
  constructor(
    message: string,
    /** Of Janus or of the plugin; 0 where neither said one. */
    readonly code = 0,
  ) {
    super(message)
    this.name = 'JanusError'
  }
}

/** The description of an answer that has to have one. @throws JanusError */
export function described({ jsep }: { readonly jsep: Jsep | undefined }): Jsep {
  if (!jsep) throw new JanusError('Janus gave no session description')
  return jsep
}

/** Reads a message; `null` where it is none. */
export function readMessage(text: string): JanusMessage | null {
  try {
    const message = JSON.parse(text) as JanusMessage | null
    return typeof message?.janus === 'string' ? message : null
  } catch {
    return null
  }
}

/** The error that a message tells of, by Janus itself or by a plugin. */
export function errorOf({ janus, error, plugindata }: JanusMessage): JanusError | null {
  if (janus === 'error') return new JanusError(error?.reason ?? 'Janus refused', error?.code)
  const data = plugindata?.data
  if (data?.error_code === undefined) return null
  return new JanusError(data.error ?? 'The plugin refused', data.error_code)
}

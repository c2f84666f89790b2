import type { ExchangeCommand, ExchangeReply, ModificationKind } from '../../exchange/protocol.ts'
import type { ExchangePort } from '../exchange/exchange-port.ts'
import type { GatewayRest, RestRequest } from './gateway-rest.ts'

/** The `x-calls-action` of a command, where it has another name; a modification has one for each kind. */
const actions: Partial<Record<Action['op'] | ModificationKind, string>> = {
  ring: 'ringing',
  answer: 'call-answer',
  hold: 'initiate-call-hold',
  resume: 'initiate-call-resume',
  mod: 'initiate-call-mod',
  'accept-modification': 'accept-call-mod',
  'reject-modification': 'rejectCancel-call-mod',
  move: 'initiate-call-move',
  transfer: 'initiate-call-transfer',
}

/** The operations of an exchange as requests of the REST protocol. */
export class GatewayPort implements ExchangePort {
  readonly outlivesPage = true
  readonly #rest: GatewayRest
  readonly #session: string

  /** `session` is the path of the session's resource. */
  constructor(rest: GatewayRest, session: string) {
    this.#rest = rest
    this.#session = session
  }

  async request(command: ExchangeCommand, signal?: AbortSignal): Promise<ExchangeReply> {
    const response = await this.#rest.send({ ...this.#requestOf(command), signal })
    const location = response.headers.get('Location')
    const modId = response.headers.get('x-modId')
    return {
      ...(location && { call: location.split('/').at(-1) ?? '' }),
      ...(modId && { modId }),
    }
  }

  #requestOf(command: ExchangeCommand): RestRequest {
    if (command.op === 'dial') {
      const { to: calledParty, sdp, focus } = command
      const call = { calledParty, sdp, ...(focus && { focus }) }
      return { method: 'POST', path: `${this.#session}/calls`, body: { call } }
    }
    const path = `${this.#session}/calls/${encodeURIComponent(command.call)}`
    if (command.op === 'candidates')
      return { method: 'PATCH', path, type: 'application/trickle-ice-sdpfrag', body: command.sdpfrag }
    if (command.op !== 'end') return put(path, command)
    const detail = command.detail && { 'x-delete-detail': command.detail }
    // The last thing a page that is closing says.
    return { method: 'DELETE', path, headers: { 'x-delete-reason': command.how, ...detail }, keepalive: true }
  }
}

type Action = Exclude<ExchangeCommand, { op: 'dial' | 'candidates' | 'end' }>

function put(path: string, command: Action): RestRequest {
  const kind = command.op === 'modify' ? command.kind : command.op
  const type = (kind === 'hold' || kind === 'resume') && { type: 'offer' }
  return {
    method: 'PUT',
    path,
    headers: {
      'x-calls-action': actions[kind] ?? kind,
      ...('modId' in command && { 'x-modId': command.modId }),
      ...('target' in command && { 'x-transferTargetCallId': command.target }),
    },
    ...('sdp' in command && { body: { callsMediaModifications: { sdp: command.sdp, ...type } } }),
  }
}

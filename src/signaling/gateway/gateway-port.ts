import type { EndKind, ExchangeCommand, ExchangeReply, ModificationKind } from '../../exchange/protocol.ts'
import type { ExchangePort } from '../exchange/exchange-port.ts'
import type { GatewayRest, RestRequest } from './gateway-rest.ts'

const modifyActions: Readonly<Record<ModificationKind, string>> = {
  hold: 'initiate-call-hold',
  resume: 'initiate-call-resume',
  mod: 'initiate-call-mod',
}

const endReasons: Readonly<Record<EndKind, string>> = { cancel: 'cancel', reject: 'reject', terminate: 'terminate' }

/** The operations of an exchange as requests of the REST protocol. */
export class GatewayPort implements ExchangePort {
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
      return {
        method: 'POST',
        path: `${this.#session}/calls`,
        body: { call: { calledParty: command.to, sdp: command.sdp } },
      }
    }
    const path = `${this.#session}/calls/${encodeURIComponent(command.call)}`
    switch (command.op) {
      case 'end': {
        const detail = command.detail ? { 'x-delete-detail': command.detail } : {}
        // The last thing a page that is closing says.
        return {
          method: 'DELETE',
          path,
          headers: { 'x-delete-reason': endReasons[command.how], ...detail },
          keepalive: true,
        }
      }
      case 'candidates':
        return { method: 'PATCH', path, type: 'application/trickle-ice-sdpfrag', body: command.sdpfrag }
      case 'ring':
        return put(path, 'ringing')
      case 'move':
        return put(path, 'initiate-call-move')
      case 'transfer':
        return put(path, 'initiate-call-transfer', undefined, { 'x-transferTargetCallId': command.target })
      case 'rejoin':
        return put(path, 'rejoin', { sdp: command.sdp })
      case 'answer':
        return put(path, 'call-answer', { sdp: command.sdp })
      case 'modify':
        return put(path, modifyActions[command.kind], {
          sdp: command.sdp,
          ...(command.kind !== 'mod' && { type: 'offer' }),
        })
      case 'accept-modification':
        return put(path, 'accept-call-mod', { sdp: command.sdp }, { 'x-modId': command.modId })
      case 'reject-modification':
        return put(path, 'rejectCancel-call-mod', { sdp: command.sdp }, { 'x-modId': command.modId })
    }
  }
}

function put(
  path: string,
  action: string,
  modifications?: object,
  headers?: Readonly<Record<string, string>>,
): RestRequest {
  return {
    method: 'PUT',
    path,
    headers: { 'x-calls-action': action, ...headers },
    ...(modifications && { body: { callsMediaModifications: modifications } }),
  }
}

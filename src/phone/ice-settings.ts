import { defaultConnectionSettings, type ConnectionSettings } from '../media/connection-settings.ts'
import { refuse } from './refuse.ts'

/** An ICE server in today's spelling, or with the `url` of the original SDK. */
export interface IceServerOption {
  readonly urls?: string | readonly string[]
  readonly url?: string
  readonly username?: string
  readonly credential?: string
}

/** How the next peer connection finds its way, as a page may set it. */
export class IceSettings {
  #settings: ConnectionSettings = defaultConnectionSettings

  get settings(): ConnectionSettings {
    return this.#settings
  }

  /** @throws {PhoneError} 4811 for anything that is not a list of STUN and TURN servers; nothing changes then. */
  setIceServers(iceServers: readonly IceServerOption[]): void {
    if (!Array.isArray(iceServers)) refuse('4811')
    const servers = Object.freeze(iceServers.map(readServer))
    this.#settings = Object.freeze({ ...this.#settings, iceServers: servers })
  }

  /** @throws {PhoneError} 4821 */
  setIceTransport(iceTransport: ConnectionSettings['iceTransport']): void {
    if (!['all', 'none', 'relay'].includes(iceTransport)) refuse('4821')
    this.#settings = Object.freeze({ ...this.#settings, iceTransport })
  }

  /** @throws {PhoneError} 4831 */
  setIpv6(ipv6: boolean): void {
    if (typeof ipv6 !== 'boolean') refuse('4831')
    this.#settings = Object.freeze({ ...this.#settings, ipv6 })
  }

  /** Puts one setting back to its default. */
  reset(setting: keyof ConnectionSettings): void {
    this.#settings = Object.freeze({ ...this.#settings, [setting]: defaultConnectionSettings[setting] })
  }
}

const address = /^(stuns?|turns?):[^\s]+$/i

function readServer(server: unknown): RTCIceServer {
  const { urls, url, username, credential } = (server ?? {}) as IceServerOption
  const given = urls ?? url
  const list: readonly string[] = typeof given === 'string' ? [given] : Array.isArray(given) ? given : []
  const valid = list.length > 0 && list.every((each) => typeof each === 'string' && address.test(each))
  if (!valid) refuse('4811')
  // The seed's own example writes the scheme in capitals, which browsers refuse.
  const normal = list.map((each) => each.replace(/^[a-z]+/i, (scheme) => scheme.toLowerCase()))
  const turn = normal.some((each) => each.startsWith('turn'))
  if (turn && (typeof username !== 'string' || typeof credential !== 'string')) refuse('4811')
  return Object.freeze({
    urls: normal,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  })
}

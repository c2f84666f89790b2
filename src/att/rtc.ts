import { Phone, version } from '../index.ts'
import { legacyPhone, type LegacyPhone } from './legacy-phone.ts'

/** Where calls go. What is left out, or `undefined`, stays as it was set before. */
export interface EndpointOptions {
  /** Address of a gateway, `https://calls.example.com`. */
  readonly api_endpoint?: string | null
  /** Path of its resources. Default `/RTC/v1`. */
  readonly ewebrtc_uri?: string | null
  /**
   * Address of the network, as `<att-phone server>` takes it, in place of the two others: a gateway (`https:`), a SIP
   * exchange (`wss:`), or `null` for the tabs of this origin.
   */
  readonly server?: string | null
}

/** Names of the audio codecs a page may choose from. */
export type AudioCodec = 'opus' | 'G722' | 'PCMU' | 'PCMA'

const audioCodecs: readonly AudioCodec[] = Object.freeze(['opus', 'G722', 'PCMU', 'PCMA'])
const usualCodec: AudioCodec = 'opus'

/** Refuses what is no address, before anything is changed. */
function checkEndpoints(options: object): void {
  for (const name of ['api_endpoint', 'ewebrtc_uri', 'server']) {
    const value: unknown = options[name as keyof typeof options]
    if (value !== undefined && value !== null && typeof value !== 'string') {
      throw new TypeError(`ATT.rtc.configure: ${name} is no text; pass an address, or leave it out`)
    }
  }
}

let endpoint = ''
let path = '/RTC/v1'
let codec: AudioCodec = usualCodec

/** Both parts in one address; without an endpoint, of the page's own origin. */
function gatewayAddress(): string {
  return new URL(endpoint.replace(/\/+$/, '') + path, (globalThis.location as Location | undefined)?.href).href
}

function configure(options: EndpointOptions = {}): void {
  checkEndpoints(options)
  const { api_endpoint, ewebrtc_uri, server } = options
  endpoint = api_endpoint ?? endpoint
  path = ewebrtc_uri ?? path
  if (server !== undefined) Phone.getPhone().configure({ server })
  else if (typeof (api_endpoint ?? ewebrtc_uri) === 'string') Phone.getPhone().configure({ server: gatewayAddress() })
}

function setAudioCodec(name: string): void {
  const wanted = audioCodecs.find((each) => each.toLowerCase() === name.toLowerCase())
  if (!wanted) throw new TypeError(`There is no audio codec ${name}: use one of ${audioCodecs.join(', ')}`)
  codec = wanted
  Phone.getPhone().configure({ codecs: [wanted] })
}

function resetAudioCodec(): void {
  codec = usualCodec
  Phone.getPhone().configure({ codecs: [] })
}

/** The part of the namespace that leads to the phone. */
export const rtc = {
  /** Where the original kept `getPhone`. */
  Phone: {
    /** The page's phone: one for every copy of the script, and for the tags. */
    getPhone: (): LegacyPhone => legacyPhone(Phone.getPhone()),
  },
  /**
   * Says where calls go, from the next sign-in on.
   *
   * @throws {TypeError} for an address that is no text; nothing changes then.
   */
  configure,
  /** Version of this script. */
  getVersion: (): string => version,
  getSupportedAudioCodecs: (): readonly AudioCodec[] => audioCodecs,
  /** The codec that the next call prefers. */
  getAudioCodec: (): AudioCodec => codec,
  /**
   * Makes the next call prefer a codec, which is taken if the other side has it.
   *
   * @throws {TypeError} for a name that is not among `getSupportedAudioCodecs()`; nothing changes then.
   */
  setAudioCodec,
  /** Leaves the choice to the browser again. */
  resetAudioCodec,
}

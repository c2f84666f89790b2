import type { BrowserName, Launch } from './test-browser.ts'
import type { PlacesSite } from './places.ts'

/** Names that lead to this machine in the browsers of these tests, by the look of where they stand. */
export const hosts = {
  /** Of the page. */
  page: 'phone.test',
  /** Of the page in a frame of the other. */
  frame: 'other.test',
  /** Of a server, which may stand anywhere. */
  named: 'pbx.test',
  /** Of a server of the local network. */
  local: 'pbx.local',
  /** That no server can have: DNS has no names with so long a part, so that nobody has to be asked for it. */
  unknown: `${'x'.repeat(70)}.test`,
} as const

/**
 * How a browser is started to which the https pages of a site come from the internet, and all else from this machine, or
 * from the local network (`locals`: ports). Chromium trusts the site's certificate and no other, Firefox any.
 */
export function fromTheInternet(
  name: BrowserName,
  site: PlacesSite,
  locals: () => readonly number[] = () => [],
): Launch {
  const names = Object.values(hosts).filter((host) => host !== hosts.unknown)
  return {
    trusting: name === 'firefox',
    pressable: name === 'firefox',
    get switches() {
      const spaces = [`127.0.0.1:${site.securePort}=public`, ...locals().map((port) => `127.0.0.1:${port}=local`)]
      const rules = [...names.map((host) => `MAP ${host} 127.0.0.1`), `MAP ${hosts.unknown} ~NOTFOUND`]
      return [
        `--ip-address-space-overrides=${spaces.join(',')}`,
        `--ignore-certificate-errors-spki-list=${site.fingerprint}`,
        `--host-resolver-rules=${rules.join(', ')}`,
      ]
    },
    get preferences() {
      return {
        'network.dns.localDomains': names.join(','),
        'network.lna.address_space.public.override': `127.0.0.1:${site.securePort}`,
        // Of itself Firefox 153 asks before requests alone.
        'network.lna.websocket.enabled': true,
        'security.notification_enable_delay': 0,
      }
    },
  }
}

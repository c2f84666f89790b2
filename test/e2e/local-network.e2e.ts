import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { RawExchange } from '../interop/harness/raw-exchange.ts'
import { browserNames, freePort, useBrowser, useServer, type BrowserWindow } from './harness.ts'
import { answerFirefox } from './harness/firefox-question.ts'
import { NetworkPath } from './harness/network-path.ts'
import { Person } from './harness/person.ts'
import { PlacesSite } from './harness/places.ts'
import { fromTheInternet, hosts } from './harness/public-site.ts'
import { says, type Said } from './harness/said.ts'

const script = '<script type="module" src="/cdn/att-phone.js"></script>'

/** What the browsers call the permission now. */
const may = { 'local-network': 'granted', 'loopback-network': 'granted' } as const
const mayNot = { 'local-network': 'denied', 'loopback-network': 'denied' } as const

/** What the browser writes of a connection that fails. */
const failing = [
  /WebSocket/,
  /request failed/,
  /CORS/,
  /Mixed Content|mixed/i,
  /NS_ERROR|can.t establish|NetworkError/,
  /response 404/,
]

const waits = 'Waiting for the server. If your browser asks for access to your local network, choose Allow.'

type Network = 'gateway' | 'sip'
const networks: readonly Network[] = ['gateway', 'sip']

describe('a public page and a server in the local network', () => {
  const site = new PlacesSite()
  const gateway = useServer()
  let exchange: RawExchange
  /** The ways by which servers stand in the local network, not on this machine: the site is one with TLS. */
  const ways = new Map<Network | 'site', NetworkPath>()
  let deadPort = 0

  before(async () => {
    exchange = await RawExchange.start()
    ways.set('gateway', await NetworkPath.to(gateway().port))
    ways.set('sip', await NetworkPath.to(Number(new URL(exchange.url).port)))
    ways.set('site', await NetworkPath.to(site.securePort))
    deadPort = await freePort()
  })
  after(async () => {
    for (const way of ways.values()) await way.cut()
    await exchange.stop()
  })

  const portOf = ({ url }: { readonly url: string }): number => Number(new URL(url).port)
  const wayTo = (server: Network | 'site'): number => {
    const way = ways.get(server)
    assert(way, 'The ways are there while tests run, not before')
    return portOf(way)
  }

  /** Address of a server: by its scheme, with or without TLS. */
  const address = (network: Network, host: string, port: number, secure = false): string =>
    `${network === 'sip' ? 'ws' : 'http'}${secure ? 's' : ''}://${host}:${port}/`
  const onThisMachine = (network: Network): string =>
    network === 'sip' ? `${exchange.url}/` : address('gateway', '127.0.0.1', gateway().port)
  const inTheLocalNetwork = (network: Network): string => address(network, hosts.local, wayTo(network))

  /** A page whose phone signs in there by itself. */
  async function phoneOf(server: string, user = 'alice@127.0.0.1'): Promise<{ head: string; body: string }> {
    const reply = await fetch(new URL('tokens', gateway().url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId: user }),
    })
    const { access_token: token } = (await reply.json()) as { readonly access_token: string }
    const secret = server.startsWith('ws') ? { password: 'x' } : { token }
    const gives = `document.querySelector('att-phone').credentials = () => (${JSON.stringify(secret)})`
    const body = `<att-phone server="${server}" user-id="${user}"></att-phone><script type="module">${gives}</script>`
    return { head: script, body }
  }

  const publicPage = async (server: string, user?: string): Promise<string> =>
    site.page(await phoneOf(server, user), { host: hosts.page, secure: true })

  for (const name of browserNames) {
    describe(`in ${name}`, () => {
      const open = useBrowser(
        name,
        fromTheInternet(name, site, () => [...ways.values()].map(portOf)),
      )

      /** Opens a page whose phone fails, and returns what it says: on the tag, by its error, and in the console. */
      async function fails(
        url: string,
        code: string,
        permissions: Readonly<Record<string, PermissionState>> = {},
      ): Promise<Said & { readonly written: string; readonly window: BrowserWindow }> {
        const window = await open(site.page({}, { host: hosts.page, secure: true }), { permissions })
        for (const pattern of failing) window.forgive(pattern)
        const lines: string[] = []
        window.page.on('console', (message) => lines.push(message.text()))
        await window.page.goto(url, { waitUntil: 'load' })
        const said = await says(window, code)
        return { ...said, window, written: lines.join('\n') }
      }

      for (const network of networks) {
        describe(`over ${network === 'sip' ? 'SIP' : 'a gateway'}`, () => {
          it('is reached where the person allowed it', async () => {
            const window = await open(await publicPage(onThisMachine(network)), { permissions: may })
            await new Person(window, 'alice').sees('Ready')
          })

          it('is not where they refused, and the phone says why and what to do', async () => {
            const { text, written } = await fails(await publicPage(onThisMachine(network)), '0040', mayNot)
            assert.match(text, /may not reach devices of the local network\. Allow local network access/)
            assert.match(
              written,
              /att-phone: The browser may not reach devices .*policy of the administrator.*\(0040\)/,
            )
          })

          it('is not from a frame of another site without leave, and the phone says which attribute it lacks', async () => {
            const inner = site.page(await phoneOf(onThisMachine(network)), { host: hosts.frame, secure: true })
            const outer = site.frame(inner, 'allow="microphone; camera"', { host: hosts.page, secure: true })
            const { text, written } = await fails(outer, '0041')
            assert.match(text, /Write allow="local-network; loopback-network" on the iframe/)
            assert.match(written, /att-phone: This frame .*\(0041\)/)
          })

          it('is reached from a frame of another site with leave', async () => {
            const inner = site.page(await phoneOf(onThisMachine(network)), { host: hosts.frame, secure: true })
            const leave = 'allow="microphone; camera; local-network; loopback-network"'
            const window = await open(site.frame(inner, leave, { host: hosts.page, secure: true }), {
              permissions: may,
            })
            await readyIn(window)
          })

          it('is not from a secure page without TLS where the name may be anywhere', async () => {
            const url = await publicPage(address(network, hosts.named, 8080))
            const { text } = await fails(url, '0042')
            assert.match(text, /A secure page cannot use an insecure server\. Give the server a certificate/)
          })

          it('is not where nothing listens, and the phone says no more than it knows', async () => {
            const url = await publicPage(address(network, '127.0.0.1', deadPort, true))
            const { text } = await fails(url, '0047', may)
            assert.match(text, /cannot be reached, or its certificate is not trusted/)
          })

          it('is not where nobody has the name', async () => {
            const url = await publicPage(address(network, hosts.unknown, 8443, true))
            const { text } = await fails(url, '0047', may)
            assert.match(text, /cannot be reached, or its certificate is not trusted/)
          })

          // Chromium without windows answers its questions by itself, with a no. Firefox waits for the person.
          if (name === 'chromium') {
            it('is not where the question is answered with a no, and the phone says so without asking again', async () => {
              const { text, written } = await fails(await publicPage(inTheLocalNetwork(network)), '0040')
              assert.match(text, /may not reach devices of the local network/)
              assert.equal(written.match(/BLOCKED_BY_LOCAL_NETWORK|Permission was denied/g)?.length, 1)
            })

            it('is reached without TLS where it is in the local network for certain', async () => {
              const window = await open(await publicPage(inTheLocalNetwork(network)), { permissions: may })
              window.forgive(/Mixed Content/)
              await new Person(window, 'alice').sees('Ready')
            })

            it('is not asked for twice where its name may be anywhere', async () => {
              const url = await publicPage(address(network, hosts.named, wayTo('site'), true))
              const { written } = await fails(url, '0040')
              assert.equal(written.match(/BLOCKED_BY_LOCAL_NETWORK|Permission was denied/g)?.length, 1)
            })

            it('is told from a web site at a public name, though the person refused the local network', async () => {
              const url = await publicPage(address(network, hosts.frame, site.securePort, true))
              await fails(url, network === 'sip' ? '0044' : '0045', mayNot)
            })
          } else {
            it('is waited for while the browser asks, and reached when the person presses Allow', async () => {
              const window = await open(await publicPage(onThisMachine(network)))
              const alice = new Person(window, 'alice')
              await alice.sees(waits)
              await answerFirefox(window, 'Allow')
              await alice.sees('Ready')
              assert.doesNotMatch(await alice.reads(), /local network/)
            })

            it('is waited for while the browser asks, and not reached when the person presses Block', async () => {
              const window = await open(await publicPage(onThisMachine(network)))
              for (const pattern of failing) window.forgive(pattern)
              await new Person(window, 'alice').sees(waits)
              await answerFirefox(window, 'Block')
              const { text } = await says(window, '0040')
              assert.match(text, /Allow local network access next to the page address/)
            })

            it('is not without TLS in the local network', async () => {
              const url = await publicPage(address(network, '10.0.0.9', 8080))
              await fails(url, '0042', may)
            })
          }

          it('is told from something else that answers there', async () => {
            const url = await publicPage(address(network, '127.0.0.1', site.port))
            const { text } = await fails(url, network === 'sip' ? '0044' : '0045', may)
            assert.match(text, network === 'sip' ? /its port and its path/ : /Allow the origin of the page/)
          })
        })
      }

      it('calls and is called through the gateway, and hears', async () => {
        const [alice, bob] = await Promise.all(
          ['alice@house.example', 'bob@house.example'].map(async (user) => {
            const window = await open(await publicPage(onThisMachine('gateway'), user), { permissions: may })
            window.forgive(/response 404: PATCH/)
            const person = new Person(window, user)
            await person.sees('Ready')
            return person
          }),
        )
        assert(alice && bob)
        await alice.dial(bob.address)
        await bob.press('Answer')
        await Promise.all([alice.hearsSound(), bob.hearsSound()])
      })
    })
  }
})

/** Resolves when the phone in the innermost frame is signed in. */
async function readyIn(window: BrowserWindow): Promise<void> {
  const frame = await window.page.waitForFrame((each) => each.parentFrame() !== null)
  await frame.waitForFunction(() => document.querySelector('att-phone')?.getAttribute('state') === 'ready')
}

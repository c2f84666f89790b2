import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { ConsoleMessage } from 'puppeteer-core'
import { browserNames, useBrowser, type BrowserName } from './harness.ts'
import { PlacesSite } from './harness/places.ts'
import { says, type Said } from './harness/said.ts'
import type { Launch } from './harness/test-browser.ts'

const script = '<script type="module" src="/cdn/att-phone.js"></script>'
const phone = '<att-phone></att-phone>'

/** Makes the phone of a page call `echo` as soon as it can, in no gesture of a person. */
const dials = (mediaType = 'audio'): string => `<script type="module">
  await customElements.whenDefined('att-phone')
  const tag = document.querySelector('att-phone')
  await tag.updateComplete
  const { phone } = tag
  globalThis.told = []
  phone.on('error', ({ ErrorCode }) => told.push(ErrorCode))
  phone.on('dialing', () => told.push('dialing'))
  phone.on('call:connecting', () => told.push('offered'))
  phone.on('call:connected', () => told.push('connected'))
  if (phone.snapshot.session.state === 'ready') phone.dial({ destination: 'echo', mediaType: '${mediaType}' })
  else phone.on('session:ready', () => phone.dial({ destination: 'echo', mediaType: '${mediaType}' }))
</script>`

describe('where the page may not', () => {
  const site = new PlacesSite()

  /** Opens a page, and returns what its phone says and what the console had. */
  function useSayings(
    name: BrowserName,
    launch: Launch = {},
  ): (url: () => string, code: string, ...forgiven: RegExp[]) => Promise<Said> {
    const open = useBrowser(name, {
      ...launch,
      switches: ['--host-resolver-rules=MAP phone.test 127.0.0.1', ...(launch.switches ?? [])],
      preferences: { 'network.dns.localDomains': 'phone.test', ...launch.preferences },
    })
    return async (url, code, ...forgiven) => {
      const window = await open(site.page({}))
      for (const pattern of forgiven) window.forgive(pattern)
      // Looking into a page counts as a gesture in Chromium: first it is listened to.
      const warned = new Promise<void>((resolve) => {
        window.page.on('console', (message: ConsoleMessage) => {
          if (message.text().startsWith('att-phone: ') && message.text().includes(code)) resolve()
        })
      })
      await window.page.goto(url(), { waitUntil: 'load' })
      const limit = new AbortController()
      await Promise.race([warned, setTimeout(40_000, undefined, { signal: limit.signal }).catch(() => {})])
      limit.abort()
      const said = await says(window, code)
      await warned
      return said
    }
  }

  for (const name of browserNames) {
    describe(`in ${name}`, () => {
      describe('with a microphone and a camera', () => {
        const sayings = useSayings(name)

        it('a page by plain http says that calls need https', async () => {
          const url = (): string => site.page({ head: script, body: phone }, { host: 'phone.test' })
          const { text } = await sayings(url, '0023')
          assert.match(text, /^Calls need a secure page\. Open the page by https/)
        })

        it('a sandboxed frame says which word the sandbox lacks', async () => {
          const inner = (): string => site.page({ head: script, body: phone })
          const { text } = await sayings(
            () => site.frame(inner(), 'sandbox="allow-scripts" allow="microphone; camera"'),
            '0024',
          )
          assert.match(text, /allow-same-origin/)
        })

        it('a frame of another site says which attribute it lacks', async () => {
          const inner = (): string => site.page({ head: script, body: phone + dials() }, { host: 'localhost' })
          const { text } = await sayings(() => site.frame(inner(), ''), '0025')
          assert.match(text, /Write allow="microphone; camera" on the iframe/)
        })

        it('a page that may not is told why before it calls', async () => {
          const inner = (): string => site.page({ head: script, body: phone }, { host: 'localhost' })
          // Firefox tells a page nothing of policies: it learns by trying.
          if (name === 'chromium') await sayings(() => site.frame(inner(), ''), '0025')
        })

        it('a content security policy that forbids the server is named', async () => {
          const policy = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`
          const tag = '<att-phone server="ws://127.0.0.1:5066/" user-id="alice"></att-phone>'
          const signs = `<script type="module">document.querySelector('att-phone').credentials = () => ({ password: 'x' })</script>`
          const url = (): string => site.page({ head: policy + script, body: tag + signs })
          const { text } = await sayings(
            url,
            '0046',
            /Content Security Policy|Content-Security-Policy|connect-src|csp/i,
          )
          assert.match(text, /connect-src/)
        })

        it('a web site at the address of a SIP server is told from a server that is down', async () => {
          const tag = (): string => `<att-phone server="ws://127.0.0.1:${site.port}/ws" user-id="alice"></att-phone>`
          const signs = `<script type="module">document.querySelector('att-phone').credentials = () => ({ password: 'x' })</script>`
          const url = (): string => site.page({ head: script, body: tag() + signs })
          const { text } = await sayings(url, '0044', /WebSocket|404|establish|connect/i)
          assert.match(text, /its port and its path/)
        })

        it('a gateway that does not let the site in is told from one that is down', async () => {
          const tag = (): string => `<att-phone server="http://localhost:${site.port}/" user-id="alice"></att-phone>`
          const signs = `<script type="module">document.querySelector('att-phone').credentials = () => ({ token: 'x' })</script>`
          const url = (): string => site.page({ head: script, body: tag() + signs })
          const { text } = await sayings(url, '0045', /CORS|failed|404/i)
          assert.match(text, /Allow the origin of the page at the server/)
        })

        it('a certificate that nobody trusts is named, as far as the browser tells', async () => {
          const tag = (): string =>
            `<att-phone server="wss://127.0.0.1:${site.securePort}/" user-id="alice"></att-phone>`
          const signs = `<script type="module">document.querySelector('att-phone').credentials = () => ({ password: 'x' })</script>`
          const url = (): string => site.page({ head: script, body: tag() + signs })
          const code = name === 'firefox' ? '0043' : '0047'
          const { text } = await sayings(url, code, /WebSocket|cert|connect|SSL|failed/i)
          assert.match(text, /certificate/)
        })
      })

      describe('with no device at all', () => {
        const sayings = useSayings(name, {
          without: ['--use-fake-device'],
          preferences: { 'media.navigator.streams.fake': false, 'media.cubeb.force_mock_context': false },
        })

        it('refuses a call before anything of it leaves', async () => {
          const url = (): string => site.page({ head: script, body: phone + dials() })
          const { text } = await sayings(url, '0027')
          assert.match(text, /^No microphone found\. Connect one/)
        })
      })

      describe('with WebRTC switched off', () => {
        const sayings = useSayings(name, { preferences: { 'media.peerconnection.enabled': false } })
        // Chromium has a policy for it that takes a managed machine; what a page sees of it is the same.
        const off = name === 'chromium' ? '<script>delete globalThis.RTCPeerConnection</script>' : ''

        it('says so', async () => {
          const url = (): string => site.page({ head: off + script, body: phone })
          const { text } = await sayings(url, '0031')
          assert.match(text, /Calls are switched off in this browser\. Switch WebRTC on/)
        })
      })

      // In Chromium the look of a test into the page counts as a touch of it, and ends what is to be seen.
      const touches = name === 'chromium' && 'a look into the page counts as a touch'
      describe('with sound forbidden until somebody touches the page', { skip: touches }, () => {
        const sayings = useSayings(name, {
          without: ['--autoplay-policy'],
          switches: ['--autoplay-policy=document-user-activation-required'],
          preferences: { 'media.autoplay.default': 5, 'media.autoplay.blocking_policy': 2 },
        })

        it('says so', async () => {
          const url = (): string => site.page({ head: script, body: phone + dials() })
          const { text } = await sayings(url, '0037')
          assert.equal(text, 'The browser keeps this page silent. Click anywhere to hear it.')
        })
      })

      describe('behind a network that lets no UDP out', () => {
        const sayings = useSayings(name)

        it('says what helps', async () => {
          const closed = `<script type="module">
            await customElements.whenDefined('att-phone')
            const { phone } = document.querySelector('att-phone')
            phone.setIceTransport('relay')
            phone.setIceServers([{ urls: 'turn:127.0.0.1:40009?transport=udp', username: 'a', credential: 'b' }])
          </script>`
          const url = (): string => site.page({ head: script, body: phone + closed + dials() })
          const { text } = await sayings(url, '0050', /ICE failed|ICE/)
          assert.match(text, /This network lets no sound through\. .*turns:/)
        })
      })
    })
  }
})

describe('where the page may not, in Chromium alone', { skip: !browserNames.includes('chromium') }, () => {
  const site = new PlacesSite()

  describe('with a microphone and a camera', () => {
    const open = useBrowser('chromium')

    it('a site whose own policy forbids the microphone says which header', async () => {
      const headers = { 'Permissions-Policy': 'microphone=(), camera=()' }
      const window = await open(site.page({ head: script, body: phone, headers }))
      const { text } = await says(window, '0026')
      assert.match(text, /Send Permissions-Policy with microphone=\(self\)/)
    })

    it('a frame of another site that may call and not show the screen says which attribute it lacks', async () => {
      const inner = site.page({ head: script, body: phone + dials('video') }, { host: 'localhost' })
      const window = await open(site.page({}, { host: 'localhost' }))
      await window.page.goto(site.frame(inner, 'allow="microphone; camera"'), { waitUntil: 'load' })
      const frame = await window.page.waitForFrame(inner)
      await frame.waitForFunction(() => (globalThis as unknown as { told: string[] }).told.includes('connected'))
      await frame.evaluate(() => {
        void document.querySelector('att-phone')?.phone?.shareScreen(true)
      })
      const { text } = await says(window, '0033')
      assert.match(text, /Write allow="display-capture" on the iframe/)
    })
  })

  describe('with a microphone and no camera', () => {
    const open = useBrowser('chromium', {
      without: ['--use-fake-device'],
      switches: ['--use-fake-device-for-media-stream=device-count=0'],
    })

    it('a video call goes on without a picture of our own, and says so', async () => {
      const window = await open(site.page({ head: script, body: phone + dials('video') }))
      await says(window, '0028')
      await window.until('the call', () => (globalThis as unknown as { told: string[] }).told.includes('connected'))
    })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultConnectionSettings } from '../media/connection-settings.ts'
import { IceSettings, type IceServerOption } from './ice-settings.ts'
import { Refusal } from './refuse.ts'

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

/** Passes what a page could pass that was not written in TypeScript. */
function setAnything(settings: IceSettings, servers: unknown): void {
  settings.setIceServers(servers as readonly IceServerOption[])
}

describe('the way of the next peer connection', () => {
  it('is the default as long as nothing is set', () => {
    assert.equal(new IceSettings().settings, defaultConnectionSettings)
  })

  describe('by ICE servers', () => {
    it('takes STUN servers', () => {
      const ice = new IceSettings()
      ice.setIceServers([
        { urls: 'stun:stun.example.com' },
        { urls: ['stuns:one.example.com:5349', 'stun:two.example.com'] },
      ])
      assert.deepEqual(ice.settings.iceServers, [
        { urls: ['stun:stun.example.com'] },
        { urls: ['stuns:one.example.com:5349', 'stun:two.example.com'] },
      ])
    })

    it('takes TURN servers with their credentials', () => {
      const server = { urls: ['turn:relay.example.com?transport=tcp'], username: 'alice', credential: 'secret' }
      const ice = new IceSettings()
      ice.setIceServers([server])
      assert.deepEqual(ice.settings.iceServers, [server])
    })

    it('takes the url of the original SDK, and its scheme in capitals', () => {
      const ice = new IceSettings()
      ice.setIceServers([{ url: 'STUN:stun.example.com:3478' }])
      assert.deepEqual(ice.settings.iceServers, [{ urls: ['stun:stun.example.com:3478'] }])
    })

    it('takes none', () => {
      const ice = new IceSettings()
      ice.setIceServers([{ urls: 'stun:stun.example.com' }])
      ice.setIceServers([])
      assert.deepEqual(ice.settings.iceServers, [])
    })

    for (const [what, servers] of [
      ['nothing', undefined],
      ['null', null],
      ['a text', 'stun:stun.example.com'],
      ['one server that is not in a list', { urls: 'stun:stun.example.com' }],
      ['a server that is null', [null]],
      ['a server that is a text', ['stun:stun.example.com']],
      ['a server without an address', [{}]],
      ['a server with no address in its list', [{ urls: [] }]],
      ['an address that is a number', [{ urls: 1 }]],
      ['a list of addresses with a number', [{ urls: ['stun:stun.example.com', 1] }]],
      ['another scheme', [{ urls: 'https://stun.example.com' }]],
      ['a scheme alone', [{ urls: 'stun:' }]],
      ['an address with a space', [{ urls: 'stun:stun.example.com evil' }]],
      ['TURN without credentials', [{ urls: 'turn:relay.example.com' }]],
      ['TURN without a password', [{ urls: 'turns:relay.example.com', username: 'alice' }]],
      ['TURN in capitals without credentials', [{ url: 'TURN:relay.example.com' }]],
    ] as const) {
      it(`refuses ${what}, and changes nothing`, () => {
        const ice = new IceSettings()
        ice.setIceServers([{ urls: 'stun:before.example.com' }])
        const before = ice.settings
        assert.throws(() => setAnything(ice, servers), refusal('4811'))
        assert.equal(ice.settings, before)
      })
    }

    it('refuses a list of which one is not valid', () => {
      const ice = new IceSettings()
      assert.throws(() => setAnything(ice, [{ urls: 'stun:stun.example.com' }, {}]), refusal('4811'))
      assert.deepEqual(ice.settings.iceServers, [])
    })

    it('does not change with the list it was set by', () => {
      const servers = [{ urls: 'stun:stun.example.com' }]
      const ice = new IceSettings()
      ice.setIceServers(servers)
      servers.pop()
      assert.equal(ice.settings.iceServers.length, 1)
    })
  })

  describe('by transport', () => {
    for (const transport of ['all', 'none', 'relay'] as const) {
      it(`takes ${transport}`, () => {
        const ice = new IceSettings()
        ice.setIceTransport(transport)
        assert.equal(ice.settings.iceTransport, transport)
      })
    }

    for (const transport of [undefined, null, '', 'ALL', 'toString', 1]) {
      it(`refuses ${JSON.stringify(transport)}, and changes nothing`, () => {
        const ice = new IceSettings()
        assert.throws(() => ice.setIceTransport(transport as 'all'), refusal('4821'))
        assert.equal(ice.settings, defaultConnectionSettings)
      })
    }
  })

  describe('by IPv6', () => {
    it('takes true and false', () => {
      const ice = new IceSettings()
      ice.setIpv6(true)
      assert.equal(ice.settings.ipv6, true)
      ice.setIpv6(false)
      assert.equal(ice.settings.ipv6, false)
    })

    for (const ipv6 of [undefined, null, 'true', 1]) {
      it(`refuses ${JSON.stringify(ipv6)}, and changes nothing`, () => {
        const ice = new IceSettings()
        assert.throws(() => ice.setIpv6(ipv6 as unknown as boolean), refusal('4831'))
        assert.equal(ice.settings, defaultConnectionSettings)
      })
    }
  })

  it('goes back to its default in one point, and stays in the others', () => {
    const ice = new IceSettings()
    ice.setIceTransport('relay')
    ice.setIpv6(true)
    ice.reset('iceTransport')
    assert.deepEqual(ice.settings, { ...defaultConnectionSettings, ipv6: true })
  })

  it('is frozen: a connection that was opened keeps its own', () => {
    const ice = new IceSettings()
    ice.setIpv6(true)
    assert.ok(Object.isFrozen(ice.settings))
  })
})

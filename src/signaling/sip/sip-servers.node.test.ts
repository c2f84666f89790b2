import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SipServers } from './sip-servers.ts'

const servers = [
  { url: 'wss://small.example', weight: 1 },
  { url: 'wss://large.example', weight: 9 },
  { url: 'wss://spare.example', weight: 0 },
]

describe('the order of SIP servers', () => {
  it('holds every server once', () => {
    assert.deepEqual([...new SipServers(servers).order()].sort(), servers.map(({ url }) => url).sort())
  })

  it('begins with a server as often as its weight says', () => {
    const draws = [0, 0.05, 0.15, 0.5, 0.99].map((draw) => new SipServers(servers, () => draw).order()[0])
    assert.deepEqual(draws, [
      'wss://small.example',
      'wss://small.example',
      'wss://large.example',
      'wss://large.example',
      'wss://large.example',
    ])
  })

  it('ends with a server of weight 0', () => {
    assert.equal(new SipServers(servers).order().at(-1), 'wss://spare.example')
  })

  it('ends with the server that failed last', () => {
    const list = new SipServers(servers)
    list.failed('wss://large.example')
    assert.equal(list.order().at(-1), 'wss://large.example')
  })

  it('takes one address for a list of one', () => {
    assert.deepEqual(new SipServers('wss://pbx.example/ws').order(), ['wss://pbx.example/ws'])
  })
})

describe('an address that is no SIP server', () => {
  for (const url of ['https://pbx.example', 'pbx.example', 'wss:']) {
    it(`${url} is refused`, () => {
      assert.throws(() => new SipServers(url), TypeError)
    })
  }

  it('none at all is refused', () => {
    assert.throws(() => new SipServers([]), TypeError)
  })
})

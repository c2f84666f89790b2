import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clientNetwork, isLoopbackAddress } from '../src/client-network.ts'

describe('the network that a client is counted by', () => {
  for (const [address, network] of [
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::FFFF:c633:6407', '198.51.100.7'],
    ['198.51.100.7:4711', '198.51.100.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ] as const) {
    it(`is ${network} of ${address}`, () => {
      assert.equal(clientNetwork(address), network)
    })
  }
})

describe('an address of this machine', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
    it(`is ${address}`, () => assert.equal(isLoopbackAddress(address), true))

  for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '::', 'localhost', ''])
    it(`is not ${address}`, () => assert.equal(isLoopbackAddress(address), false))
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isOfThisMachine, looksPrivate } from './address-space.ts'
import type { Cause } from './cause.ts'
import { diagnoseServer, type ServerFacts } from './diagnose-server.ts'
import type { PlaceFacts } from './place-facts.ts'

const page: PlaceFacts = {
  secure: true,
  sandboxed: false,
  framed: false,
  mediaDevices: true,
  webrtc: true,
  policy: {},
  policyAround: {},
}
const silent = { same: false, other: false }
const facts: Omit<ServerFacts, 'server'> = {
  page: new URL('https://shop.example.com/'),
  localNetwork: 'prompt',
  loopback: 'prompt',
  knowsSpaces: true,
  refused: false,
  blockedByPolicy: false,
  answers: silent,
}
const atHome = { page: new URL('http://localhost:8000/') }
const denied = { localNetwork: 'denied', loopback: 'denied' } as const
const answering = { answers: { same: true, other: false } }

const rows: readonly (readonly [string, string, Partial<PlaceFacts>, Partial<ServerFacts>, Cause | null])[] = [
  ['is down', 'wss://pbx.example.com/ws', {}, {}, 'no-secure-server'],
  ['is down, a gateway', 'https://calls.example.com/', {}, {}, 'no-secure-server'],
  [
    'is down, without TLS',
    'ws://pbx.example.com:5066',
    { secure: false },
    { page: new URL('http://a.example/') },
    null,
  ],
  ['is down on this machine', 'http://127.0.0.1:8080/', {}, atHome, null],
  ['is insecure', 'ws://pbx.example.com/', {}, {}, 'mixed-content'],
  ['is an insecure gateway', 'http://calls.example.com/', {}, {}, 'mixed-content'],
  ['is insecure and has a local name that anybody may have', 'ws://pbx/', {}, denied, 'mixed-content'],
  ['is an insecure gateway of the local network, refused', 'http://10.0.0.5/', {}, denied, 'local-network-denied'],
  ['is insecure, in the local network, question closed', 'ws://pbx.local/', {}, {}, 'local-network-denied'],
  [
    'is insecure, in the local network, in a browser that makes no difference',
    'ws://10.0.0.5/',
    {},
    { ...denied, knowsSpaces: false },
    'mixed-content',
  ],
  [
    'is insecure, in the local network, and the browser made no connection',
    'ws://10.0.0.5/',
    {},
    { ...denied, refused: true },
    'mixed-content',
  ],
  ['has a bad certificate, in Firefox', 'wss://pbx.example.com/', {}, { closeCode: 1015 }, 'untrusted-certificate'],
  ['is a web site', 'wss://www.example.com/', {}, answering, 'wrong-server'],
  [
    'wants the other scheme',
    'ws://localhost:7443/',
    {},
    { ...atHome, answers: { same: false, other: true } },
    'wrong-server',
  ],
  ['does not let the site in', 'https://calls.example.com/', {}, answering, 'site-not-allowed'],
  ['is not in the content policy', 'wss://pbx.example.com/', {}, { blockedByPolicy: true }, 'content-policy'],
  ['is in the local network, refused', 'wss://192.168.1.9:8089/ws', {}, denied, 'local-network-denied'],
  ['is in the local network, question closed', 'wss://pbx.local/ws', {}, {}, 'local-network-denied'],
  ['is on this machine, refused', 'ws://127.0.0.1:5066', {}, { loopback: 'denied' }, 'local-network-denied'],
  [
    'is in the local network, in a frame',
    'wss://10.1.2.3/',
    { framed: true, policy: { 'local-network': false } },
    denied,
    'local-network-frame',
  ],
  [
    'is in the local network, in a frame in Firefox',
    'wss://10.1.2.3/',
    { framed: true },
    denied,
    'local-network-frame',
  ],
  [
    'is in the local network, in a frame that may',
    'wss://10.1.2.3/',
    { framed: true, policy: { 'local-network': true } },
    denied,
    'local-network-denied',
  ],
  ['has a name, and the person refused', 'wss://pbx.example.com/', {}, denied, 'local-network-denied'],
  [
    'has a name, answers, and the person refused',
    'wss://pbx.example.com/',
    {},
    { ...denied, ...answering },
    'wrong-server',
  ],
  [
    'is in the local network, allowed, and something else answers',
    'ws://10.1.2.3/',
    {},
    { localNetwork: 'granted', ...answering },
    'wrong-server',
  ],
  ['has a name, in a frame', 'wss://pbx.example.com/', { framed: true }, denied, 'no-secure-server'],
  ['is public by its number', 'wss://203.0.113.9/', {}, denied, 'no-secure-server'],
  [
    'is in the local network, from a page of it',
    'wss://10.1.2.3/',
    {},
    { ...denied, page: new URL('https://10.1.2.4/') },
    'no-secure-server',
  ],
  [
    'is in the local network, in a browser that asks nobody',
    'wss://10.1.2.3/',
    {},
    { localNetwork: 'unknown', loopback: 'unknown' },
    'no-secure-server',
  ],
  [
    'is in the local network, from an insecure page',
    'ws://10.1.2.3/',
    { secure: false },
    { ...denied, page: new URL('http://a.example/') },
    'insecure-page',
  ],
]

describe('why a server cannot be reached', () => {
  for (const [what, server, place, more, cause] of rows) {
    it(`is "${cause ?? 'down'}" where it ${what}`, () => {
      assert.equal(diagnoseServer({ ...page, ...place }, { ...facts, server: new URL(server), ...more }), cause)
    })
  }
})

describe('the look of an address', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'a.localhost']) {
    it(`is this machine's: ${host}`, () => {
      assert.deepEqual([isOfThisMachine(host), looksPrivate(host)], [true, true])
    })
  }
  for (const host of [
    '10.0.0.1',
    '192.168.0.1',
    '172.16.0.1',
    '172.31.255.1',
    '169.254.1.1',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    'pbx',
    'pbx.local',
    'fritz.box.lan',
    'pbx.home.arpa',
    'pbx.internal',
  ]) {
    it(`is a local network's: ${host}`, () => {
      assert.deepEqual([isOfThisMachine(host), looksPrivate(host)], [false, true])
    })
  }
  for (const host of [
    'example.com',
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '100.128.0.1',
    '11.0.0.1',
    '[2001:db8::1]',
    'local.example.com',
    '127.example.com',
    '10.example.com',
  ]) {
    it(`is public: ${host}`, () => {
      assert.deepEqual([isOfThisMachine(host), looksPrivate(host)], [false, false])
    })
  }
})

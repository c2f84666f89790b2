import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { E911Provider } from '../src/index.ts'
import { RawClient, send, type Answer } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'
import { address, askE911Id, clientOf, guestOf } from './testing/sample-server.ts'

/** The API errors of the original client, by HTTP status and message id. */
const catalogue: Readonly<Record<string, number>> = {
  '400 ': 1000,
  '400 SVC0001': 1001,
  '400 SVC0002': 1002,
  '400 SVC0003': 1003,
  '400 SVC0004': 1004,
  '400 SVC0015': 1015,
  '400 SVC0016': 1016,
  '400 SVC0017': 1017,
  '400 SVC0018': 1018,
  '400 SVC0019': 1019,
  '400 SVC0020': 1021,
  '409 SVC8501': 1401,
  '400 SVC8510': 1501,
  '400 SVC8511': 1511,
  '400 SVC8512': 1521,
  '400 SVC8513': 1531,
  '404 SVC8514': 1541,
  '403 POL0002': 1702,
  '403 POL0003': 1703,
  '401 POL0001': 1711,
  '403 POL0001': 1713,
  '403 POL1009': 1809,
  '403 POL1100': 1901,
  '403 POL1102': 1921,
  '404 ': 404,
  '500 ': 500,
  '501 ': 501,
  '502 ': 502,
  '503 ': 503,
  '504 ': 504,
  '505 ': 505,
}

/** Codes that this gateway has no reason to raise. */
const unraised: Readonly<Record<number, string>> = {
  1000: 'every refusal says more',
  1531: 'a page that reloads signs in again with the token it has',
  1703: 'no request names more than one address',
  500: 'a fault of the gateway itself',
  502: 'nothing stands behind it that could answer badly',
  504: 'nothing stands behind it that could be late',
  505: 'HTTP versions are the matter of what stands before it',
}

/** The lookup of the original client. */
function codeOf({ status, messageId }: Answer): number {
  return catalogue[`${String(status)} ${status < 500 ? (messageId ?? '') : ''}`] ?? 1000
}

const gateway = runningGateway({ sessionsPerUser: 1, guestAllow: ['sales'] })

const silent: E911Provider = { register: () => new Promise(() => {}), has: async () => true }
const withSilentProvider = runningGateway({ e911Provider: silent, e911Timeout: 0.05 })

const broken: E911Provider = { register: () => Promise.reject(new Error('out of order')), has: async () => true }
const withBrokenProvider = runningGateway({ e911Provider: broken })

/** Nothing listens there: port 9 is that of the discard service (RFC 863). */
const lostIssuer = { jwksUrl: 'http://127.0.0.1:9/keys', sign: async () => '' }
const withLostIssuer = runningGateway({}, lostIssuer)

let users = 0
const user = (): Promise<RawClient> => RawClient.login(gateway.origin, `user${String((users += 1))}`)

/** A client in a call, and its path of the call. */
async function inACall(): Promise<readonly [RawClient, string]> {
  const caller = await user()
  const callee = await user()
  const { headers } = await caller.dial(`user${String(users)}`)
  const { events } = await callee.poll()
  await callee.act(events[0]?.resourceURL ?? '', 'call-answer', 'answer')
  return [caller, headers.get('location') ?? '']
}

async function manyCalls(): Promise<Answer> {
  const caller = await user()
  await user()
  let answer = await caller.dial(`user${String(users)}`)
  while (answer.status === 201) answer = await caller.dial(`user${String(users)}`)
  return answer
}

const situations: Readonly<Record<number, readonly [string, () => Promise<Answer>]>> = {
  1001: ['broken JSON', async () => (await user()).send('POST', '/RTC/v1/sessions', { raw: '{' })],
  1002: [
    'an action that is none',
    async () => {
      const [caller, call] = await inACall()
      return caller.act(call, 'dance', 'sdp')
    },
  ],
  1003: [
    'an answer to a call that is up',
    async () => {
      const [caller, call] = await inACall()
      return caller.act(call, 'call-answer', 'sdp')
    },
  ],
  1004: ['a dialled address that is none', async () => (await user()).dial('no address')],
  1015: ['an address without a city', async () => ask({ address: { ...address, city: '' } })],
  1016: ['an address nobody confirmed', async () => ask({ is_confirmed: 'false' })],
  1017: ['an E911 provider that is silent', async () => ask({}, withSilentProvider.origin)],
  1018: ['an E911 provider that fails', async () => ask({}, withBrokenProvider.origin)],
  1019: [
    'an E911 id that nobody gave',
    async () => (await clientOf(gateway.origin, 'MOBILE_NUMBER')).logIn({}, { 'x-e911Id': 'unknown' }),
  ],
  1021: ['too many calls', manyCalls],
  1401: [
    'a second modification',
    async () => {
      const [caller, call] = await inACall()
      await caller.act(call, 'initiate-call-hold', 'offer')
      return caller.act(call, 'initiate-call-mod', 'offer')
    },
  ],
  1501: ['a guest with an E911 id', async () => (await guestOf(gateway.origin)).logIn({}, { 'x-e911Id': 'id-1' })],
  1511: ['a number without an E911 id', async () => (await clientOf(gateway.origin, 'MOBILE_NUMBER')).logIn()],
  1521: ['another user’s id', async () => (await user()).send('PUT', '/RTC/v1/userIds/somebody')],
  1541: ['a user id that is none', async () => (await user()).send('PUT', '/RTC/v1/userIds/no%20id')],
  1702: [
    'a guest who calls whom it may not',
    async () => {
      const guest = await guestOf(gateway.origin)
      guest.session = (await guest.logIn()).headers.get('location') ?? ''
      return guest.dial('boss')
    },
  ],
  1711: ['a bad token', async () => send(`${gateway.origin}RTC/v1/sessions`, 'POST')],
  1713: ['another user’s session', async () => (await user()).send('PUT', (await user()).session)],
  1809: ['a token without a user', async () => (await clientOf(gateway.origin, 'ACCOUNT_ID')).logIn()],
  1901: ['a session too many', async () => (await user()).logIn()],
  1921: ['another user’s logout', async () => (await user()).send('DELETE', (await user()).session)],
  404: ['a user who is not signed in', async () => (await user()).dial('nobody')],
  501: [
    'a conference',
    async () => {
      const client = await user()
      return client.send('POST', `${client.session}/conferences`, { body: { conference: { sdp: 'offer' } } })
    },
  ],
  503: [
    'an issuer of tokens that is out of reach',
    async () => RawClient.bearing(withLostIssuer.origin, (await user()).token).logIn(),
  ],
}

async function ask(body: object, origin = gateway.origin): Promise<Answer> {
  return askE911Id(await clientOf(origin, 'ACCOUNT_ID'), body)
}

describe('the API error', () => {
  for (const [code, [what, raise]] of Object.entries(situations)) {
    it(`${code} is raised by ${what}, with words for a person`, async () => {
      const answer = await raise()
      assert.equal(codeOf(answer), Number(code))
      assert.match(answer.text, /"Text":"[^"]{10,}"/)
    })
  }

  it('of every code is raised, or has no reason to be', () => {
    const all = Object.values(catalogue)
    assert.equal(all.length, 31)
    assert.deepEqual(
      [...Object.keys(situations), ...Object.keys(unraised)].map(Number).sort((one, other) => one - other),
      all.sort((one, other) => one - other),
    )
  })
})

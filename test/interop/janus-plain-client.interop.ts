import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { usePages } from './harness.ts'
import { useJanusGateway } from './harness/janus-gateway.ts'
import { ConferencePhoneWindow, useConferencePhones } from './harness/conference-phones.ts'
import type {} from './page/plain-conference.ts'

interface Client {
  readonly address: string
  readonly tone: number
  readonly window: BrowserWindow
}

describe('a client of the original protocol whose call is merged', () => {
  const phones = useConferencePhones('chromium')
  const pages = usePages('plain-conference')
  const open = useBrowser('chromium')
  const tone = 2000

  it('hears the others, and they hear it', async () => {
    const [alice, carol] = await phones.signedIn('alice', 'carol')
    const window = await open(pages().url('plain-conference'))
    const bob = new ConferencePhoneWindow('bob@plain.example', tone, window, [])
    await window.evaluate(
      (url, user, hz) => plainClient.signIn(url, user, hz),
      phones.server().url,
      bob.address,
      bob.tone,
    )
    await alice.window.evaluate(
      (destination) => conferencePhone.phone.dial({ destination, mediaType: 'audio' }),
      bob.address,
    )
    await window.until('it rings', () => plainClient.heard.includes('invitation-received'))
    await window.evaluate(() => plainClient.join())
    await alice.tells('call:connected')
    await alice.talksTo(carol)
    await alice.window.evaluate(() => conferencePhone.phone.merge())
    await alice.shown(bob, { state: 'joined' })
    await window.until(
      'Bob hears both',
      (one, other) => plainClient.hears([one, other]).length === 2,
      alice.tone,
      carol.tone,
    )
    await carol.window.until('Carol hears Bob', (hz) => conferencePhone.hears([hz]).length === 1, tone)
  })
})

describe('clients of the original protocol in a conference that Janus mixes', () => {
  const server = useJanusGateway(2)
  const pages = usePages('plain-conference')
  const clients: Client[] = []
  let round = 0

  // Before the windows are closed, which says nothing to the gateway.
  afterEach(() => Promise.all(clients.map(({ window }) => window.evaluate(() => plainClient.signOut()))))

  const open = useBrowser('chromium')

  beforeEach(() => {
    round += 1
    clients.length = 0
  })

  afterEach(() => server().restore())

  async function signIn(name: string): Promise<Client> {
    const window = await open(pages().url('plain-conference'))
    const client = { address: `${name}-${round}@plain.example`, tone: 440 + clients.length * 210, window }
    clients.push(client)
    const { address, tone } = client
    await window.evaluate((url, user, hz) => plainClient.signIn(url, user, hz), server().url, address, tone)
    return client
  }

  const isTold = ({ window }: Client, state: string): Promise<unknown> =>
    window.until(`${state} is told`, (wanted) => plainClient.heard.includes(wanted), state)

  const hears = ({ window, address }: Client, ...others: readonly Client[]): Promise<unknown> =>
    window.until(
      `${address} hears ${others.map((other) => other.address).join()} alone`,
      (all, wanted) => plainClient.hears(all).join() === wanted,
      clients.map(({ tone }) => tone),
      others.map(({ tone }) => tone).join(),
    )

  async function confer(): Promise<readonly [Client, Client]> {
    const [alice, bob] = [await signIn('alice'), await signIn('bob')]
    await alice.window.evaluate(() => plainClient.host())
    await isTold(alice, 'session-open')
    await alice.window.evaluate((address) => plainClient.invite(address), bob.address)
    await isTold(bob, 'invitation-received')
    await bob.window.evaluate(() => plainClient.join())
    await isTold(alice, 'mod-terminated')
    return [alice, bob]
  }

  it('hear each other', async () => {
    const [alice, bob] = await confer()
    await hears(alice, bob)
    await hears(bob, alice)
  })

  it('are told by an offer that the host holds, and by another that the host resumes', async () => {
    const [alice, bob] = await confer()
    await hears(bob, alice)
    await alice.window.evaluate(() => plainClient.hold(true))
    await isTold(bob, 'mod-received')
    await hears(bob)
    await alice.window.evaluate(() => plainClient.hold(false))
    await hears(bob, alice)
  })

  it('are told that an invitation is on its way', async () => {
    const alice = await signIn('alice')
    const bob = await signIn('bob')
    await alice.window.evaluate(() => plainClient.host())
    await isTold(alice, 'session-open')
    const state = await alice.window.evaluate((address) => plainClient.invite(address), bob.address)
    assert.equal(state, 'add-pending')
  })

  it('hear each other again when the instance is killed', async () => {
    const [alice, bob] = await confer()
    await hears(alice, bob)
    await (await server().onlyBusy()).kill()
    await Promise.all([isTold(alice, 'mod-received'), isTold(bob, 'mod-received')])
    await hears(alice, bob)
    await hears(bob, alice)
  })

  it('hear the end when their connection never comes up', async () => {
    const alice = await signIn('alice')
    await alice.window.evaluate(() => plainClient.hostInVain())
    await isTold(alice, 'session-terminated')
  })
})

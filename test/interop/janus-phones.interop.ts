import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { usePages } from './harness.ts'
import { useJanusGateway } from './harness/janus-gateway.ts'
import type {} from './page/conference-phone.ts'

interface Phone {
  readonly address: string
  readonly tone: number
  readonly window: BrowserWindow
}

describe('phones at a gateway whose conferences Janus mixes', () => {
  const server = useJanusGateway()
  const pages = usePages('conference-phone')
  const open = useBrowser('chromium')
  const phones: Phone[] = []
  let round = 0

  beforeEach(() => {
    round += 1
    phones.length = 0
  })

  afterEach(() => server().restore())

  async function signIn(name: string): Promise<Phone> {
    const window = await open(pages().url('conference-phone'))
    const phone = { address: `${name}-${round}@phones.example`, tone: 440 + phones.length * 210, window }
    phones.push(phone)
    await window.evaluate(
      (url, user, hz) => conferencePhone.signIn(url, user, hz),
      server().url,
      phone.address,
      phone.tone,
    )
    return phone
  }

  const tells = ({ window }: Phone, event: string): Promise<unknown> =>
    window.until(`${event} is told`, (name) => conferencePhone.heard.includes(name), event)

  const shows = ({ window }: Phone, roster: readonly string[]): Promise<unknown> =>
    window.until(`the roster is ${roster.join()}`, (text) => conferencePhone.roster.join() === text, roster.join())

  const hears = ({ window, address }: Phone, ...others: readonly Phone[]): Promise<unknown> =>
    window.until(
      `${address} hears ${others.map((other) => other.address).join()} alone`,
      (all, wanted) => conferencePhone.hears(all).join() === wanted,
      phones.map(({ tone }) => tone),
      others.map(({ tone }) => tone).join(),
    )

  async function invite(host: Phone, name: string): Promise<Phone> {
    const guest = await signIn(name)
    await host.window.evaluate((address) => conferencePhone.phone.addParticipant(address), guest.address)
    await tells(guest, 'conference:invitation-received')
    return guest
  }

  async function confer(...names: readonly string[]): Promise<readonly Phone[]> {
    const host = await signIn('host')
    await host.window.evaluate(() => conferencePhone.phone.startConference({ mediaType: 'audio' }))
    await tells(host, 'conference:connected')
    const guests: Phone[] = []
    for (const name of names) {
      const guest = await invite(host, name)
      await guest.window.evaluate(() => conferencePhone.phone.joinConference({}))
      await tells(guest, 'conference:connected')
      guests.push(guest)
    }
    await shows(
      host,
      guests.map(({ address }) => `${address} joined`),
    )
    return [host, ...guests]
  }

  it('say that a server mixes', async () => {
    const [host] = await confer()
    assert.equal(await host?.window.evaluate(() => conferencePhone.phone.snapshot.conference?.mix), 'server')
  })

  it('hear each other', async () => {
    const [host, bob, carol] = (await confer('bob', 'carol')) as [Phone, Phone, Phone]
    await hears(host, bob, carol)
    await hears(bob, host, carol)
    await hears(carol, host, bob)
  })

  it('do not hear who is muted', async () => {
    const [host, bob, carol] = (await confer('bob', 'carol')) as [Phone, Phone, Phone]
    await bob.window.evaluate(() => conferencePhone.phone.mute())
    await hears(carol, host)
    await hears(host, carol)
  })

  it('show the host who holds', async () => {
    const [host, bob] = (await confer('bob')) as [Phone, Phone]
    await bob.window.evaluate(() => conferencePhone.phone.hold())
    await shows(host, [`${bob.address} held`])
  })

  it('show the host nobody whom he took out', async () => {
    const [host, bob] = (await confer('bob')) as [Phone, Phone]
    await host.window.evaluate((address) => conferencePhone.phone.removeParticipant(address), bob.address)
    await tells(bob, 'conference:ended')
    await tells(host, 'conference:participant-removed')
    await shows(host, [])
  })

  it('tell the host who declined', async () => {
    const [host] = (await confer()) as [Phone]
    const bob = await invite(host, 'bob')
    await bob.window.evaluate(() => conferencePhone.phone.rejectConference())
    await tells(host, 'conference:invitation-rejected')
    await shows(host, [])
  })

  it('all hear the end when the host ends it', async () => {
    const [host, bob] = (await confer('bob')) as [Phone, Phone]
    await host.window.evaluate(() => conferencePhone.phone.endConference())
    await Promise.all([tells(host, 'conference:ended'), tells(bob, 'conference:ended')])
  })

  it('mix in the page of the host where no Janus can be reached', async () => {
    await server().halt()
    const [host, bob] = (await confer('bob')) as [Phone, Phone]
    host.window.forgive(/response 503/)
    assert.equal(await host.window.evaluate(() => conferencePhone.phone.snapshot.conference?.mix), 'browser')
    await hears(bob, host)
  })
})

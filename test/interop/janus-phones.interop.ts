import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useConferencePhones, type ConferencePhoneWindow } from './harness/conference-phones.ts'

describe('phones at a gateway whose conferences Janus mixes', () => {
  const phones = useConferencePhones('chromium')

  /** A host alone in their conference, and somebody whom they invited. */
  async function invited(): Promise<readonly [ConferencePhoneWindow, ConferencePhoneWindow]> {
    const [host] = await phones.confer('host')
    const bob = await phones.signIn('bob')
    await host.invites(bob)
    await bob.tells('conference:invitation-received')
    return [host, bob]
  }

  it('say that a server mixes', async () => {
    const [host] = await phones.confer('host')
    assert.equal(await host.mix(), 'server')
  })

  it('hear each other', async () => {
    const [host, bob, carol] = await phones.confer('host', 'bob', 'carol')
    await host.hears(bob, carol)
    await bob.hears(host, carol)
    await carol.hears(host, bob)
  })

  it('do not hear who is muted, and show the host that they are', async () => {
    const [host, bob, carol] = await phones.confer('host', 'bob', 'carol')
    await bob.window.evaluate(() => conferencePhone.phone.mute())
    await carol.hears(host)
    await host.hears(carol)
    await host.shown(bob, { muted: true })
    await bob.window.evaluate(() => conferencePhone.phone.unmute())
    await host.hears(bob, carol)
    await host.shown(bob, { muted: false })
  })

  it('show the host who holds', async () => {
    const [host, bob] = await phones.confer('host', 'bob')
    await bob.window.evaluate(() => conferencePhone.phone.hold())
    await host.shows(`${bob.address} held`)
  })

  it('hear nothing, and tell that they are held, while the host holds', async () => {
    const [host, bob, carol] = await phones.confer('host', 'bob', 'carol')
    await host.window.evaluate(() => conferencePhone.phone.hold())
    await Promise.all([bob.tells('conference:held'), carol.tells('conference:held')])
    await bob.hears()
    await carol.hears()
    await host.window.evaluate(() => conferencePhone.phone.resume())
    await Promise.all([bob.tells('conference:resumed'), carol.tells('conference:resumed')])
    await host.hears(bob, carol)
    await bob.hears(host, carol)
    await carol.hears(host, bob)
  })

  it('show the host nobody whom the host took out', async () => {
    const [host, bob] = await phones.confer('host', 'bob')
    await host.window.evaluate((address) => conferencePhone.phone.removeParticipant(address), bob.address)
    await bob.tells('conference:ended')
    await host.tells('conference:participant-removed')
    await host.shows()
  })

  it('tell the host who declined', async () => {
    const [host, bob] = await invited()
    await bob.window.evaluate(() => conferencePhone.phone.rejectConference())
    await host.tells('conference:invitation-rejected')
    await host.shows()
  })

  it('all hear the end when the host ends it', async () => {
    const [host, bob] = await phones.confer('host', 'bob')
    await host.window.evaluate(() => conferencePhone.phone.endConference())
    await Promise.all([host.tells('conference:ended'), bob.tells('conference:ended')])
  })

  it('mix in the page of the host where no Janus can be reached', async () => {
    await phones.server().halt()
    const [host, bob] = await phones.confer('host', 'bob')
    host.window.forgive(/response 503/)
    assert.equal(await host.mix(), 'browser')
    await bob.hears(host)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneBrowser, useBrowser, useServer } from '../e2e/harness.ts'
import { Person } from '../e2e/harness/person.ts'
import { useConferencePhones, type ConferencePhoneWindow } from './harness/conference-phones.ts'
import { useJanusGateway } from './harness/janus-gateway.ts'

/** Less than any new connection takes, and more than a busy machine loses, in ms. */
const uninterrupted = 100

const handOver = ({ window }: ConferencePhoneWindow, { address }: ConferencePhoneWindow): Promise<void> =>
  window.evaluate((participant) => conferencePhone.phone.handOverConference(participant), address)

for (const browser of oneBrowser) {
  describe(`a conference that Janus mixes, handed over, in ${browser}`, () => {
    const phones = useConferencePhones(browser)

    it('goes on under its new host without the former one', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await handOver(alice, bob)
      await alice.tells('conference:ended')
      await bob.isRole('host')
      await bob.shows(`${carol.address} joined`)
      await bob.hears(carol)
      await carol.hears(bob)
      assert.equal(await bob.mix(), 'server')
    })

    it('sounds without a break: by the connections there are', async () => {
      const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
      await bob.hears(alice, carol)
      await carol.hears(alice, bob)
      const before = await Promise.all([bob.path(), carol.path()])
      await handOver(alice, bob)
      await bob.hears(carol)
      await carol.hears(bob)
      const after = await Promise.all([bob.path(), carol.path()])
      for (const [at, { connections, madeUp }] of after.entries()) {
        assert.equal(connections, before[at]?.connections)
        assert.ok(madeUp - (before[at]?.madeUp ?? 0) < uninterrupted, `${madeUp} ms were made up for`)
      }
    })
  })
}

describe('who was given a conference that Janus mixes', () => {
  const phones = useConferencePhones('chromium')

  /** Bob hosts what Alice began, with Carol in it. */
  async function given(): Promise<readonly [ConferencePhoneWindow, ConferencePhoneWindow]> {
    const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
    await handOver(alice, bob)
    await bob.shows(`${carol.address} joined`)
    return [bob, carol]
  }

  it('adds somebody to it', async () => {
    const [bob, carol] = await given()
    const dave = await phones.signIn('dave')
    await bob.invites(dave)
    await dave.joins()
    await dave.hears(bob, carol)
    await bob.hears(carol, dave)
  })

  it('adds who hosted it again', async () => {
    const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
    await handOver(alice, bob)
    await alice.tells('conference:ended')
    await bob.shows(`${carol.address} joined`)
    await alice.forget()
    await bob.invites(alice)
    await alice.joins()
    await alice.hears(bob, carol)
  })

  it('removes somebody from it', async () => {
    const [bob, carol] = await given()
    await bob.window.evaluate((address) => conferencePhone.phone.removeParticipant(address), carol.address)
    await carol.tells('conference:ended')
    await bob.shows()
  })

  it('silences somebody in it, and may let one speak whom the former host silenced', async () => {
    const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
    const silence = (host: ConferencePhoneWindow, muted: boolean): Promise<void> =>
      host.window.evaluate(
        (participant, quiet) => conferencePhone.phone.setParticipantMuted({ participant, muted: quiet }),
        carol.address,
        muted,
      )
    await silence(alice, true)
    await bob.hears(alice)
    await handOver(alice, bob)
    await bob.shown(carol, { silenced: true })
    await silence(bob, false)
    await bob.hears(carol)
    await silence(bob, true)
    await bob.hears()
  })

  it('holds it for all', async () => {
    const [bob, carol] = await given()
    await bob.window.evaluate(() => conferencePhone.phone.hold())
    await carol.tells('conference:held')
    await carol.hears()
  })

  it('ends it for all', async () => {
    const [bob, carol] = await given()
    await bob.window.evaluate(() => conferencePhone.phone.endConference())
    await carol.tells('conference:ended')
  })

  it('may give it to the next', async () => {
    const [bob, carol] = await given()
    const dave = await phones.signIn('dave')
    await bob.invites(dave)
    await dave.joins()
    await bob.shows(`${carol.address} joined`, `${dave.address} joined`)
    await handOver(bob, carol)
    await carol.isRole('host')
    await carol.hears(dave)
    await dave.hears(carol)
  })

  it('is called the host by the others', async () => {
    const [bob, carol] = await given()
    await carol.window.until(
      'the conference is theirs',
      (address) => conferencePhone.phone.snapshot.calls[0]?.remote.address === address,
      bob.address,
    )
  })

  it('ends it for all when the host’s page is killed', async () => {
    const [bob, carol] = await given()
    await bob.window.crash()
    await carol.tells('conference:ended')
  })
})

describe('a conference that the page of the host mixes at a gateway that has Janus', () => {
  const phones = useConferencePhones('chromium')

  it('is handed over to the page of the new host', async () => {
    await phones.server().halt()
    const [alice, bob, carol] = await phones.confer('alice', 'bob', 'carol')
    alice.window.forgive(/response 503/)
    await phones.server().restore()
    await handOver(alice, bob)
    await alice.tells('conference:ended')
    await bob.hears(carol)
    await carol.hears(bob)
    assert.equal(await bob.mix(), 'browser')
  })
})

describe('a conference that Janus mixes', () => {
  const phones = useConferencePhones('chromium')

  it('is not given to somebody whose call became a part of it, and goes on', async () => {
    const [alice, bob, carol] = await phones.signedIn('alice', 'bob', 'carol')
    await alice.talksTo(bob)
    await alice.talksTo(carol)
    await alice.window.evaluate(() => conferencePhone.phone.merge())
    await alice.shows(`${bob.address} joined`, `${carol.address} joined`)
    alice.window.forgive(/response 501/)
    const words = await alice.window.evaluate(
      (participant) =>
        conferencePhone.phone.handOverConference(participant).then(
          () => '',
          (error: unknown) => String((error as Record<string, unknown>)['AdditionalInformation']),
        ),
      bob.address,
    )
    assert.match(words, /cannot host a conference/)
    await carol.hears(alice, bob)
  })
})

describe('a conference that Janus mixes, in pages whose parts load when they are needed', () => {
  const gateway = useJanusGateway()
  const server = useServer({ serve: ['/e2e/=test/e2e/pages'] })
  const open = useBrowser('chromium')

  async function signIn(name: string, tone: number): Promise<Person> {
    const url = new URL('/e2e/phone.html', server().url)
    const address = `${name}@parts.example`
    const at = { server: gateway().url, tokens: `${gateway().url}tokens`, 'user-id': address }
    url.search = new URLSearchParams({ ...at, conference: '', tone: String(tone) }).toString()
    const person = new Person(await open(url.href), address)
    await person.sees('Ready')
    return person
  }

  it('stays with its host where the page of the other cannot load what hosts it', async () => {
    const [alice, bob, carol] = await Promise.all([signIn('alice', 400), signIn('bob', 700), signIn('carol', 1100)])
    await alice.press('Start a conference')
    for (const guest of [bob, carol]) {
      await alice.press('Add a name or number')
      await alice.window.page.keyboard.type(guest.address)
      await alice.press('Add')
      await guest.press('Join')
    }
    for (const name of ['bob', 'carol']) await alice.sees(new RegExp(`${name} (Joined|Speaking|Muted)`))
    await bob.window.refuseFiles(/gateway-conference/)
    await alice.press('Hand over and leave')
    await alice.press('Make bob the host, and leave')
    await bob.press('Accept')
    await alice.sees('They do not host the conference.')
    await alice.sees('End for all')
    await carol.hears({ heard: [400, 700], unheard: [1100] })
  })
})

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { oneBrowser, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { useKamailio, useKamailioWithRelay, usePages } from './harness.ts'
import { Baresip } from './harness/baresip.ts'
import { mediaAddress } from './harness/rtpengine.ts'
import type {} from './page/conference-phone.ts'

/** Hz: what each of them sounds like; the plain phone has no choice. */
const tones = { alice: 650, bob: 860, carol: 440, dave: 1250, erin: 1800 } as const
type Name = keyof typeof tones

type Caller = Exclude<Name, 'carol'>

/** A window with a phone of this user, whose microphone hums. */
async function signedIn(opening: Promise<BrowserWindow>, server: string, name: Caller): Promise<BrowserWindow> {
  const window = await opening
  await window.evaluate(
    (url, user, hz) => conferencePhone.signIn(url, { userId: `${user}@127.0.0.1`, tone: hz, password: 'secret' }),
    server,
    name,
    tones[name],
  )
  return window
}

const told = (window: BrowserWindow, event: string): Promise<unknown> =>
  window.until(`${event} is told`, (name) => conferencePhone.heard.includes(name), event)

const shows = (window: BrowserWindow, ...roster: readonly string[]): Promise<unknown> =>
  window.until(
    `the roster is ${roster.join()}`,
    (text) => conferencePhone.roster.join() === text,
    roster.map((entry) => entry.replace(/ /, '@127.0.0.1 ')).join(),
  )

const hears = (window: BrowserWindow, ...others: readonly Name[]): Promise<unknown> =>
  window.until(
    `${others.join()} and nobody else is heard`,
    (all, wanted) => conferencePhone.hears(all).join() === wanted,
    Object.values(tones),
    others.map((name) => tones[name]).join(),
  )

const add = (host: BrowserWindow, name: Name): Promise<void> =>
  host.evaluate((address) => conferencePhone.phone.addParticipant(address), `${name}@127.0.0.1`)

async function start(host: BrowserWindow): Promise<void> {
  await host.evaluate(() => conferencePhone.phone.startConference({ mediaType: 'audio' }))
  await told(host, 'conference:connected')
}

async function join(host: BrowserWindow, guest: BrowserWindow, name: Caller): Promise<void> {
  await add(host, name)
  await told(guest, 'conference:invitation-received')
  await guest.evaluate(() => conferencePhone.phone.joinConference({}))
  await told(guest, 'conference:connected')
}

/** Resolves with the warnings that came with it. */
const handOver = (host: BrowserWindow, name: Caller): Promise<readonly string[]> =>
  host.evaluate(async (address) => {
    const warnings: string[] = []
    conferencePhone.phone.on('warning', ({ message }) => warnings.push(message))
    await conferencePhone.phone.handOverConference(address)
    return warnings
  }, `${name}@127.0.0.1`)

for (const browser of oneBrowser) {
  describe(`a conference in ${browser} that its host hands over`, () => {
    const kamailio = useKamailio()
    const pages = usePages('conference-phone')
    const open = useBrowser(browser)

    const person = (name: Caller): Promise<BrowserWindow> =>
      signedIn(open(pages().url('conference-phone')), kamailio().url, name)

    it('goes on with the other as its host, and is heard by all who are left', async () => {
      const [alice, bob, dave, erin] = [
        await person('alice'),
        await person('bob'),
        await person('dave'),
        await person('erin'),
      ]
      await start(alice)
      await join(alice, bob, 'bob')
      await join(alice, dave, 'dave')
      await join(alice, erin, 'erin')
      assert.deepEqual(await handOver(alice, 'bob'), [])
      await bob.until('both are there', () => conferencePhone.roster.length === 2)
      await Promise.all([hears(bob, 'dave', 'erin'), hears(dave, 'bob', 'erin'), hears(erin, 'bob', 'dave')])
      await told(alice, 'conference:ended')
    })
  })
}

// Firefox reaches a relay on the loopback interface from nowhere.
for (const browser of oneBrowser.filter((name) => name !== 'firefox' || mediaAddress !== '127.0.0.1')) {
  describe(`a conference in ${browser}, of which a plain phone is a part by way of rtpengine`, () => {
    const kamailio = useKamailioWithRelay()
    const pages = usePages('conference-phone')
    const open = useBrowser(browser)
    let carol: Baresip | undefined

    beforeEach(async () => {
      carol = await Baresip.start(kamailio(), { name: 'carol' })
    })

    afterEach(async () => {
      await carol?.stop()
    })

    const person = (name: Caller): Promise<BrowserWindow> =>
      signedIn(open(pages().url('conference-phone')), kamailio().url, name)

    async function confer(): Promise<readonly [alice: BrowserWindow, bob: BrowserWindow]> {
      const [alice, bob] = [await person('alice'), await person('bob')]
      await start(alice)
      await join(alice, bob, 'bob')
      await add(alice, 'carol')
      await shows(alice, 'bob joined', 'carol joined')
      return [alice, bob]
    }

    const records = (name: Name): Promise<void> | undefined =>
      carol?.until(`It has not recorded ${name}`, () => (carol?.recording().share(tones[name]) ?? 0) > 0.3)

    it('is heard by each, without their own voice', async () => {
      const [alice, bob] = await confer()
      await Promise.all([hears(alice, 'bob', 'carol'), hears(bob, 'alice', 'carol')])
      await Promise.all([records('alice'), records('bob')])
    })

    it('goes on without the plain phone, once that hangs up', async () => {
      const [alice, bob] = await confer()
      await carol?.command('hangup')
      await shows(alice, 'bob joined')
      await Promise.all([hears(alice, 'bob'), hears(bob, 'alice')])
    })

    it('hangs up on the plain phone that is removed', async () => {
      const [alice] = await confer()
      await alice.evaluate((address) => conferencePhone.phone.removeParticipant(address), 'carol@127.0.0.1')
      await carol?.says(/terminated|session closed/i)
      await shows(alice, 'bob joined')
    })

    it('leaves a plain phone behind that knows of no replacement, and lets it call the new host', async () => {
      const [alice, bob] = await confer()
      const dave = await person('dave')
      await join(alice, dave, 'dave')
      await shows(alice, 'bob joined', 'carol joined', 'dave joined')
      // The host waits as long as a person may be asked for; the plain phone rings meanwhile.
      const handing = handOver(alice, 'bob')
      await bob.until('the plain phone rings', () =>
        conferencePhone.phone.snapshot.calls.some(({ progress }) => progress === 'ringing'),
      )
      assert.match(String(await handing), /carol@127\.0\.0\.1$/)
      await shows(bob, 'dave joined')
      await Promise.all([hears(bob, 'dave'), hears(dave, 'bob')])
    })

    it('is made of two calls, and neither party notices', async () => {
      const [alice, bob] = [await person('alice'), await person('bob')]
      await alice.evaluate(() => conferencePhone.phone.dial({ destination: 'carol@127.0.0.1', mediaType: 'audio' }))
      await alice.until('the plain phone answers', () => conferencePhone.phone.snapshot.calls[0]?.connectedAt)
      await alice.evaluate(() => conferencePhone.phone.addCall({ destination: 'bob@127.0.0.1', mediaType: 'audio' }))
      await bob.until('it rings', () => conferencePhone.phone.snapshot.calls[0]?.progress === 'ringing')
      await bob.evaluate(() => conferencePhone.phone.answer({}))
      await alice.until('bob answers', () =>
        conferencePhone.phone.snapshot.calls.every(({ progress, pending }) => progress === 'connected' && !pending),
      )
      await alice.evaluate(() => conferencePhone.phone.merge())
      await shows(alice, 'carol joined', 'bob joined')
      await Promise.all([hears(alice, 'bob', 'carol'), hears(bob, 'alice', 'carol')])
    })
  })
}

import { describe, it } from 'node:test'
import type { Phone } from '../../src/index.ts'
import { browserNames, oneBrowser, useBrowsers, useServer, type BrowserName } from './harness.ts'
import { usePeople } from './harness/people.ts'
import { Person } from './harness/person.ts'

/** Hz: what each of them sounds like. */
const tones = { alice: 400, bob: 700, carol: 1100, dave: 1700 } as const
type Name = keyof typeof tones

/** Alice, who hosts, and her two guests, each at a window of their own; and another one where a test needs them. */
type Three = Readonly<Record<'alice' | 'bob' | 'carol', Person>>
type Four = Readonly<Record<Name, Person>>

/** Resolves when each hears these others, and neither their own voice nor anybody else. */
async function hear(people: Three | Four, ears: Partial<Record<Name, readonly Name[]>>): Promise<void> {
  await Promise.all(
    Object.entries(people).map(async ([name, person]) => {
      const others = ears[name as Name]
      const unheard = Object.entries(tones).flatMap(([other, tone]) => (others?.includes(other as Name) ? [] : tone))
      if (others) await person.hears({ heard: others.map((other) => tones[other]), unheard })
    }),
  )
}

/** What the panel of the host calls somebody. */
const nameOf = ({ address }: Person): string => address.replace(/@.*$/, '')

/** A machine that mixes at its limit invites nobody: then the host asks once more when it has room. */
async function invite(host: Person, guest: Person): Promise<void> {
  for (;;) {
    // The field is not there while there is no room.
    await host.press('Add a name or number')
    await host.window.page.keyboard.type(guest.address)
    await host.press('Add')
    const outcome = await host.window.until(
      `an invitation to ${guest.address}`,
      (name) => {
        const { phone } = document.querySelector('att-phone') as unknown as { readonly phone: Phone }
        const { conference, error } = phone.snapshot
        if (conference?.participants.some(({ address }) => address.startsWith(name))) return 'invited'
        const page = globalThis as { refusal?: unknown }
        if (error?.ErrorCode !== '3600' || error === page.refusal) return null
        page.refusal = error
        return 'refused'
      },
      nameOf(guest),
    )
    if (outcome === 'invited') return
  }
}

/** Alice starts a conference, and her guests join. */
async function confer({ alice, ...guests }: Three | Four, join = 'Join'): Promise<void> {
  await alice.press('Start a conference')
  // All before the first joins: a machine that mixes at its limit lets nobody be invited.
  for (const guest of Object.values(guests)) await invite(alice, guest)
  for (const guest of Object.values(guests)) {
    await guest.press(join)
    await alice.sees(new RegExp(`${nameOf(guest)} (Joined|Speaking|Muted)`))
  }
}

interface Gathering {
  readonly browsers: readonly BrowserName[]
  /** Opens three windows. */
  readonly gather: (browser: BrowserName, mediaType: 'audio' | 'video') => Promise<Three>
  /** Opens one more, of Dave. */
  readonly join: (browser: BrowserName, three: Three) => Promise<Person>
}

/** The cases of one network. */
function conferences({ browsers, gather, join }: Gathering): void {
  for (const browser of browsers) {
    describe(`in ${browser}`, () => {
      const meet = async (): Promise<Three> => {
        const people = await gather(browser, 'audio')
        await confer(people)
        return people
      }

      it('lets each hear all the others and not themselves', async () => {
        const people = await meet()
        await hear(people, { alice: ['bob', 'carol'], bob: ['alice', 'carol'], carol: ['alice', 'bob'] })
      })

      it('shows each guest a picture of the others', async () => {
        const people = await gather(browser, 'video')
        await confer(people, 'Join with video')
        await Promise.all([people.bob.seesPicture(), people.carol.seesPicture()])
      })

      it('silences who is removed, and tells them', async () => {
        const people = await meet()
        const { alice, bob } = people
        await hear(people, { carol: ['alice', 'bob'] })
        await alice.press(`Remove ${nameOf(bob)}`)
        await hear(people, { alice: ['carol'], carol: ['alice'] })
        await bob.sees('Start a conference')
      })

      it('silences for all whom the host silences', async () => {
        const people = await meet()
        await people.alice.press(`Mute ${nameOf(people.bob)}`)
        await hear(people, { alice: ['carol'], bob: ['alice', 'carol'], carol: ['alice'] })
      })

      it('goes on without a guest whose page is gone', async () => {
        const people = await meet()
        const { alice, bob } = people
        await bob.window.close()
        await alice.sees(new RegExp(`^(?!.*${nameOf(bob)} (Joined|Speaking|Muted))`))
        await hear(people, { alice: ['carol'], carol: ['alice'] })
      })

      // No other browser lets a test end a page without a word.
      if (browser === 'chromium') {
        it('goes on without a guest whose page has crashed', async () => {
          const people = await meet()
          const { alice, bob } = people
          await bob.window.crash()
          await alice.sees(new RegExp(`^(?!.*${nameOf(bob)} (Joined|Speaking|Muted))`))
          await hear(people, { alice: ['carol'], carol: ['alice'] })
        })

        it('is over for all when the page of its host has crashed', async () => {
          const { alice, bob, carol } = await meet()
          await alice.window.crash()
          await Promise.all([bob, carol].map((guest) => guest.sees('Start a conference')))
        })
      }

      it('is over for all when the page of its host is gone', async () => {
        const { alice, bob, carol } = await meet()
        await alice.window.close()
        await Promise.all([bob, carol].map((guest) => guest.sees('Start a conference')))
      })

      describe('that its host hands over', () => {
        const meetFour = async (): Promise<Four> => {
          const three = await gather(browser, 'audio')
          const four = { ...three, dave: await join(browser, three) }
          await confer(four)
          return four
        }

        const handOver = async ({ alice, bob }: Three): Promise<void> => {
          await alice.press('Hand over and leave')
          await alice.press(`Make ${nameOf(bob)} the host, and leave`)
          await bob.press('Accept')
          await alice.sees('Start a conference')
        }

        it('stays with its host where the other declines by the keyboard, who is told so', async () => {
          const people = await meetFour()
          const { alice, bob } = people
          await alice.press('Hand over and leave')
          await alice.press(`Make ${nameOf(bob)} the host, and leave`)
          await bob.sees(`${nameOf(alice)} leaves and wants you to host the conference.`)
          await bob.focus('Not now')
          await bob.window.page.keyboard.press('Enter')
          await alice.sees('They do not host the conference.')
          await alice.sees('End for all')
          await hear(people, { alice: ['bob', 'carol', 'dave'], bob: ['alice', 'carol', 'dave'] })
        })

        it('stays with its host where the page of the other cannot load what hosts it', async () => {
          const people = await meetFour()
          const { alice, bob } = people
          await bob.window.refuseFiles(/browser-focus/)
          await alice.press('Hand over and leave')
          await alice.press(`Make ${nameOf(bob)} the host, and leave`)
          await bob.press('Accept')
          await alice.sees('They do not host the conference.')
          await alice.sees('End for all')
          await hear(people, { alice: ['bob', 'carol', 'dave'], bob: ['alice', 'carol', 'dave'] })
        })

        it('lets each go on hearing all the others, but not who has left', async () => {
          const people = await meetFour()
          await handOver(people)
          await hear(people, { bob: ['carol', 'dave'], carol: ['bob', 'dave'], dave: ['bob', 'carol'] })
        })

        it('is in the hands of the new host', async () => {
          const people = await meetFour()
          const { bob, carol } = people
          await handOver(people)
          await bob.press(`Remove ${nameOf(carol)}`)
          await carol.sees('Start a conference')
          await hear(people, { bob: ['dave'], dave: ['bob'] })
          await bob.press('End for all')
          await people.dave.sees('Start a conference')
        })

        it('goes on with pictures', async () => {
          const people = await gather(browser, 'video')
          await confer(people, 'Join with video')
          await handOver(people)
          await people.carol.seesPicture()
        })
      })

      it('is over for all when its host ends it', async () => {
        const { alice, bob, carol } = await meet()
        await alice.press('End for all')
        await Promise.all([alice, bob, carol].map((each) => each.sees('Start a conference')))
      })
    })
  }
}

describe('a conference in the tabs of one person', () => {
  const server = useServer({ serve: ['/e2e/=test/e2e/pages'] })
  const open = useBrowsers()

  async function tab(browser: BrowserName, mediaType: string, name: Name, beside?: Person): Promise<Person> {
    const url = new URL(`/e2e/phone.html?conference&media-type=${mediaType}&tone=${tones[name]}`, server().url)
    const window = await open(browser, url.href, beside ? { beside: beside.window } : {})
    return Person.withNumber(window)
  }

  conferences({
    browsers: browserNames,
    async gather(browser, mediaType) {
      const seat = (name: Name, beside?: Person): Promise<Person> => tab(browser, mediaType, name, beside)
      const alice = await seat('alice')
      return { alice, bob: await seat('bob', alice), carol: await seat('carol', alice) }
    },
    join: (browser, { alice }) => tab(browser, 'audio', 'dave', alice),
  })
})

describe('a conference over the gateway', () => {
  const people = usePeople()

  const seat = (browser: BrowserName, mediaType: 'audio' | 'video', name: Name): Promise<Person> =>
    people.signIn(browser, name, { conference: true, mediaType, tone: tones[name] })

  conferences({
    // The page of the host mixes here, too.
    browsers: oneBrowser,
    async gather(browser, mediaType) {
      const sit = (name: Name): Promise<Person> => seat(browser, mediaType, name)
      const [alice, bob, carol] = await Promise.all([sit('alice'), sit('bob'), sit('carol')])
      return { alice, bob, carol }
    },
    join: (browser) => seat(browser, 'audio', 'dave'),
  })
})

import { after, before, describe, it } from 'node:test'
import { browserNames, everywhere } from './harness.ts'
import { usePeople } from './harness/people.ts'
import type { Person } from './harness/person.ts'
import { missingForScreenReader, ScreenReader } from './harness/screen-reader.ts'

const missing = !everywhere
  ? '`npm run test:all` runs it'
  : !browserNames.includes('firefox')
    ? 'Orca reads Firefox'
    : missingForScreenReader()

/** What a person hears who does not see the screen: Orca reads Firefox on a screen of its own. */
describe('a phone in Firefox, as Orca speaks it', { skip: missing ?? false }, () => {
  let orca: ScreenReader
  const people = usePeople(
    {},
    {
      get screen() {
        return orca.environment
      },
      preferences: { 'accessibility.force_disabled': -1 },
    },
  )
  before(async () => {
    orca = await ScreenReader.start()
  })
  after(() => orca.stop())

  /** Firefox reads out the tab in front alone: the other person is at another browser. */
  const far = browserNames.find((name) => name !== 'firefox') ?? 'firefox'

  /** Does something, and resolves when Orca has said this of it. */
  async function hears(pattern: RegExp, act: () => Promise<unknown>): Promise<void> {
    orca.listen()
    await act()
    await orca.says(pattern)
  }

  async function pressByKeyboard(person: Person, name: string): Promise<void> {
    await person.focus(name)
    await person.window.page.keyboard.press(' ')
  }

  /** Bob, who is at their phone and hears it, and Alice. */
  async function meet(): Promise<readonly [bob: Person, alice: Person]> {
    const bob = await people.signIn('firefox', 'bob')
    const alice = await people.signIn(far, 'alice')
    await hears(/Number or name/, () => bob.focus('Number or name'))
    return [bob, alice]
  }

  it('is heard through a whole call', async () => {
    const [bob, alice] = await meet()
    await hears(/Incoming call from alice/, () => alice.dial(bob.address))
    await hears(/Connected to alice/, () => pressByKeyboard(bob, 'Answer'))
    await hears(/^pressed/, () => pressByKeyboard(bob, 'Mute'))
    await hears(/alice put you on hold/, () => alice.press('Hold'))
    await hears(/alice took you off hold/, () => alice.press('Hold'))
    await hears(/Call on hold/, () => pressByKeyboard(bob, 'Hold'))
    await hears(/resumed/, () => pressByKeyboard(bob, 'Hold'))
    await hears(/alice hung up/, () => alice.press('Hang up'))
  })

  it('is heard when somebody asks for video, and is told no', async () => {
    const [bob, alice] = await meet()
    await alice.dial(bob.address)
    await hears(/Connected to alice/, () => pressByKeyboard(bob, 'Answer'))
    await hears(/^Video\? The other side would like to see you\.$/, () => alice.press('Video'))
    await pressByKeyboard(bob, 'Not now')
    await alice.sees(/goes on with sound alone/)
  })

  it('is heard when a call is missed', async () => {
    const [bob, alice] = await meet()
    await hears(/Incoming call from alice/, () => alice.dial(bob.address))
    await hears(/Missed call from alice/, () => alice.press('Cancel'))
  })
})

import { expect } from '@open-wc/testing'
import type { PhoneError } from '../../phone-error.ts'
import type { PhoneOptions } from '../../phone-options.ts'
import { Phone } from '../../phone.ts'
import type { MediaType } from '../../snapshot.ts'
import type { PhoneNetwork, PhoneUser } from './phone-network.ts'
import { RecordedPhone } from './recorded-phone.ts'

/** Each expected story with the phone that tells it. */
type Stories = readonly (readonly [RecordedPhone, readonly string[]])[]

/** How many messages one event can set off in a row: hold, its answer, and what the answer brings. */
const hops = 3

/** The phones of one test, or of one group of tests. */
export class PhoneStage {
  readonly network: PhoneNetwork
  readonly #phones: RecordedPhone[] = []
  readonly #users = new Map<string, Promise<PhoneUser>>()

  constructor(network: PhoneNetwork) {
    this.network = network
  }

  /** A phone that is not signed in. The same name is the same user, at another device. */
  async phone(name = 'alice', options: PhoneOptions = {}): Promise<RecordedPhone> {
    const { address, login } = await this.#user(name)
    const { server, options: usual } = this.network
    const phone = new RecordedPhone({ server, ...usual, ...options }, address, login)
    this.#phones.push(phone)
    return phone
  }

  async signedIn(name = 'alice', options: PhoneOptions = {}): Promise<RecordedPhone> {
    const phone = await this.phone(name, options)
    await phone.signIn()
    phone.forget()
    return phone
  }

  /** Alice and Bob, signed in, their stories not begun. */
  async pair(): Promise<readonly [RecordedPhone, RecordedPhone]> {
    return Promise.all([this.signedIn('alice'), this.signedIn('bob')])
  }

  async three(): Promise<readonly [RecordedPhone, RecordedPhone, RecordedPhone]> {
    return Promise.all([this.signedIn('alice'), this.signedIn('bob'), this.signedIn('carol')])
  }

  /** `caller` is in a call with `callee`, and media flows; further calls are second ones. */
  async connect(caller: RecordedPhone, callee: RecordedPhone, mediaType: MediaType = 'audio'): Promise<void> {
    const counts = [caller, callee].map((phone) => established(phone))
    const dial = caller.snapshot.calls.length > 0 ? caller.addCall(callee, mediaType) : caller.dial(callee, mediaType)
    await Promise.all([dial, callee.rings()])
    await callee.phone.answer({})
    await Promise.all([caller, callee].map((phone, at) => phone.hears('media:established', (counts[at] ?? 0) + 1)))
    await this.settled()
  }

  /** Alice and Bob in a call, their stories not begun. */
  async talk(mediaType: MediaType = 'audio'): Promise<readonly [RecordedPhone, RecordedPhone]> {
    const pair = await this.pair()
    await this.connect(...pair, mediaType)
    for (const phone of pair) phone.forget()
    return pair
  }

  /** Alice talks with Carol while Bob, whom she called first, is on hold; stories not begun. */
  async twoCalls(): Promise<readonly [RecordedPhone, RecordedPhone, RecordedPhone]> {
    const [alice, bob, carol] = await this.three()
    await this.connect(alice, bob)
    await this.connect(alice, carol)
    for (const phone of [alice, bob, carol]) phone.forget()
    return [alice, bob, carol]
  }

  /** `host` hosts a conference, and media flows. */
  async host(host: RecordedPhone, mediaType: MediaType = 'audio'): Promise<void> {
    const count = established(host)
    await host.phone.startConference({ mediaType })
    await host.hears('media:established', count + 1)
  }

  /** Invites `guest` to the conference of `host`. A busy machine that mixes refuses for a while: then once more. */
  async invite(host: RecordedPhone, guest: RecordedPhone): Promise<void> {
    for (;;) {
      await host.until('there is room', () => host.snapshot.conference?.atLimit === false)
      try {
        await host.phone.addParticipant(guest.address)
        await guest.isInvited()
        return
      } catch (error) {
        if ((error as Partial<PhoneError>).ErrorCode !== '3600' || !host.snapshot.conference?.atLimit) throw error
      }
    }
  }

  /** Invites `guest` to the conference of `host`, and lets them join. */
  async join(host: RecordedPhone, guest: RecordedPhone): Promise<void> {
    const count = established(guest)
    await this.invite(host, guest)
    await guest.phone.joinConference({})
    await Promise.all([
      guest.hears('media:established', count + 1),
      host.until('the guest takes part', () => host.participant(guest)?.state === 'joined'),
    ])
  }

  /** Alice hosts a conference that Bob and Carol joined, their stories not begun. */
  async conference(mediaType: MediaType = 'audio'): Promise<readonly [RecordedPhone, RecordedPhone, RecordedPhone]> {
    const [alice, bob, carol] = await this.three()
    await this.host(alice, mediaType)
    await this.join(alice, bob)
    await this.join(alice, carol)
    await this.settled()
    for (const phone of [alice, bob, carol]) phone.forget()
    return [alice, bob, carol]
  }

  /** `host` hands their conference over to `heir`, who is asked and agrees. */
  async handOver(host: RecordedPhone, heir: RecordedPhone): Promise<void> {
    const agreeing = heir.isAskedToHost().then(() => heir.phone.acceptHandOver())
    await Promise.all([host.phone.handOverConference(heir.address), agreeing])
  }

  /** Asserts the whole story of each phone: nothing missing, nothing more, nothing twice, in this order. */
  async tell(stories: Stories): Promise<void> {
    const whole = ([phone, story]: Stories[number]) =>
      phone.until('the story is told', () => phone.heard.length >= story.length)
    // A story that falls short is shown by the comparison.
    await Promise.all(stories.map((each) => whole(each).catch(() => {})))
    await this.settled()
    const names = stories.map((_, at) => String.fromCharCode(65 + at))
    const told = stories.map(([phone], at) => [names[at], phone.story])
    expect(Object.fromEntries(told)).to.deep.equal(
      Object.fromEntries(stories.map(([, story], at) => [names[at], story])),
    )
  }

  /** Resolves when nothing is under way any more that could still tell something. */
  async settled(): Promise<void> {
    await Promise.all(
      this.#phones.map((phone) =>
        phone.until('nothing is pending', () =>
          phone.snapshot.calls.every(({ pending }) => pending !== 'hold' && pending !== 'resume'),
        ),
      ),
    )
    // What was sent before is answered before a round trip of a bystander.
    for (let hop = 0; hop < hops; hop++) await (this.network.roundTrip?.() ?? this.#bystander())
  }

  async close(): Promise<void> {
    await Promise.all(this.#phones.map(({ phone }) => phone.dispose()))
    this.#phones.length = 0
  }

  /** Without a server, the exchange answers the sign-in of a bystander last. */
  async #bystander(): Promise<void> {
    const { login } = await this.#user('bystander')
    const bystander = new Phone({ server: this.network.server })
    await bystander.login(login)
    await bystander.dispose()
  }

  #user(name: string): Promise<PhoneUser> {
    let user = this.#users.get(name)
    if (!user) this.#users.set(name, (user = this.network.user(name)))
    return user
  }
}

function established(phone: RecordedPhone): number {
  return phone.heard.filter(({ name }) => name === 'media:established').length
}

/** A stage for every test of this group. */
export function useStage(network: PhoneNetwork): () => PhoneStage {
  let stage: PhoneStage
  beforeEach(() => {
    stage = new PhoneStage(network)
  })
  afterEach(() => stage.close())
  return () => stage
}
